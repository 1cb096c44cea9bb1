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

-- migration 2026-02-06 the log becomes a chain
-- Each organisation's entries have numbers without gaps, and each a hash over itself and the one before, with a key that
-- is not kept here. What was written before there was a chain could not be proved, and is not kept.
drop table access_log;
create table access_log (
  chain_id         text not null,
  number           bigint not null,
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
  consent_id       text not null,
  hash             text not null,
  primary key (chain_id, number)
);
create index access_log_by_participant on access_log (participant_id, chain_id, number);
create index access_log_by_unit on access_log (chain_id, unit_id, number);

-- Checkpoint (avstämning): how far each chain had come and what its last hash was, signed, and sent elsewhere.
create table log_checkpoint (
  serial     bigint primary key,
  chain_id   text not null,
  number     bigint not null,
  head       text not null,
  at         timestamp not null,
  signature  text not null
);
create index log_checkpoint_by_chain on log_checkpoint (chain_id, number);
