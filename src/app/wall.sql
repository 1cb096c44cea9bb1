-- migration 2026-02-20 second wall
-- only postgresql
-- What stands if our own SQL is wrong (docs/rooms.md, “The second wall”). The gate opens rooms for a transaction, the
-- setting stafett.rooms: organisations with a space between, “*” for whoever runs the program, none when nothing is said.
-- What lies in other rooms is not there. “force”: not for the owner of the tables either.
alter table identity enable row level security;
alter table identity force row level security;
create policy room on identity using (
  owner_id = any (string_to_array(current_setting('stafett.rooms', true), ' '))
  or current_setting('stafett.rooms', true) = '*');

alter table note enable row level security;
alter table note force row level security;
create policy room on note using (
  organisation_id = any (string_to_array(current_setting('stafett.rooms', true), ' '))
  or current_setting('stafett.rooms', true) = '*');

alter table data_key enable row level security;
alter table data_key force row level security;
create policy room on data_key using (
  organisation_id = any (string_to_array(current_setting('stafett.rooms', true), ' '))
  or current_setting('stafett.rooms', true) = '*');

alter table import enable row level security;
alter table import force row level security;
create policy room on import using (
  owner_id = any (string_to_array(current_setting('stafett.rooms', true), ' '))
  or current_setting('stafett.rooms', true) = '*');

-- Transactions run as one of two roles, neither of which can make or change a table: stafett_program, and for whoever
-- works for a samordningsförbund stafett_association, which reads of participants no more than counting takes. Where
-- our login may not make roles, whoever runs PostgreSQL has made them, or there is only the wall above.
do '
declare
  wanted text;
begin
  foreach wanted in array array[''stafett_program'', ''stafett_association''] loop
    begin
      if not exists (select from pg_roles where rolname = wanted) then
        execute format(''create role %I nologin'', wanted);
      end if;
    exception when duplicate_object or unique_violation or insufficient_privilege then
      null;
    end;
    begin
      execute format(''grant %I to current_user'', wanted);
    exception when undefined_object or insufficient_privilege then
      null;
    end;
  end loop;
  if (select count(*) from pg_roles where rolname in (''stafett_program'', ''stafett_association'')) < 2 then
    return;
  end if;

  execute format(''grant usage on schema %I to stafett_program, stafett_association'', current_schema());
  execute format(''grant select, insert, update, delete on all tables in schema %I to stafett_program, stafett_association'', current_schema());
  execute format(''alter default privileges in schema %I grant select, insert, update, delete on tables to stafett_program, stafett_association'', current_schema());
  revoke all on identity, note, import, former_mark, retention_hold, retention_proposal, protection_proposal from stafett_association;
  revoke all on participant, participation, decision from stafett_association;
  revoke update, delete on data_key from stafett_association;
  revoke insert, update, delete on consent, consent_withdrawal, assignment, conflict, broken_glass from stafett_association;
  grant select (id, owner_id, intervention_id, sex, birth_year, protection, erased_at) on participant to stafett_association;
  grant select (id, owner_id, intervention_id, participant_id, site, referrer, municipality, income_start, income_end,
    referred_on, started_on, ended_on, destination) on participation to stafett_association;
  grant select (id, owner_id, intervention_id, participant_id, decided_on, kind, form) on decision to stafett_association;
end';
