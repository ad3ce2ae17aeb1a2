-- A webhook's messages are numbered and chained, so that its receiver sees a gap; the body is kept as it was first sent.
alter table webhook
    add column last_number bigint not null default 0,
    add column last_hash text not null default repeat('0', 64),
    add column previous_secret text,
    add column previous_secret_until timestamptz;

-- attempts_before: how many there were when it was last asked to be sent again; the pauses count from there
alter table webhook_delivery
    add column number bigint,
    add column body text,
    add column attempts_before int not null default 0;

-- What waits from before has no number to wait in line with: it is given up, which its log shows.
update webhook_delivery set state = 'FAILED' where state = 'PENDING';
create unique index webhook_delivery_number on webhook_delivery (webhook_id, number);
