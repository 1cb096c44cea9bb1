-- migration 2026-02-18 the end of protection is proposed and confirmed
-- Proposal to end somebody's protection: one who works with them makes it, one of another unit confirms it.
create table protection_proposal (
  id               text primary key,
  organisation_id  text not null references organisation (id),
  participant_id   text not null references participant (id),
  reason           text not null,
  proposed_by      text not null references account (id),
  proposed_at      timestamp not null,
  until_at         timestamp not null,
  withdrawn_by     text references account (id),
  confirmed_by     text references account (id),
  ended_at         timestamp,
  check (confirmed_by is null or confirmed_by <> proposed_by)
);
create index protection_proposal_by_organisation on protection_proposal (organisation_id, until_at);
create index protection_proposal_by_participant on protection_proposal (participant_id);
