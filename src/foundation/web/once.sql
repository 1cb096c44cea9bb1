-- migration 2026-02-22 forms are done once
-- Forms that have been done, each known by what its account and its key make together.
create table once (
  mark  text primary key,
  at    timestamp not null
);
create index once_by_time on once (at);
