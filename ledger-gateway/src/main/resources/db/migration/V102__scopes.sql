-- What a key opens: names of scopes. Null in keys of before there were scopes: all that their roles have.
alter table access_key add column scopes text[];
-- What its maker was in their party's team; null: its owner
alter table access_key add column team text[];
