-- A signed transaction is kept until its block is heard of, mostly a fraction of a second. Compressing its 8 to 12 kB takes as long as
-- all the rest of storing it, which its caller waits for.
alter table submission alter column payload set storage external;
