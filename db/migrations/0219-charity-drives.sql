create schema if not exists charity;
-- A drive asks a roster to give: for a colleague (for whom everybody asked is listed) or for somebody outside.
create table charity.drive (
  id           bigint generated always as identity primary key,
  unit_id      bigint not null,
  cause        text   not null check (cause in ('illness', 'hardship', 'love', 'society')),
  title        text   not null,
  -- what the money is bound to; of society the register's kinds
  purpose      text   not null,
  beneficiary  text,
  target_fen   bigint check (target_fen > 0),
  start_on     date   not null,
  until_on     date   not null check (until_on >= start_on),
  people       int    not null default 0,
  deposited_fen bigint not null default 0 check (deposited_fen >= 0),
  record_id    bigint,
  state        text   not null default 'open' check (state in ('open', 'closed')),
  thanked_on   date,
  created_by   bigint not null,
  created_at   timestamptz not null default now()
);
create index drive_list on charity.drive (unit_id, start_on desc, id desc);
create table charity.drive_entry (
  drive_id   bigint not null references charity.drive,
  no         int    not null,
  person_id  bigint not null,
  unit_id    bigint not null,
  amount_fen bigint not null default 0 check (amount_fen >= 0),
  given_on   date,
  -- the donor's own word on being named in the thanks; silence is no
  named      boolean,
  primary key (drive_id, no),
  unique (drive_id, person_id),
  check ((amount_fen > 0) = (given_on is not null))
);
create index drive_entry_person on charity.drive_entry (person_id);
-- What the money went to: asked by one, granted by another, paid by a third.
create table charity.drive_use (
  id           bigint generated always as identity primary key,
  drive_id     bigint not null references charity.drive,
  what         text   not null,
  payee        text   not null,
  amount_fen   bigint not null check (amount_fen > 0),
  state        text   not null default 'asked' check (state in ('asked', 'granted', 'refused', 'paid')),
  asked_by     bigint not null,
  asked_name   text   not null,
  decided_by   bigint,
  decided_name text,
  words        text,
  paid_on      date,
  voucher_id   bigint,
  check ((state = 'paid') = (voucher_id is not null))
);
create index drive_use_drive on charity.drive_use (drive_id, id);

-- A member beside a family or a pupil, for as long as both agree.
create table charity.pair (
  id           bigint generated always as identity primary key,
  unit_id      bigint not null,
  kind         text   not null check (kind in ('family', 'pupil')),
  helper_id    bigint not null,
  family_id    bigint,
  pupil        text,
  classroom    text,
  place        text,
  -- the paired family's consent, on paper; without it nothing is kept of them
  consent_on   date   not null,
  start_on     date   not null,
  end_on       date   check (end_on >= start_on),
  end_reason   text,
  created_by   bigint not null,
  created_at   timestamptz not null default now(),
  check ((kind = 'family') = (family_id is not null)),
  check ((kind = 'pupil') = (pupil is not null)),
  check ((end_on is null) = (end_reason is null))
);
create unique index pair_family on charity.pair (helper_id, family_id) where end_on is null and family_id is not null;
create table charity.pair_aid (
  id         bigint generated always as identity primary key,
  pair_id    bigint not null references charity.pair,
  no         int    not null,
  on_day     date   not null,
  item       text   not null,
  amount_fen bigint not null check (amount_fen >= 0),
  unique (pair_id, no)
);
