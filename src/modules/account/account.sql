-- migration 2026-01-06 accounts
-- Account (konto): someone's way in. A closed account keeps its name in what it once did.
create table account (
  id               text primary key,
  name             text not null unique,
  full_name        text not null,
  organisation_id  text not null references organisation (id),
  unit_id          text references unit (id),
  password         text not null,
  closed_at        timestamp
);

create table account_role (
  account_id  text not null references account (id),
  role        text not null,
  primary key (account_id, role)
);

-- Session: signed in from one browser. Only the fingerprint of its token is kept.
create table session (
  fingerprint  text primary key,
  account_id   text not null references account (id),
  begun_at     timestamp not null,
  seen_at      timestamp not null
);
create index session_by_account on session (account_id);

-- Failed sign-ins, to hold back guessing: by account name and by network, never locking anyone out for long.
create table failed_sign_in (
  account_name  text not null,
  network       text not null,
  failed_at     timestamp not null
);
create index failed_sign_in_by_time on failed_sign_in (failed_at);

-- migration 2026-02-10 sessions know how one signed in
alter table session add column means text not null default 'password';
alter table session add column strength text not null default 'password';
alter table session add column proved_at timestamp;

-- migration 2026-02-10 roles are for a unit and a time
-- Until and with the day named. A role that waits for a second person gives nothing.
alter table account_role add column unit_id text references unit (id);
alter table account_role add column until_on date;
alter table account_role add column given_by text not null default '';
alter table account_role add column given_at timestamp;
alter table account_role add column waits boolean not null default false;
alter table account_role add column confirmed_by text not null default '';

-- What was done with an account, and by whom: it outlives the role.
create table account_event (
  id          text primary key,
  account_id  text not null references account (id),
  at          timestamp not null,
  by_account  text not null,
  event       text not null,
  about       text not null
);
create index account_event_by_account on account_event (account_id, at);

-- migration 2026-02-11 guesses are counted by account, network and browser
-- A guess is noted before it is tried and forgotten when it was right. The account's name is kept as a digest:
-- people write their password in the wrong field.
drop table failed_sign_in;
create table sign_in_guess (
  id       text primary key,
  account  text not null,
  network  text not null,
  device   text not null,
  at       timestamp not null
);
create index sign_in_guess_by_account on sign_in_guess (account, at);
create index sign_in_guess_by_network on sign_in_guess (network, at);
create index sign_in_guess_by_time on sign_in_guess (at);

-- Known device: a browser that someone has signed in from before. Others' guesses do not hold it back.
create table known_device (
  fingerprint  text not null,
  account_id   text not null references account (id),
  seen_at      timestamp not null,
  primary key (fingerprint, account_id)
);

-- migration 2026-02-12 codes of an app as a second factor
-- The last step whose code was taken is kept: a code is taken once.
create table account_code (
  account_id  text primary key references account (id),
  secret      text not null,
  last_step   bigint not null,
  since       timestamp not null
);
create table recovery_code (
  account_id   text not null references account (id),
  fingerprint  text not null,
  primary key (account_id, fingerprint)
);

-- Half signed in: the password was right, the code is still to come.
create table half_sign_in (
  fingerprint  text primary key,
  account_id   text not null references account (id),
  begun_at     timestamp not null
);

-- migration 2026-02-13 passkeys
create table passkey (
  id          text primary key,
  account_id  text not null references account (id),
  credential  text not null unique,
  name        text not null,
  algorithm   bigint not null,
  public_key  text not null,
  counter     bigint not null,
  added_at    timestamp not null,
  used_at     timestamp
);
create index passkey_by_account on passkey (account_id);

-- Challenge: what an authenticator is to sign, for one browser, once.
create table passkey_challenge (
  fingerprint  text primary key,
  bound_to     text not null,
  made_at      timestamp not null
);
create index passkey_challenge_by_browser on passkey_challenge (bound_to);

-- migration 2026-02-14 invitations
-- Invitation (inbjudan): an address, and a code of which only the digest is kept. Gone when it has been answered.
create table invitation (
  id          text primary key,
  account_id  text not null references account (id),
  code        text not null,
  made_by     text not null,
  made_at     timestamp not null,
  until_at    timestamp not null
);
create index invitation_by_account on invitation (account_id);

-- migration 2026-02-15 the employers' sign-in
-- Identity: who somebody is at a provider. Bound to an account by an invitation.
create table provider_identity (
  issuer      text not null,
  subject     text not null,
  account_id  text not null references account (id),
  since       timestamp not null,
  primary key (issuer, subject)
);
create index provider_identity_by_account on provider_identity (account_id);

-- A browser that has gone to a provider and is to come back, once.
create table at_provider (
  fingerprint  text primary key,
  provider     text not null,
  state        text not null,
  nonce        text not null,
  verifier     text not null,
  session      text not null,
  invitation   text not null,
  next         text not null,
  begun_at     timestamp not null
);

-- migration 2026-02-17 secrets of apps are sealed
-- With the organisation's data key (access/keys.h). The first start after this block seals what stood in clear.
alter table account_code add column is_sealed boolean not null default false;
