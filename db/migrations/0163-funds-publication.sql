-- Accounts that hang where members read them (32号: 定期公布账目). The accountant asks, the chair approves; what hangs is the
-- text as it was approved. Where it stands is its last act (kernel.act).
create table funds.publication (
  id         bigint generated always as identity primary key,
  book_id    bigint   not null references funds.book,
  year       smallint not null,
  -- 12 for the year's
  month      smallint not null check (month between 1 and 12),
  yearly     boolean  not null check (not yearly or month = 12),
  title      text     not null check (length(title) between 1 and 200),
  body       text     not null,
  from_on    date     not null,
  until_on   date     not null check (until_on >= from_on),
  item_id    bigint   references openness.item,
  asked_by   bigint   not null,
  asked_name text     not null,
  asked_at   timestamptz not null default now()
);
create index publication_book on funds.publication (book_id, year, month, id);
