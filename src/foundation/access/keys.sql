-- migration 2026-02-06 data keys
-- Data key (datanyckel): seals what is kept of one participant in one organisation's room; without a participant, what
-- the organisation finds people by. Wrapped by the organisation's top key; top_key tells which. No foreign keys:
-- its tables lie above.
create table data_key (
  id               text primary key,
  organisation_id  text not null,
  participant_id   text not null,
  top_key          text not null,
  wrapped          text not null,
  made_at          timestamp not null,
  unique (organisation_id, participant_id)
);
create index data_key_by_top_key on data_key (top_key);
