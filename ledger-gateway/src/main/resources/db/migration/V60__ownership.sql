-- Claims of ownership and transfers of it. Who has an item the ledger says; here is only what leads to a hand-over on it.

-- What a certificate request must name, once, so that one that was seen before is of no use
create table ownership_challenge (
    challenge text primary key,
    epc text not null,
    expires_at timestamptz not null
);
create index on ownership_challenge (expires_at);

-- An owner's offer to hand an item on
create table ownership_transfer (
    -- the link's secret: whoever has it may ask for the item
    id text primary key,
    epc text not null,
    owner text not null,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    withdrawn boolean not null default false,
    -- the taker whom the owner said yes to
    chosen text
);
create index on ownership_transfer (epc, owner);

-- Who asked for the item, with their word for the ledger
create table ownership_taker (
    transfer text not null references ownership_transfer (id) on delete cascade,
    party text not null,
    -- the HandOver that they signed: JSON
    hand_over text not null,
    -- base64 of DER, over its RFC 8785 bytes
    signature text not null,
    given_at timestamptz not null,
    primary key (transfer, party)
);
