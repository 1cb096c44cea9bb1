-- migration 2026-01-05 organisations
-- Organisation: a samordningsförbund or an authority that works in one. Records belong to organisations.
create table organisation (
  id    text primary key,
  name  text not null unique,
  kind  text not null check (kind in ('association', 'employment service', 'insurance agency', 'municipality', 'region', 'other'))
);

-- Unit (enhet): part of an organisation.
create table unit (
  id               text primary key,
  organisation_id  text not null references organisation (id),
  name             text not null,
  unique (organisation_id, name)
);

-- Membership: an authority's part in a samordningsförbund, and its share of the money (lag 2003:1210 5 §).
create table membership (
  association_id  text not null references organisation (id),
  member_id       text not null references organisation (id),
  from_on         date not null,
  to_on           date,
  share_parts     bigint not null check (share_parts >= 0),
  share_of        bigint not null check (share_of > 0),
  primary key (association_id, member_id, from_on)
);
