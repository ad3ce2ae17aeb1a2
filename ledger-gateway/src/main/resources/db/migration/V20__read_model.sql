-- Where the projections are: the block that comes next, and the hash it must name as its previous one.
create table ledger_position (
    one boolean primary key default true check (one),
    next_block bigint not null,
    last_hash text not null
);
insert into ledger_position (next_block, last_hash) values (0, repeat('0', 64));

-- Everything below is derived from blocks alone and can be dropped and rebuilt, byte for byte.
create table block (
    number bigint primary key,
    hash text not null,
    previous_hash text not null,
    transactions int not null
);

create table ledger_transaction (
    block bigint not null,
    tx_index int not null,
    id text not null,
    valid boolean not null,
    code text not null,
    creator text,
    creator_msp text not null,
    at timestamptz not null,
    primary key (block, tx_index)
);
create index ledger_transaction_id on ledger_transaction (id);

-- Every version of every record, as written.
create table record_version (
    kind text not null,
    id text[] not null,
    block bigint not null,
    tx_index int not null,
    write_index int not null,
    value jsonb,
    primary key (kind, id, block, tx_index, write_index)
);

-- The newest version of each record that is not deleted; created_* is where it first appeared.
create table record (
    kind text not null,
    id text[] not null,
    value jsonb not null,
    block bigint not null,
    tx_index int not null,
    created_block bigint not null,
    created_index int not null,
    primary key (kind, id)
);
create index record_created on record (kind, created_block desc, created_index desc, id desc);

-- What the chaincode said of each transaction.
create table domain_event (
    block bigint not null,
    tx_index int not null,
    tx_id text not null,
    type text not null,
    command text not null,
    command_id text not null,
    by_party text not null,
    msp_id text not null,
    at timestamptz not null,
    order_id text,
    consignment_id text,
    primary key (block, tx_index)
);
create index domain_event_consignment on domain_event (consignment_id);

-- The same for people and their programs: one row for each thing that a transaction means, and who may see it.
create table market_event (
    block bigint not null,
    tx_index int not null,
    seq int not null,
    type text not null,
    tx_id text not null,
    command text not null,
    by_party text not null,
    at timestamptz not null,
    order_id text,
    consignment_id text,
    audience text[] not null,
    data jsonb not null,
    primary key (block, tx_index, seq)
);

create view consignment as
select id[1] as id,
       value,
       value ->> 'orderId' as order_id,
       value ->> 'buyer' as buyer,
       value ->> 'merchant' as merchant,
       value ->> 'carrier' as carrier,
       value ->> 'asset' as asset,
       value ->> 'escrowId' as escrow_id,
       value ->> 'goods' as goods,
       (value ->> 'version')::bigint as version,
       (value ->> 'closed')::boolean as closed,
       value -> 'dispute' ->> 'status' as dispute,
       (value -> 'money' ->> 'deposited')::numeric(40) as deposited,
       (value -> 'money' ->> 'held')::numeric(40) as held,
       (value -> 'money' ->> 'gross')::numeric(40) as gross,
       (value -> 'money' ->> 'merchant')::numeric(40) as to_merchant,
       (value -> 'money' ->> 'fee')::numeric(40) as fee,
       (value -> 'money' ->> 'referrer')::numeric(40) as referrer,
       (value -> 'money' ->> 'buyer')::numeric(40) as to_buyer,
       (value -> 'money' ->> 'paidGross')::numeric(40) as paid_gross,
       (value -> 'money' ->> 'paidBuyer')::numeric(40) as paid_buyer,
       (value -> 'deadlines' ->> 'payBy')::timestamptz as pay_by,
       (value -> 'deadlines' ->> 'shipBy')::timestamptz as ship_by,
       (value -> 'deadlines' ->> 'deliverBy')::timestamptz as deliver_by,
       (value -> 'deadlines' ->> 'inspectUntil')::timestamptz as inspect_until,
       (value -> 'deadlines' ->> 'arbiterBy')::timestamptz as arbiter_by,
       (value -> 'deadlines' ->> 'appealUntil')::timestamptz as appeal_until,
       block, tx_index, created_block, created_index
