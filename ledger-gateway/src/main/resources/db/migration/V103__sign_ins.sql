-- Sessions that have ended are taken away as others begin.
create index access_key_session_end on access_key (expires_at) where session;
