-- Witnesses keep files of their own, beside their peers; what these tables held is derived from blocks again.
drop table witness_root;
drop table witness;
