-- when its merchant called a checkout off; null for one that stands
alter table checkout add column withdrawn_at timestamptz;
