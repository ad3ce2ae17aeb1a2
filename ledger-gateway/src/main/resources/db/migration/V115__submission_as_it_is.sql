-- A signed transaction is kept until its block is heard of, mostly a fraction of a second. Compressing it was two fifths of the time that
-- storing it took, and its caller waits for that.
alter table submission alter column payload set storage external;
