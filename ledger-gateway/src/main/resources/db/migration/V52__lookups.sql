-- The next nonce of an account, and the newest payout of a consignment, without reading the whole table.
create index chain_transaction_sender on chain_transaction (sender, nonce);
create index settlement_payout_consignment on settlement_payout (consignment_id);
