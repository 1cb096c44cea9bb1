-- migration 2026-02-22 contacts
-- Contact (kontakt): that somebody asked a unit about something. Never about whom.
create table contact (
  id               text primary key,
  organisation_id  text not null references organisation (id),
  unit_id          text references unit (id),
  account_id       text references account (id),
  contacted_on     date not null,
  asked_by         text not null,
  kind             text not null check (kind in ('individual', 'sip', 'collaboration', 'consultation', 'preparation', 'other')),
  theme            text not null,
  municipality     text not null,
  minutes          bigint check (minutes > 0),
  intervention_id  text references intervention (id),
  written_at       timestamp not null
);
create index contact_by_organisation on contact (organisation_id, contacted_on);
create index contact_by_account on contact (account_id, written_at);

-- migration 2026-02-22 contacts behind the second wall
-- only postgresql
-- The association counts contacts, and reads neither what they were about in words nor who wrote them.
do '
begin
  if exists (select from pg_roles where rolname = ''stafett_association'') then
    revoke all on contact from stafett_association;
    grant select (id, organisation_id, contacted_on, asked_by, kind, municipality, intervention_id) on contact to stafett_association;
  end if;
end';
