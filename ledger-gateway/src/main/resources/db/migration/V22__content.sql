-- Documents that the ledger knows by their hash.
create table document (
    sha256 text primary key,
    media_type text not null,
    bytes bytea not null,
    stored_by text not null,
    stored_at timestamptz not null
);
