-- What was promised and what was done, for each consignment with money: from domain events and the terms that both sides signed.
create view service as
with happened as (
    select consignment_id,
           min(at) filter (where command = 'recordDeposit') as funded_at,
           min(at) filter (where command = 'ship') as shipped_at,
           min(at) filter (where command = 'deliver') as delivered_at,
           min(by_party) filter (where command = 'deliver') as delivered_by,
           bool_or(command in ('openDispute', 'openLost', 'contestReturn', 'openReturnLost')) as disputed
    from market_event
    where command in ('recordDeposit', 'ship', 'deliver', 'openDispute', 'openLost', 'contestReturn', 'openReturnLost')
      and consignment_id is not null
    group by consignment_id
)
select h.consignment_id,
       c.merchant,
       coalesce(h.delivered_by, c.carrier) as carrier,
       h.funded_at,
       h.shipped_at,
       h.funded_at + make_interval(secs => (t.terms -> 'timers' ->> 'shipWithin')::bigint) as ship_by,
       h.delivered_at,
       h.shipped_at + make_interval(secs => (t.terms -> 'timers' ->> 'deliverWithin')::bigint) as deliver_by,
       h.disputed
from happened h
join consignment c on c.id = h.consignment_id
join terms t on t.consignment_id = h.consignment_id
where h.funded_at is not null;
