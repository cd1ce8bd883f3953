-- Who signs in, in which office, since and until when.
create schema accounts;

create table accounts.account (
  id               bigint generated always as identity primary key,
  login            text   not null check (length(login) between 2 and 40 and login = btrim(login)),
  name             text   not null,
  person_id        bigint references members.person,
  -- where an account belongs behind which no person of the roster stands
  unit_id          bigint references organisation.unit,
  -- argon2id; null until the person chose one (activation slip) or when only OIDC signs in
  password_hash    text,
  password_set_at  timestamptz,
  totp_sealed      bytea,
  totp_confirmed_at timestamptz,
  -- the last time step that was used: a code works once
  totp_used_step   bigint not null default 0,
  state            text collate "C" not null default 'invited' check (state in ('invited', 'active', 'disabled')),
  failed_count     int    not null default 0,
  failed_since     timestamptz,
  locked_until     timestamptz,
  created_at       timestamptz not null default now(),
  created_by       bigint not null
);
create unique index account_login on accounts.account (lower(login));
create unique index account_person on accounts.account (person_id) where person_id is not null;

create table accounts.session (
  id               bigint generated always as identity primary key,
  -- SHA-256 of a random 32-byte token: reading this table signs nobody in
  token_hash       bytea  not null unique,
  account_id       bigint not null references accounts.account,
  method           text collate "C" not null check (method in ('password', 'oidc', 'activation', 'setup')),
  -- true: a second factor is set up and hasn't been presented yet
  awaits_factor    boolean not null,
  second_factor_at timestamptz,
  office_id        bigint,
  shared           boolean not null default false,
  created_at       timestamptz not null default now(),
  last_seen_at     timestamptz not null default now(),
  idle_seconds     int    not null check (idle_seconds between 60 and 86400),
  expires_at       timestamptz not null,
  ip               text   not null,
  user_agent       text   not null,
  ended_at         timestamptz
);
create index session_account on accounts.session (account_id) where ended_at is null;

create table accounts.sign_in_failure (
  id         bigint generated always as identity primary key,
  at         timestamptz not null default now(),
  ip         text not null,
  account_id bigint
);
create index sign_in_failure_ip on accounts.sign_in_failure (ip, at);

create table accounts.passkey (
  id            bigint generated always as identity primary key,
  credential_id text collate "C" not null unique,
  account_id    bigint not null references accounts.account,
  public_key    bytea  not null,
  counter       bigint not null,
  transports    text[] not null default '{}',
  name          text   not null,
  created_at    timestamptz not null default now(),
  last_used_at  timestamptz
);
create index passkey_account on accounts.passkey (account_id);

-- What a ceremony (passkey, OIDC) must remember between its two requests.
create table accounts.challenge (
  id         bigint generated always as identity primary key,
  kind       text collate "C" not null check (kind in ('passkey-enrol', 'passkey-verify', 'oidc')),
  session_id bigint references accounts.session,
  token_hash bytea  not null unique,
  content    jsonb  not null,
  expires_at timestamptz not null
);

create table accounts.activation_slip (
  id         bigint generated always as identity primary key,
  account_id bigint not null references accounts.account,
  code_hash  bytea  not null unique,
  expires_at timestamptz not null,
  printed_at timestamptz not null default now(),
  printed_by bigint not null,
  used_at    timestamptz,
  withdrawn_at timestamptz
);
create index activation_slip_account on accounts.activation_slip (account_id);

create table accounts.office (
  id           bigint generated always as identity primary key,
  account_id   bigint not null references accounts.account,
  unit_id      bigint not null references organisation.unit,
  role         text collate "C" not null,
  -- as it stands on the paper: 副主席兼女职工委员会主任
  title        text   not null,
  starts_on    date   not null,
  -- rights end at the start of this day
  ended_on     date,
  document     text,
  leave_reason text,
  appointed_by bigint not null,
  created_at   timestamptz not null default now(),
  check (ended_on is null or ended_on >= starts_on),
  check ((ended_on is null) = (leave_reason is null))
);
create unique index office_once on accounts.office (account_id, unit_id, role) where ended_on is null;
-- System, security and audit are three people.
create unique index office_one_administration on accounts.office (account_id)
  where ended_on is null and role in ('system-admin', 'security-admin', 'audit-admin');
create index office_unit on accounts.office (unit_id, role);
alter table accounts.session add foreign key (office_id) references accounts.office;

create table accounts.delegation (
  id         bigint generated always as identity primary key,
  office_id  bigint not null references accounts.office,
  account_id bigint not null references accounts.account,
  starts_on  date   not null,
  -- the last day
  ends_on    date   not null,
  reason     text   not null,
  created_by bigint not null,
  created_at timestamptz not null default now(),
  revoked_at timestamptz,
  check (ends_on >= starts_on)
);
create index delegation_account on accounts.delegation (account_id) where revoked_at is null;
create index delegation_office on accounts.delegation (office_id) where revoked_at is null;

create table accounts.reset_request (
  id           bigint generated always as identity primary key,
  account_id   bigint not null references accounts.account,
  reason       text   not null,
  requested_by bigint not null references accounts.account,
  requested_at timestamptz not null default now(),
  approved_by  bigint references accounts.account,
  approved_at  timestamptz,
  refused_at   timestamptz,
  check (approved_by is null or (approved_by <> requested_by and approved_by <> account_id)),
  check (requested_by <> account_id)
);
create unique index reset_request_open on accounts.reset_request (account_id)
  where approved_at is null and refused_at is null;

create table accounts.oidc_identity (
  id         bigint generated always as identity primary key,
  issuer     text   not null,
  subject    text   not null,
  account_id bigint not null references accounts.account,
  linked_at  timestamptz not null default now(),
  unique (issuer, subject)
);

-- One-time links of the first start.
create table accounts.setup_link (
  id         bigint generated always as identity primary key,
  token_hash bytea not null unique,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  used_at    timestamptz
);
