-- migration 2026-02-23 meetings
-- Meeting (möte) with a participant, in one organisation's room. What is written in words is sealed (access/keys.h), or
-- empty. "about" is the kind of information that the words are. Who is a party: an organisation's id, "participant" or
-- "support person".
create table meeting (
  id               text primary key,
  organisation_id  text not null references organisation (id),
  participant_id   text not null references participant (id),
  account_id       text not null references account (id),
  unit_id          text not null,
  version          bigint not null,
  kind             text not null,
  about            text not null,
  starts_at        timestamp not null,
  form             text not null,
  state            text not null,
  moved_to         timestamp,
  cancelled_by     text not null,
  reason           text not null,
  outcome          text not null,
  initiator        text not null,
  leader           text not null,
  purpose          text not null,
  written_at       timestamp not null,
  changed_at       timestamp,
  changed_by       text references account (id),
  place            text not null,
  agenda           text not null,
  notes            text not null,
  why              text not null,
  problem          text not null
);
create index meeting_by_participant on meeting (participant_id, starts_at);
create index meeting_by_organisation on meeting (organisation_id, participant_id);
create index meeting_by_author on meeting (account_id, written_at);

create table meeting_party (
  meeting_id       text not null references meeting (id),
  organisation_id  text not null references organisation (id),
  participant_id   text not null references participant (id),
  who              text not null,
  invited          boolean not null,
  present          boolean not null,
  primary key (meeting_id, who)
);
create index meeting_party_by_participant on meeting_party (participant_id);

-- Agreement (överenskommelse): who does what by when, and whether it was done.
create table agreement (
  id               text primary key,
  organisation_id  text not null references organisation (id),
  participant_id   text not null references participant (id),
  meeting_id       text not null references meeting (id),
  account_id       text not null references account (id),
  about            text not null,
  who              text not null,
  due_on           date not null,
  state            text not null,
  settled_at       timestamp,
  settled_by       text references account (id),
  written_at       timestamp not null,
  what             text not null,
  why              text not null
);
create index agreement_by_participant on agreement (participant_id, state);
create index agreement_by_meeting on agreement (meeting_id);

-- migration 2026-02-23 meetings behind the second wall
-- only postgresql
-- As in app/wall.sql: what lies in other rooms is not there, and whoever works for an association reads none of it.
alter table meeting enable row level security;
alter table meeting force row level security;
create policy room on meeting using (
  organisation_id = any (string_to_array(current_setting('stafett.rooms', true), ' '))
  or current_setting('stafett.rooms', true) = '*');

alter table meeting_party enable row level security;
alter table meeting_party force row level security;
create policy room on meeting_party using (
  organisation_id = any (string_to_array(current_setting('stafett.rooms', true), ' '))
  or current_setting('stafett.rooms', true) = '*');

alter table agreement enable row level security;
alter table agreement force row level security;
create policy room on agreement using (
  organisation_id = any (string_to_array(current_setting('stafett.rooms', true), ' '))
  or current_setting('stafett.rooms', true) = '*');

do '
begin
  if exists (select from pg_roles where rolname = ''stafett_association'') then
    revoke all on meeting, meeting_party, agreement from stafett_association;
  end if;
end';
