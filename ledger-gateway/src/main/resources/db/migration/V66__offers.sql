-- A merchant's published offers, newest first.
create index offer_merchant on record ((value ->> 'merchant'), created_block desc, created_index desc) where kind = 'OFFER';
