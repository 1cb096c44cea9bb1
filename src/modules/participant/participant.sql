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

-- migration 2026-02-07 identities are sealed
-- Identity (identitet): who a participant is, sealed with their data key in the owner's room (access/keys.h); empty is
-- not known. number_mark is what a personal number is found by. participant.personal_number is empty from now on: the
-- first start after this block seals what stood there.
create table identity (
  participant_id   text primary key references participant (id),
  owner_id         text not null references organisation (id),
  number_mark      text,
  personal_number  text not null,
  name             text not null,
  phone            text not null,
  address          text not null,
  email            text not null
);
create index identity_by_number on identity (owner_id, number_mark) where number_mark is not null;

-- migration 2026-02-16 protected participants have another code
-- What a register called a participant before it was protected: marks that only the owner's key can make, of the code
-- and of the personal number, so that a register that is read in later does not bring the person back.
create table former_mark (
  intervention_id  text not null references intervention (id),
  mark             text not null,
  participant_id   text not null references participant (id),
  primary key (intervention_id, mark)
);
create index former_mark_by_participant on former_mark (participant_id);
