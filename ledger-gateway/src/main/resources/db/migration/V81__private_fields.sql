-- Private fields by the commitment that the ledger carries, sealed with a key of their subject's that is not in this database.
create table private_subject (
    subject text primary key,
    -- the number of the key that seals this subject's fields; every key with a smaller number is destroyed
    key_number int not null
);

create table private_field (
    commitment text primary key,
    subject text not null references private_subject,
    sealed bytea not null,
    -- whose parties may read it besides the subject
    consignment_id text,
    stored_at timestamptz not null
);
create index private_field_subject on private_field (subject, commitment);

-- Signed receipts of what was erased; commitments alone.
create table erasure_receipt (
    id text primary key,
    subject text not null,
    receipt jsonb not null
);
create index erasure_receipt_subject on erasure_receipt (subject);
