-- migration 2026-01-01 change marks
-- What has changed since it was last read: a mark that is new whenever a table's rows are.
create table change_mark (
  name  text primary key,
  mark  text not null
);
