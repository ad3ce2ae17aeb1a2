-- A transaction that offers too little is signed anew with the same nonce: only one of all its attempts can ever happen.
alter table chain_transaction add column priced_at timestamptz not null default now();

-- Hashes that a transaction had before; one of them may be what got into a block.
create table chain_attempt (
    hash        text primary key,
    purpose     text        not null references chain_transaction (purpose),
    replaced_at timestamptz not null default now()
);
create index chain_attempt_purpose on chain_attempt (purpose);
