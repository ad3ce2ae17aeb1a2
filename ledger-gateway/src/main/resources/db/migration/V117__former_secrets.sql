-- Every secret that was changed counts for a day more, and not the last one alone: of a change whose answer was lost nobody has the new one.
create table access_key_former (
    hash   bytea       primary key,
    key_id uuid        not null references access_key (id) on delete cascade,
    until  timestamptz not null
);
create index access_key_former_key on access_key_former (key_id);
insert into access_key_former (hash, key_id, until)
select previous_hash, id, previous_until from access_key where previous_hash is not null and previous_until > now();
alter table access_key drop column previous_hash, drop column previous_until;

create table webhook_former_secret (
    webhook_id uuid        not null references webhook (id) on delete cascade,
    secret     text        not null,
    until      timestamptz not null,
    primary key (webhook_id, secret)
);
insert into webhook_former_secret (webhook_id, secret, until)
select id, previous_secret, previous_secret_until from webhook where previous_secret is not null and previous_secret_until > now();
alter table webhook drop column previous_secret, drop column previous_secret_until;
