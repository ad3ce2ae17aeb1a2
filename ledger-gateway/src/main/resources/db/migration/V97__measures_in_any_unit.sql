-- Numbers with a unit are indexed on a scale that is the same for all units of a kind, so what was indexed before is derived again.
update ledger_position set stale = next_block > 0;
