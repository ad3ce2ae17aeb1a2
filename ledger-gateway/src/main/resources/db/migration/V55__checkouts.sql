-- A merchant's offer of one order behind a link, and the buyer who took it up. What became of it on the ledger the read model says.
create table checkout (
    -- the link's secret: whoever has it may take the offer up
    id text primary key,
    merchant text not null,
    managed text not null,
    order_id text not null,
    -- terms without the buyer's part, as the merchant made them: JSON
    draft text not null,
    pay_by timestamptz not null,
    return_url text,
    created_at timestamptz not null,
    -- what the next certificate request must name, so that one that was seen before is of no use
    challenge text not null,
    buyer text,
    msp_id text,
    certificate text,
    -- SignedTerms' terms and the merchant's signature, once the buyer's part is known
    terms text,
    merchant_signature text,
    unique (merchant, order_id)
);
