-- Who wants to be told; not derived from blocks, so a rebuild of the read model keeps it.
create table webhook (
    id uuid primary key,
    owner text not null,
    party text,
    sees_all boolean not null,
    url text not null,
    types text[] not null,
    secret text not null,
    active boolean not null,
    created_at timestamptz not null,
    from_block bigint not null
);
create index webhook_owner on webhook (owner);

-- The durable outbox: written in the transaction that applies the block, once for each event and webhook.
create table webhook_delivery (
    webhook_id uuid not null references webhook (id) on delete cascade,
    block bigint not null,
    tx_index int not null,
    seq int not null,
    state text not null check (state in ('PENDING', 'DELIVERED', 'FAILED')),
    attempts int not null,
    next_attempt timestamptz not null,
    primary key (webhook_id, block, tx_index, seq)
);
create index webhook_delivery_due on webhook_delivery (next_attempt) where state = 'PENDING';

create table webhook_attempt (
    webhook_id uuid not null references webhook (id) on delete cascade,
    block bigint not null,
    tx_index int not null,
    seq int not null,
    attempt int not null,
    at timestamptz not null,
    status int,
    error text,
    milliseconds int not null,
    primary key (webhook_id, block, tx_index, seq, attempt)
);
