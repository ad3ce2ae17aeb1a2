-- What is due is found by an index: the keeper asks every few seconds, however many consignments are open.

-- When the timer of a consignment ends; at most one runs at a time. An ISO 8601 time in UTC means the same under all settings, which
-- PostgreSQL does not assume of texts in general.
create function due_at(consignment jsonb) returns timestamptz
    language sql immutable strict parallel safe
    return coalesce(consignment -> 'deadlines' ->> 'payBy',
                    consignment -> 'deadlines' ->> 'shipBy',
                    consignment -> 'deadlines' ->> 'deliverBy',
                    consignment -> 'deadlines' ->> 'inspectUntil',
                    consignment -> 'deadlines' ->> 'returnShipBy',
                    consignment -> 'deadlines' ->> 'returnDeliverBy',
                    consignment -> 'deadlines' ->> 'returnInspectUntil',
                    consignment -> 'deadlines' ->> 'arbiterBy',
                    consignment -> 'deadlines' ->> 'appealUntil')::timestamptz;

create or replace view consignment as
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
       block, tx_index, created_block, created_index,
       (value -> 'deadlines' ->> 'returnShipBy')::timestamptz as return_ship_by,
       (value -> 'deadlines' ->> 'returnDeliverBy')::timestamptz as return_deliver_by,
       (value -> 'deadlines' ->> 'returnInspectUntil')::timestamptz as return_inspect_until,
       due_at(value) as due_at
from record
where kind = 'CONSIGNMENT';

create index consignment_due on record (due_at(value), (id[1]))
    where kind = 'CONSIGNMENT' and not (value ->> 'closed')::boolean;
