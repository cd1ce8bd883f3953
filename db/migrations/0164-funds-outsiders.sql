-- People from outside who see a union's books for some days: an auditor whom the notice names (读 only, the audited days),
-- or the bookkeeper of a small union (代理记账, 会计法 第34条). The access ends by itself; what it opens is decided by one
-- condition (server/visits/visit.ts) and by the dated office behind it.
create table funds.outsider (
  id         bigint generated always as identity primary key,
  book_id    bigint not null references funds.book,
  unit_id    bigint not null references organisation.unit,
  account_id bigint not null references accounts.account,
  office_id  bigint not null references accounts.office,
  kind       text collate "C" not null check (kind in ('audit', 'bookkeeping')),
  audit_id   bigint references funds.audit,
  person     text   not null check (length(person) between 1 and 40),
  firm       text   not null check (length(firm) between 1 and 100),
  -- the notice, the contract
  document   text   not null default '',
  -- the days whose books are open
  books_from date   not null,
  books_to   date   not null check (books_to >= books_from),
  -- the first and the last day on which they may be looked at
  opens_on   date   not null,
  closes_on  date   not null check (closes_on >= opens_on),
  -- taken back before its time
  ended_on   date,
  ended_words text,
  given_by   bigint not null,
  given_name text   not null,
  given_at   timestamptz not null default now(),
  check ((kind = 'audit') = (audit_id is not null)),
  check ((ended_on is null) = (ended_words is null))
);
create index outsider_account on funds.outsider (account_id);
create index outsider_book on funds.outsider (book_id, id);
