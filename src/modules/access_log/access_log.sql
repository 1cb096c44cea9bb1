-- migration 2026-02-07 samples of the access log
-- Sample (stickprov): a month's entries of a unit, drawn at random by a seed, and what its head found of each.
create table log_sample (
  id               text primary key,
  organisation_id  text not null references organisation (id),
  unit_id          text not null,
  month            text not null,
  seed             text not null,
  first_number     bigint not null,
  last_number      bigint not null,
  drawn_at         timestamp not null,
  drawn_by         text not null,
  unique (organisation_id, unit_id, month)
);
create table log_sample_entry (
  sample_id  text not null references log_sample (id),
  number     bigint not null,
  finding    text not null check (finding in ('', 'right', 'asked about', 'wrong')),
  remark     text not null,
  marked_at  timestamp,
  marked_by  text not null,
  primary key (sample_id, number)
);

-- migration 2026-02-21 what a head remarks on an entry is sealed
-- With the organisation's own key; what stood there in clear is sealed at the next start.
alter table log_sample_entry add column is_sealed boolean not null default false;
