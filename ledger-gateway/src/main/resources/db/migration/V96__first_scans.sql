-- When an item's page was first opened at this gateway. Its own observation: no part of the read model.
create table first_scan (
    epc text primary key,
    at timestamptz not null
);
