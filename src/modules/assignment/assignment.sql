-- migration 2026-02-04 assignments
-- Assignment (uppdrag): someone works with a participant, or with everyone in an intervention, for their own
-- organisation and for some kinds of information. It ends; it is never taken away.
create table assignment (
  id               text primary key,
  organisation_id  text not null references organisation (id),
  unit_id          text references unit (id),
  account_id       text not null references account (id),
  intervention_id  text not null references intervention (id),
  participant_id   text references participant (id),
  duty             text not null,
  kinds            bigint not null,
  from_at          timestamp not null,
  until_at         timestamp,
  given_by         text not null
);
create index assignment_by_participant on assignment (participant_id, account_id);
create index assignment_by_account on assignment (account_id, intervention_id);

-- Conflict (jäv): someone who must never reach this participant: kin, a former partner, a neighbour.
create table conflict (
  participant_id  text not null references participant (id),
  account_id      text not null references account (id),
  primary key (participant_id, account_id)
);

-- Broken glass (nödöppning): a colleague who is not assigned looks in all the same, for a stated reason and a short
-- time. On the head's list until it is reviewed.
create table broken_glass (
  id              text primary key,
  account_id      text not null references account (id),
  participant_id  text not null references participant (id),
  reason          text not null,
  broken_at       timestamp not null,
  until_at        timestamp not null,
  reviewed_at     timestamp,
  reviewed_by     text,
  finding         text not null default ''
);
create index broken_glass_by_participant on broken_glass (participant_id, account_id);

-- migration 2026-02-16 conflicts say why
-- The reason is sealed with the participant's data key in the room of the account's organisation (access/keys.h).
alter table conflict add column reason text not null default '';
alter table conflict add column noted_by text not null default '';
alter table conflict add column noted_at timestamp;

-- migration 2026-02-17 reasons for breaking the glass are sealed
-- Reason and finding, with the participant's data key in the owner's room. The first start after this block seals what
-- stood in clear.
alter table broken_glass add column is_sealed boolean not null default false;

-- migration 2026-02-21 work with everyone in an intervention is found by the intervention
create index assignment_with_everyone on assignment (intervention_id) where participant_id is null;
