-- Every line that its buyer accepted, which is a purchase that a review can rest on, and the score of its review. Derived from blocks alone.
create table accepted_line (
    consignment_id text not null,
    line int not null,
    merchant text not null,
    gtin text not null,
    score int,
    primary key (consignment_id, line)
);
create index accepted_line_merchant on accepted_line (merchant, score);
create index accepted_line_gtin on accepted_line (gtin, score);

-- What is here already: as if it had been derived with the records.
insert into accepted_line (consignment_id, line, merchant, gtin, score)
select c.id[1], (line ->> 'line')::int, c.value ->> 'merchant', line ->> 'gtin', (r.value ->> 'score')::int
from record c
join record t on t.kind = 'TERMS' and t.id = c.id
cross join lateral jsonb_array_elements(t.value -> 'terms' -> 'lines') line
left join record r on r.kind = 'REVIEW' and r.id = array [c.id[1], line ->> 'line']
where c.kind = 'CONSIGNMENT' and c.value -> 'acceptedLines' @> (line -> 'line');
