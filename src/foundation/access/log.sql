-- migration 2026-02-02 access log
-- The log (åtkomstlogg), a chain for each organisation. No foreign keys: it outlives what it tells of.
create table access_log (
  id               text primary key,
  chain_id         text not null,
  at               timestamp not null,
  account_id       text not null,
  organisation_id  text not null,
  unit_id          text not null,
  session          text not null,
  action           text not null,
  participant_id   text not null,
  object           text not null,
  kinds            bigint not null,
  purpose          text not null,
  allowed          bigint not null,
  rule             text not null,
  consent_id       text not null
);
create index access_log_by_participant on access_log (participant_id, at);
