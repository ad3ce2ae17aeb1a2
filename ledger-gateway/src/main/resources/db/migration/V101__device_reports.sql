-- Whether the batches under a root have been told of as EPCIS events about what their devices were on; those from before are not.
alter table device_anchor add column reported boolean not null default true;
alter table device_anchor alter column reported set default false;
create index device_anchor_unreported on device_anchor (id) where recorded and not reported;