from record
where kind = 'CONSIGNMENT';
create index consignment_order on record ((value ->> 'orderId')) where kind = 'CONSIGNMENT';
create index consignment_buyer on record ((value ->> 'buyer')) where kind = 'CONSIGNMENT';
create index consignment_merchant on record ((value ->> 'merchant')) where kind = 'CONSIGNMENT';
create index consignment_carrier on record ((value ->> 'carrier')) where kind = 'CONSIGNMENT';
create index consignment_escrow on record ((value ->> 'escrowId')) where kind = 'CONSIGNMENT';
create index consignment_open on record (id) where kind = 'CONSIGNMENT' and (value ->> 'closed') = 'false';
create index consignment_unpaid on record (id)
    where kind = 'CONSIGNMENT'
      and (value -> 'money' ->> 'gross' <> value -> 'money' ->> 'paidGross'
           or value -> 'money' ->> 'buyer' <> value -> 'money' ->> 'paidBuyer');

create view terms as
select id[1] as consignment_id,
       value -> 'terms' as terms,
       value -> 'terms' -> 'arbiters' as arbiters,
       (value -> 'terms' ->> 'total')::numeric(40) as total,
       (value -> 'terms' ->> 'feeBps')::int as fee_bps,
       (value -> 'terms' ->> 'referralBps')::int as referral_bps
from record
where kind = 'TERMS';
create index terms_arbiters on record using gin ((value -> 'terms' -> 'arbiters')) where kind = 'TERMS';

create view purchase_order as
select id[1] as id, value, value ->> 'buyer' as buyer, (value ->> 'placedAt')::timestamptz as placed_at,
       block, tx_index, created_block, created_index
from record
where kind = 'ORDER';
create index purchase_order_buyer on record ((value ->> 'buyer')) where kind = 'ORDER';

create view item as
select id[1] as epc, value, value ->> 'custodian' as custodian, value ->> 'consignmentId' as consignment_id,
       block, tx_index, created_block, created_index
from record
where kind = 'ITEM';

create view epcis_event as
select id[1] as event_id,
       value,
       value -> 'event' ->> 'type' as type,
       value -> 'event' ->> 'bizStep' as biz_step,
       (value -> 'event' ->> 'eventTime')::timestamptz as event_time,
       value -> 'event' ->> 'document' as document,
       value ->> 'by' as by_party,
       block, tx_index, created_block, created_index
from record
where kind = 'EVENT';
create index epcis_event_document on record ((value -> 'event' ->> 'document')) where kind = 'EVENT';

create view review as
select id[1] as consignment_id, id[2]::int as line, value, value ->> 'merchant' as merchant,
       value ->> 'buyer' as buyer, (value ->> 'score')::int as score, block, tx_index, created_block, created_index
from record
where kind = 'REVIEW';
create index review_merchant on record ((value ->> 'merchant')) where kind = 'REVIEW';

create view party as
select id[1] as id, value, value ->> 'mspId' as msp_id, value ->> 'role' as role, value ->> 'address' as address,
       block, tx_index, created_block, created_index
from record
where kind = 'PARTY';
create index party_address on record (lower(value ->> 'address')) where kind = 'PARTY';

-- Money of each consignment recomputed from its parts and its terms: what must hold always (docs/model.md).
create view conservation as
select c.id, c.order_id, c.merchant, c.buyer, c.asset, c.goods, c.closed,
       c.deposited, c.held, c.gross, c.to_merchant, c.fee, c.referrer, c.to_buyer, c.paid_gross, c.paid_buyer,
       c.gross = c.paid_gross and c.to_buyer = c.paid_buyer as settled,
       array_remove(array [
           case when t.consignment_id is null then 'TERMS_MISSING' end,
           case when c.deposited <> c.held + c.gross + c.to_buyer then 'DEPOSITED_NOT_HELD_PLUS_DECIDED' end,
           case when c.gross <> c.to_merchant + c.fee + c.referrer then 'GROSS_NOT_SUM_OF_SHARES' end,
           case when c.fee <> div(c.gross * t.fee_bps, 10000) then 'FEE_NOT_AS_AGREED' end,
           case when c.referrer <> div(c.gross * t.referral_bps, 10000) then 'REFERRAL_NOT_AS_AGREED' end,
           case when c.deposited <> 0 and c.deposited <> t.total then 'DEPOSIT_NOT_THE_TOTAL' end,
           case when c.paid_gross > c.gross or c.paid_buyer > c.to_buyer then 'PAID_MORE_THAN_DECIDED' end,
           case when c.closed and c.held <> 0 then 'CLOSED_BUT_HELD' end
       ], null) as breaches
from consignment c
left join terms t on t.consignment_id = c.id;
