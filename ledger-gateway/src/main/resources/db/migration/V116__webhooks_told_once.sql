-- Every block before this one was put into the outbox by what each webhook wanted then; noted when the read model is rebuilt.
create table webhook_position (
    only_row   boolean primary key default true check (only_row),
    next_block bigint  not null
);

insert into webhook_position (next_block) values (0);

-- What is due is looked up by webhook, so that none waits behind another's.
create index webhook_delivery_line on webhook_delivery (webhook_id, next_attempt, block, tx_index, seq) where state = 'PENDING';
drop index webhook_delivery_due;
