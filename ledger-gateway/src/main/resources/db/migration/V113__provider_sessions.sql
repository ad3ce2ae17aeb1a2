-- Which of the provider's sessions a sign-in came of, so that the provider can end it (OpenID Connect Back-Channel Logout 1.0).
alter table access_key add column provider_session text;
create index access_key_sign_in on access_key (subject) where session and label = 'sign-in';
