-- migration 2026-02-05 consents
-- Consent (samtycke) to share: the participant lets one party tell another some kinds of information, for one purpose,
-- in one intervention, from a day until a day. OSL 10 kap. 1 §, 12 kap. 2 §. Never changed: withdrawn, wholly or in
-- part, by a row of its own. It is not the ground for keeping the records.
create table consent (
  id               text primary key,
  participant_id   text not null references participant (id),
  intervention_id  text not null references intervention (id),
  from_id          text not null references organisation (id),
  to_id            text not null references organisation (id),
  kinds            bigint not null check (kinds > 0),
  free_text        bigint not null,
  purpose          text not null,
  opens_at         timestamp not null,
  closes_at        timestamp not null,
  language         text not null,
  form             text not null check (form in ('paper', 'screen', 'spoken')),
  evidence         text not null,
  recorded_by      text not null,
  recorded_at      timestamp not null,
  check (opens_at < closes_at)
);
create index consent_by_participant on consent (participant_id, to_id);

create table consent_withdrawal (
  id             text primary key,
  consent_id     text not null references consent (id),
  kinds          bigint not null,
  form           text not null check (form in ('paper', 'screen', 'spoken')),
  recorded_by    text not null,
  withdrawn_at   timestamp not null
);
create index consent_withdrawal_by_consent on consent_withdrawal (consent_id);

-- migration 2026-02-17 consents are closed when somebody is protected
-- Empty: the participant withdrew it. Otherwise our own words for why it was closed.
alter table consent_withdrawal add column closed_because text not null default '';

-- migration 2026-02-21 what is written about a consent is sealed
-- language and evidence, with the key of the party that noted it; what stood there in clear is sealed at the next start.
alter table consent add column is_sealed boolean not null default false;
