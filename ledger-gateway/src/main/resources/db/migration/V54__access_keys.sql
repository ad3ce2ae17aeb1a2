-- Bearer tokens of the gateway's own, for servers and for a buyer's checkout: their SHA-256 only.
create table access_key (
    id uuid primary key,
    hash bytea not null unique,
    -- the one before it was rotated, which counts a while longer
    previous_hash bytea unique,
    previous_until timestamptz,
    owner text not null,
    label text not null,
    -- whom it stands for, as a token's claims say
    subject text not null,
    roles text[] not null,
    party text,
    managed text,
    read_only boolean not null,
    -- of a checkout: its owner did not make it and does not see it in lists
    session boolean not null,
    created_at timestamptz not null,
    expires_at timestamptz not null
);
create index access_key_owner on access_key (owner, created_at);
