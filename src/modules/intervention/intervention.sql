-- migration 2026-01-07 interventions
-- Intervention (insats): what a förbund finances and an organisation owns. Everything here is read from its file, whose
-- every version is kept in intervention_version.
create table intervention (
  id                      text primary key,
  owner_id                text not null references organisation (id),
  area_id                 text not null references organisation (id),
  name                    text not null,
  orientation             text not null check (orientation in ('individual', 'structural')),
  target_group            text not null,
  from_on                 date not null,
  to_on                   date,
  follow_up_every_months  bigint,
  longest_stay_months     bigint,
  planned_per_year        bigint
);

create table intervention_site (
  intervention_id  text not null references intervention (id),
  place            bigint not null,
  name             text not null,
  primary key (intervention_id, place)
);

create table intervention_destination (
  intervention_id  text not null references intervention (id),
  place            bigint not null,
  name             text not null,
  grp              text not null,
  primary key (intervention_id, place)
);

create table intervention_decision (
  intervention_id  text not null references intervention (id),
  place            bigint not null,
  name             text not null,
  grp              text not null,
  primary key (intervention_id, place)
);

create table intervention_version (
  intervention_id  text not null references intervention (id),
  version          bigint not null,
  file             text not null,
  saved_at         timestamp not null,
  saved_by         text not null,
  primary key (intervention_id, version)
);
