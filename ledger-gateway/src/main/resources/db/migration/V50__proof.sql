-- The transparency log: leaves and tiles are derived from blocks alone and can be dropped and rebuilt, byte for byte.
create table log_leaf (
    index bigint primary key,
    block bigint not null,
    tx_index int not null,
    write_index int not null,
    tx_id text not null,
    creator text not null,
    namespace text not null,
    -- composite keys hold U+0000, which text can't
    key bytea not null,
    -- SHA-256 in hexadecimal, or "deleted"
    value text not null
);
create index log_leaf_key on log_leaf using hash (key);

-- C2SP tlog-tiles: up to 256 hashes of 32 bytes; the last tile of a level may be partial.
create table log_tile (
    level int not null,
    tile bigint not null,
    hashes bytea not null,
    primary key (level, tile)
);

-- What has been signed is never forgotten, not even when all else is rebuilt.
create table log_checkpoint (
    size bigint primary key,
    root text not null,
    note text not null,
    witnessed boolean not null
);

-- Each witness's own tree, from its own peer's blocks, and what it cosigned last.
create table witness (
    name text primary key,
    next_block bigint not null,
    last_hash text not null,
    size bigint not null,
    subtrees bytea not null,
    cosigned_size bigint not null,
    cosigned_root text not null
);

-- The roots of a witness's tree at the ends of blocks, as long as they may be asked for.
create table witness_root (
    name text not null references witness (name),
    size bigint not null,
    root text not null,
    primary key (name, size)
);
