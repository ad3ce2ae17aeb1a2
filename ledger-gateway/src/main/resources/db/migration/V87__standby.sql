-- Batches that a standby attester signed in the required one's place, from their announcement on the contract on.
create table settlement_standby (
    id          bigint generated always as identity primary key,
    attesters   text        not null,
    batch       jsonb       not null,
    signatures  jsonb       not null,
    usable_at   timestamptz not null,
    valid_until timestamptz not null,
    state       text        not null default 'OPEN' check (state in ('OPEN', 'DONE', 'FAILED', 'OBJECTED'))
);
create index settlement_standby_open on settlement_standby (id) where state = 'OPEN';
