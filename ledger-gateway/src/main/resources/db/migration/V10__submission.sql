-- A command on its way to the ledger: one row per signer and command id, written before the transaction is sent.
CREATE TABLE submission (
    party          text        NOT NULL,
    command_id     text        NOT NULL,
    function       text        NOT NULL,
    content        bytea       NOT NULL, -- SHA-256 of the command's canonical JSON
    transaction_id text        NOT NULL,
    payload        bytea,                -- as signed; dropped once the transaction's fate is known
    signature      bytea,
    status         text        NOT NULL CHECK (status IN ('sent', 'committed', 'invalid')),
    code           text,
    block          bigint,
    tx_index       integer,
    sent_at        timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (party, command_id)
);

CREATE UNIQUE INDEX submission_transaction ON submission (transaction_id);
CREATE INDEX submission_sent ON submission (sent_at) WHERE status = 'sent';

-- Where the reader of commits is: every block before this one has been looked at.
CREATE TABLE submission_position (
    only_row   boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    next_block bigint  NOT NULL
);

INSERT INTO submission_position (next_block) VALUES (0);
