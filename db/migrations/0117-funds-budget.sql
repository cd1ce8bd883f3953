-- The year's budget and its dated adjustments. A version in force is never edited: an adjustment is a new version.
create table funds.budget (
  id           bigint generated always as identity primary key,
  book_id      bigint   not null references funds.book,
  year         smallint not null,
  version      int      not null check (version > 0),
  reason       text,
  -- in force from this day, once approved
  effective_on date,
  minutes      text,
  minutes_on   date,
  created_at   timestamptz not null default now(),
  created_by   bigint   not null,
  unique (book_id, year, version),
  check ((version = 1) = (reason is null))
);

create table funds.budget_line (
  id           bigint generated always as identity primary key,
  budget_id    bigint not null references funds.budget,
  direction    text collate "C" not null check (direction in ('income', 'spending')),
  account_code text collate "C" not null,
  project_id   bigint references funds.project,
  amount_fen   bigint not null check (amount_fen >= 0),
  -- what last year came to, when the line was proposed
  before_fen   bigint not null default 0,
  note         text
);
create unique index budget_line_once on funds.budget_line (budget_id, direction, account_code, coalesce(project_id, 0));
