-- migration 2026-01-11 imports
-- Import (inläsning): a register file that someone sent in the browser, in base64, until it is confirmed or an hour old;
-- then what became of it, and for an hour more its refused rows as CSV. What stays names no participant.
create table import (
  id            text primary key,
  owner_id      text not null references organisation (id),
  account_id    text not null references account (id),
  kind          text not null check (kind in ('participations', 'decisions')),
  file_name     text not null,
  sent_at       timestamp not null,
  confirmed_at  timestamp,
  added         bigint not null,
  changed       bigint not null,
  unchanged     bigint not null,
  refused       bigint not null,
  file          text not null,
  rejects       text not null
);
create index import_by_owner on import (owner_id, sent_at);

-- migration 2026-02-22 imports of any kind
-- only postgresql
alter table import drop constraint import_kind_check;

-- migration 2026-02-22 imports of any kind, in SQLite
-- only sqlite
-- The check goes with its column.
alter table import rename column kind to old_kind;
alter table import add column kind text not null default '';
update import set kind = old_kind;
alter table import drop column old_kind;
