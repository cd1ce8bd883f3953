-- How much cash a union may keep overnight: set by its bank, dated, with the document (现金管理暂行条例 第九条).
create table funds.cash_limit (
  id         bigint generated always as identity primary key,
  book_id    bigint not null references funds.book,
  amount_fen bigint not null check (amount_fen >= 0),
  document   text   not null,
  valid_from date   not null,
  valid_to   date   check (valid_to >= valid_from),
  created_at timestamptz not null default now(),
  created_by bigint not null
);
create index cash_limit_book on funds.cash_limit (book_id, valid_from);
