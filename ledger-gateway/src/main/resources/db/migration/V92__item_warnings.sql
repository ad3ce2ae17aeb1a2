-- Where places are, by the master data of captured documents (degrees, WGS 84); the last word counts.
create table place_position (
    id text primary key,
    latitude double precision not null,
    longitude double precision not null
);

-- What is wrong with items' stories as they are now. Derived from blocks and documents, like the events.
create table item_warning (
    item text not null,
    kind text not null,
    -- the events that show it, by their captured ids
    event_ids text[] not null,
    block bigint not null,
    tx_index int not null,
    found_at timestamptz not null,
    primary key (item, kind, event_ids)
);
create index item_warning_found on item_warning (block, tx_index, item);

update ledger_position set stale = next_block > 0;
