-- Transactions of this gateway on the settlement chain, written before they are sent and never changed afterwards but for
-- what became of them. Nonces of one sender have no gap: a row that is rolled back gives its nonce to the next one.
create table chain_transaction (
    purpose      text primary key,
    sender       text        not null,
    nonce        bigint      not null,
    hash         text        not null unique,
    raw          text        not null,
    signed_at    timestamptz not null default now(),
    sent_at      timestamptz,
    outcome      text        not null default 'OPEN' check (outcome in ('OPEN', 'SUCCEEDED', 'REVERTED', 'REPLACED'))
);

create unique index chain_transaction_nonce on chain_transaction (sender, nonce) where outcome <> 'REPLACED';
create index chain_transaction_open on chain_transaction (sender, nonce) where outcome = 'OPEN';
