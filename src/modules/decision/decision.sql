-- migration 2026-01-10 decisions
-- Decision (beslut): an event for a participant, new or an extension. Events are counted, never persons.
-- Owner and intervention are the participant's (stafett verify).
create table decision (
  id               text primary key,
  owner_id         text not null,
  intervention_id  text not null,
  participant_id   text not null references participant (id),
  decided_on       date not null,
  kind             text not null,
  form             text not null check (form = 'new' or form = 'extension' or form = ''),
  written          text not null,
  unique (participant_id, decided_on, kind, form)
);
create index decision_by_intervention on decision (intervention_id);
