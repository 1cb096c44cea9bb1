-- migration 2026-01-08 participants
-- Participant (deltagare): a person in one intervention's register, by the mark that the register uses.
-- The check is not written with in (…): SQLite would make and empty a table for it at every row.
create table participant (
  id               text primary key,
  owner_id         text not null references organisation (id),
  intervention_id  text not null references intervention (id),
  code             text not null,
  personal_number  text,
  sex              text not null check (sex = 'woman' or sex = 'man' or sex = 'other' or sex = ''),
  birth_year       bigint,
  unique (intervention_id, code)
);
create index participant_by_personal_number on participant (owner_id, personal_number) where personal_number is not null;

-- migration 2026-02-03 participants can be protected and erased
alter table participant add column protection text not null default '';
alter table participant add column erased_at timestamp;
