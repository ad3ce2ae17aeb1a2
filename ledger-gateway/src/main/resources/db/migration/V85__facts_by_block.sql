-- A log is told by its block's hash, transaction and index: the same transaction in another block is another log.
alter table settlement_fact add column block_hash text;
update settlement_fact set block_hash = seen ->> 'blockHash';
alter table settlement_fact alter column block_hash set not null;
alter table settlement_fact drop constraint settlement_fact_pkey;
alter table settlement_fact add primary key (block_hash, transaction, log_index);
