-- Batches of readings as the devices signed them, and how far each device is. The gateway's own: only roots are on the ledger.
create table device_position (
    device text primary key,
    sequence bigint not null,
    last_time timestamptz not null
);

create table device_anchor (
    id uuid primary key,
    root text not null,
    -- true once the ledger has it
    recorded boolean not null
);

create table device_batch (
    seq bigint generated always as identity primary key,
    hash text not null unique,
    -- RFC 6962's hash of the text
    leaf bytea not null,
    device text not null,
    -- the compact JSON Web Signature
    compact text not null,
    readings int not null,
    first_time timestamptz not null,
    last_time timestamptz not null,
    -- whether the device was calibrated at all these times
    calibrated boolean not null,
    received_at timestamptz not null,
    anchor uuid references device_anchor deferrable initially deferred
);
create index device_batch_device on device_batch (device, first_time);
create index device_batch_anchor on device_batch (anchor, seq);
create index device_batch_free on device_batch (seq) where anchor is null;
