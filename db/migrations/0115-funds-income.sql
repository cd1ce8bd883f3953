-- Money that comes in: dues by member and month, the employer's two per cent, subsidies, interest.

-- The wage a member's dues are counted from, dated; a fixed amount instead for apprentices.
create table funds.dues_base (
  id         bigint generated always as identity primary key,
  book_id    bigint not null references funds.book,
  person_id  bigint not null references members.person,
  base_fen   bigint check (base_fen >= 0),
  fixed_fen  bigint check (fixed_fen >= 0),
  valid_from date   not null check (extract(day from valid_from) = 1),
  source     text,
  created_at timestamptz not null default now(),
  created_by bigint not null,
  unique (person_id, valid_from),
  check ((base_fen is null) <> (fixed_fen is null))
);
create index dues_base_book on funds.dues_base (book_id);

-- Months a member owes nothing for. Retained membership needs no row: the roster says so.
create table funds.dues_exemption (
  id         bigint generated always as identity primary key,
  book_id    bigint not null references funds.book,
  person_id  bigint not null references members.person,
  kind       text collate "C" not null check (kind in ('retired', 'retained', 'hardship', 'other')),
  from_month date not null check (extract(day from from_month) = 1),
  to_month   date check (extract(day from to_month) = 1 and to_month >= from_month),
  reason     text not null,
  created_at timestamptz not null default now(),
  created_by bigint not null
);
create index dues_exemption_person on funds.dues_exemption (person_id);

-- One receipt of money: a voucher, a number on paper, a row of the ledger of receipts.
create table funds.income (
  id           bigint generated always as identity primary key,
  book_id      bigint not null references funds.book,
  unit_id      bigint not null references organisation.unit,
  kind         text collate "C" not null
    check (kind in ('dues', 'allocation', 'subsidy', 'tied-subsidy', 'employer', 'interest', 'donation', 'other')),
  received_on  date   not null,
  amount_fen   bigint not null check (amount_fen > 0),
  payer        text   not null,
  summary      text   not null,
  method       text collate "C" not null check (method in ('transfer', 'cash')),
  project_id   bigint references funds.project,
  document     text,
  receipt_year smallint not null,
  receipt_no   int    not null,
  voucher_id   bigint references funds.voucher,
  created_at   timestamptz not null default now(),
  created_by   bigint not null,
  created_name text   not null,
  unique (book_id, receipt_year, receipt_no)
);
create index income_list on funds.income (book_id, received_on desc, id desc);

create table funds.dues_payment (
  id         bigint generated always as identity primary key,
  income_id  bigint not null references funds.income,
  book_id    bigint not null references funds.book,
  person_id  bigint not null references members.person,
  month      date   not null check (extract(day from month) = 1),
  amount_fen bigint not null check (amount_fen > 0)
);
create index dues_payment_month on funds.dues_payment (book_id, month, person_id);
create index dues_payment_person on funds.dues_payment (person_id, month);

-- Which part of the two per cent goes to which upper union, dated, with its document.
create table funds.upper_share (
  id         bigint generated always as identity primary key,
  book_id    bigint not null references funds.book,
  name       text   not null,
  -- hundredths of a percent of the whole receipt
  share      int    not null check (share between 0 and 10000),
  valid_from date   not null,
  valid_to   date   check (valid_to >= valid_from),
  document   text   not null,
  created_at timestamptz not null default now(),
  created_by bigint not null
);
create index upper_share_book on funds.upper_share (book_id);

-- What the employer declared. The memo ledger 应拨未拨: never an asset of the union.
create table funds.payroll (
  id          bigint generated always as identity primary key,
  book_id     bigint not null references funds.book,
  month       date   not null check (extract(day from month) = 1),
  payroll_fen bigint not null check (payroll_fen >= 0),
  declared_on date   not null,
  source      text,
  created_at  timestamptz not null default now(),
  created_by  bigint not null,
  unique (book_id, month)
);

create table funds.allocation (
  id        bigint generated always as identity primary key,
  income_id bigint not null references funds.income,
  book_id   bigint not null references funds.book,
  month     date   not null check (extract(day from month) = 1),
  -- direct: the employer pays all of it here; passed-on: the tax office did and only our part arrives
  way       text collate "C" not null check (way in ('direct', 'passed-on')),
  total_fen bigint not null check (total_fen > 0),
  own_fen   bigint not null check (own_fen >= 0),
  upper_fen bigint not null check (upper_fen >= 0),
  check (own_fen + upper_fen = total_fen)
);
create index allocation_month on funds.allocation (book_id, month);
