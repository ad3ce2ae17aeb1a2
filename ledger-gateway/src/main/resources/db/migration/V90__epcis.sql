-- The EPCIS repository. Events come from blocks (the ledger's record of each) and the content store (the document), and
-- can be dropped and derived again; jobs, queries and subscriptions are the gateway's own.
create table captured_event (
    seq bigint generated always as identity primary key,
    -- as captured, or the hash where it had none
    event_id text not null,
    -- the CBV 2.0 hash id: the event's name on the ledger
    hash text not null,
    -- SHA-256 of the error declaration; '' for the event itself
    declaration text not null,
    event jsonb not null,
    -- the @context of the document around it
    context jsonb,
    document text not null,
    party text,
    event_time timestamptz not null,
    record_time timestamptz not null,
    -- what equality is asked of: name=value
    facets text[] not null,
    unique (hash, event_id, declaration)
);
create index captured_event_id on captured_event (event_id);
create index captured_event_time on captured_event (event_time, seq);
create index captured_event_recorded on captured_event (record_time, seq);
create index captured_event_facets on captured_event using gin (facets) with (fastupdate = off);

-- What order is asked of: numbers and instants inside events.
create table captured_value (
    seq bigint not null references captured_event on delete cascade,
    name text not null,
    number numeric,
    at timestamptz
);
create index captured_value_number on captured_value (name, number, seq) where number is not null;
create index captured_value_at on captured_value (name, at, seq) where at is not null;
create index captured_value_seq on captured_value (seq);

-- Every name seen once: event types, EPCs, business steps, places, dispositions.
create table captured_name (
    kind text not null,
    name text not null,
    primary key (kind, name)
);

-- Master data of captured documents: attributes and children of places and the like.
create table master_attribute (
    id text not null,
    attribute text not null,
    value text not null,
    primary key (id, attribute, value)
);
create table master_child (
    parent text not null,
    child text not null,
    primary key (parent, child)
);

create table capture_job (
    id text primary key,
    owner text not null,
    managed text,
    party text,
    document text not null,
    behaviour text not null,
    created_at timestamptz not null,
    finished_at timestamptz,
    running boolean not null,
    success boolean not null,
    errors jsonb not null,
    duplicates jsonb not null
);
create index capture_job_owner on capture_job (owner, created_at desc, id);
create index capture_job_running on capture_job (id) where running;

create table named_query (
    name text primary key,
    owner text not null,
    query jsonb not null,
    created_at timestamptz not null
);

create table query_subscription (
    id text primary key,
    query_name text not null references named_query on delete cascade,
    owner text not null,
    dest text not null,
    signature_token text not null,
    stream boolean not null,
    schedule jsonb,
    report_if_empty boolean not null,
    initial_record_time timestamptz,
    created_at timestamptz not null,
    -- the newest event that has been told
    told bigint not null,
    notified_at timestamptz,
    -- when to look again: as scheduled, or after a failure
    due_at timestamptz not null,
    failures int not null
);
create index query_subscription_query on query_subscription (query_name, created_at, id);
