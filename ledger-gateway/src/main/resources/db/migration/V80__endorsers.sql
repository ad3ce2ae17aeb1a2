-- Whose peers endorsed a transaction: MSP id, name and certificate of each, in the transaction's order.
alter table ledger_transaction add column endorsers jsonb not null default '[]';

-- True after a migration that tables derived from blocks must be derived again for: the feed does so when it starts.
alter table ledger_position add column stale boolean not null default false;
update ledger_position set stale = next_block > 0;
