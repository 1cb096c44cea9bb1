-- migration 2026-02-19 anonymous participants
-- How many anonymous participants of a sex started in a year. A number and no rows: none of them can be pointed at.
create table anonymous_participant (
  owner_id         text not null references organisation (id),
  intervention_id  text not null references intervention (id),
  sex              text not null check (sex = 'woman' or sex = 'man' or sex = 'other'),
  started_year     bigint not null,
  number           bigint not null check (number >= 0),
  primary key (intervention_id, sex, started_year)
);
