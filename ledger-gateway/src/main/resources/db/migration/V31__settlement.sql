-- Up to where the escrow contract's logs have been read. Moves with what was read, in one transaction.
create table settlement_position (
    one    boolean primary key default true check (one),
    block  bigint not null,
    hash   text   not null
);

-- What the contract's logs say, to be recorded on the ledger as evidence.
create table settlement_fact (
    transaction  text        not null,
    log_index    bigint      not null,
    escrow_id    text        not null,
    block_number bigint      not null,
    seen         jsonb       not null,
    -- with a quorum's signatures; kept, so that a command that is repeated is the same command
    evidence     jsonb,
    state        text        not null default 'OPEN' check (state in ('OPEN', 'RECORDED')),
    attempts     int         not null default 0,
    next_at      timestamptz not null default now(),
    problem      text,
    primary key (transaction, log_index)
);
create index settlement_fact_open on settlement_fact (block_number, log_index) where state = 'OPEN';
create index settlement_fact_escrow on settlement_fact (escrow_id) where state = 'OPEN';

-- The newest entitlement of each escrow that was sent to the contract, and with which batch.
create table settlement_payout (
    escrow_id      text primary key,
    consignment_id text        not null,
    decision       int         not null,
    batch          bigint      not null,
    valid_until    timestamptz not null
);

-- Batches of entitlements with their quorum's signatures: published, so that nobody can withhold a payout.
create table settlement_batch (
    id           bigint generated always as identity primary key,
    entitlements jsonb       not null,
    signatures   jsonb       not null,
    state        text        not null default 'OPEN' check (state in ('OPEN', 'DONE', 'FAILED')),
    made_at      timestamptz not null default now()
);
create index settlement_batch_open on settlement_batch (id) where state = 'OPEN';

-- What each attester of this process has let out, and whether an operator paused it.
create table attester_outflow (
    attester  text        not null,
    escrow_id text        not null,
    asset     text        not null,
    amount    numeric(40) not null,
    signed_at timestamptz not null default now()
);
create index attester_outflow_escrow on attester_outflow (attester, escrow_id);
create index attester_outflow_hour on attester_outflow (attester, asset, signed_at);

create table attester_pause (
    attester   text primary key,
    paused     boolean     not null,
    changed_by text        not null,
    changed_at timestamptz not null default now()
);
