-- migration 2026-02-24 batons
-- Holding (innehav): somebody answers for a case, from a moment until another does; with what they do next, sealed in
-- the room of their organisation, and the day it is to be done.
create table holding (
  id               text primary key,
  participant_id   text not null references participant (id),
  organisation_id  text not null references organisation (id),
  unit_id          text not null,
  account_id       text not null references account (id),
  duty             text not null,
  from_at          timestamp not null,
  from_on          date not null,
  until_at         timestamp,
  step             text not null,
  step_on          date not null
);
create unique index holding_of_participant on holding (participant_id) where until_at is null;
create index holding_by_participant on holding (participant_id, from_at);
create index holding_by_account on holding (account_id) where until_at is null;

-- Handover (överlämning): offered by whoever holds the baton, answered by the other party or withdrawn. Words are sealed in
-- the giver's room, the receiver's too: they are written to the giver. Empty receiver: anyone who works with the
-- participant there.
create table handover (
  id               text primary key,
  participant_id   text not null references participant (id),
  organisation_id  text not null references organisation (id),
  account_id       text not null references account (id),
  to_id            text not null references organisation (id),
  to_account_id    text not null,
  offered_at       timestamp not null,
  message          text not null,
  meeting_on       date,
  both_until       date,
  support_until    date,
  outcome          text not null check (outcome = '' or outcome = 'accepted' or outcome = 'refused' or outcome = 'withdrawn'),
  reason           text not null,
  answer           text not null,
  answered_at      timestamp,
  answered_by      text not null
);
create unique index handover_open on handover (participant_id) where outcome = '';
create index handover_by_participant on handover (participant_id, offered_at);
create index handover_to on handover (to_id) where outcome = '';
create index handover_from on handover (account_id) where outcome = '';

-- migration 2026-02-24 batons are not for associations
-- only postgresql
do '
begin
  if exists (select from pg_roles where rolname = ''stafett_association'') then
    execute ''revoke all on holding, handover from stafett_association'';
  end if;
end';
