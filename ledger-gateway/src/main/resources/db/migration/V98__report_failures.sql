-- Roots whose batches could not be told of as EPCIS events: they wait longer each time, and hold up no others.
create table device_report_failure (
    anchor uuid primary key,
    failures int not null,
    -- when it is tried again
    due timestamptz not null
);
