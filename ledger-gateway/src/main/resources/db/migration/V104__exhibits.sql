-- Who may read a document is asked by its hash.
create index record_exhibit_document on record ((value ->> 'document')) where kind = 'EXHIBIT';
