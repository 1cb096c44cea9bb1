-- migration 2026-01-09 participations
-- Participation (deltagande): one stay of a participant in an intervention. Empty text is "uppgift saknas".
-- `written` keeps the words of an imported row where they differ from what they were taken for.
-- Owner and intervention are the participant's (stafett verify); not asked again for each row of a large register.
create table participation (
  id               text primary key,
  owner_id         text not null,
  intervention_id  text not null,
  participant_id   text not null references participant (id),
  site             text not null,
  referrer         text not null,
  municipality     text not null,
  income_start     text not null,
  income_end       text not null,
  referred_on      date,
  started_on       date not null,
  ended_on         date,
  destination      text not null,
  written          text not null,
  unique (participant_id, started_on)
);
create index participation_by_intervention on participation (intervention_id);
