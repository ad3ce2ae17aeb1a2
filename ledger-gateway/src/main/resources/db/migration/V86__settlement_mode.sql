-- What settlement does, by an operator's word.
create table settlement_mode (
    one        boolean primary key default true check (one),
    mode       text        not null check (mode in ('RUNNING', 'DRY_RUN', 'PAUSED')),
    changed_by text        not null,
    changed_at timestamptz not null default now()
);
insert into settlement_mode (mode, changed_by) values ('RUNNING', 'nobody yet');
