-- What came of what, by the events that are not declared in error. Things are items, lots and containers by their canonical
-- URIs, and transformations by their id or their event's hash.
create table provenance_edge (
    source text not null,
    kind text not null,
    target text not null,
    seq bigint not null,
    primary key (source, target, kind, seq)
);
create index provenance_edge_target on provenance_edge (target);
create index provenance_edge_seq on provenance_edge (seq);
