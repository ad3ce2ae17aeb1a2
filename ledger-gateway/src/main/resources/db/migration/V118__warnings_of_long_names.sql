-- A key over the names of all events that show a warning can be longer than an index takes, and a block with such a warning would never be applied.
alter table item_warning drop constraint item_warning_pkey;
create index item_warning_item on item_warning (item, kind);
