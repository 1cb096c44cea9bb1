-- migration 2026-02-08 notes
-- Note (anteckning): free words about a participant in one organisation's room, sealed (access/keys.h).
create table note (
  id               text primary key,
  organisation_id  text not null references organisation (id),
  participant_id   text not null references participant (id),
  account_id       text not null references account (id),
  unit_id          text not null,
  kind             text not null,
  written_at       timestamp not null,
  text             text not null
);
create index note_by_participant on note (participant_id, written_at);
create index note_by_organisation on note (organisation_id, participant_id);
