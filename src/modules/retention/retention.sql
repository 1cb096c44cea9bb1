-- migration 2026-02-09 retention
-- Rules (gallringsregler) of an organisation for what is in its room; without months it is kept for good.
create table retention_rule (
  id               text primary key,
  organisation_id  text not null references organisation (id),
  kinds            bigint not null check (kinds > 0),
  months           bigint,
  counted_from     text not null check (counted_from in ('closed', 'last entry')),
  ground           text not null,
  export_first     bigint not null,
  added_by         text not null references account (id),
  added_at         timestamp not null
);
create index retention_rule_by_organisation on retention_rule (organisation_id);

-- What is kept all the same, for research: days of the month (5,15,25), or how municipality codes begin (05,1480).
create table retention_exemption (
  id               text primary key,
  organisation_id  text not null references organisation (id),
  criterion        text not null check (criterion in ('born on day', 'municipality')),
  among            text not null,
  ground           text not null,
  added_by         text not null references account (id),
  added_at         timestamp not null
);

-- Legal hold (undantag): not to be erased until it is let go. The reason is sealed with the room's data key.
create table retention_hold (
  id               text primary key,
  organisation_id  text not null references organisation (id),
  participant_id   text not null references participant (id),
  reason           text not null,
  placed_by        text not null references account (id),
  placed_at        timestamp not null,
  let_go_by        text references account (id),
  let_go_at        timestamp
);
create index retention_hold_by_participant on retention_hold (participant_id, organisation_id);

-- Proposal (gallringsförslag): one proposes, another confirms, thirty days pass. Stays when all else is erased.
create table retention_proposal (
  id               text primary key,
  organisation_id  text not null references organisation (id),
  participant_id   text not null references participant (id),
  kinds            bigint not null,
  whole            bigint not null,
  export_first     bigint not null,
  ground           text not null,
  state            text not null check (state in ('proposed', 'confirmed', 'withdrawn', 'erased')),
  proposed_by      text not null references account (id),
  proposed_at      timestamp not null,
  confirmed_by     text references account (id),
  confirmed_at     timestamp,
  exported_by      text references account (id),
  exported_at      timestamp,
  withdrawn_by     text references account (id),
  erased_by        text references account (id),
  erased_at        timestamp,
  check (confirmed_by is null or confirmed_by <> proposed_by)
);
create index retention_proposal_by_organisation on retention_proposal (organisation_id, proposed_at);
create unique index retention_proposal_open on retention_proposal (organisation_id, participant_id)
  where state in ('proposed', 'confirmed');
