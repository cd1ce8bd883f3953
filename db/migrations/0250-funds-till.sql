-- The till is counted by the cashier with a witness; what is over or short is booked by another hand (会计法 §25, 现金管理暂行条例
-- §12): first to 待处理财产损溢, then, once the chair has decided, to whom it belongs (工会会计制度 第三部分 101, 182).
create table funds.till_count (
  id            bigint generated always as identity primary key,
  book_id       bigint not null references funds.book,
  -- the cash account whose till it is
  account       text collate "C" not null check (account ~ '^101'),
  on_date       date   not null,
  book_fen      bigint not null,
  counted_fen   bigint not null check (counted_fen >= 0),
  -- how many of each note and coin, by its value in fen: {"10000": 3}
  pieces        jsonb  not null default '{}',
  witness       text   not null check (length(witness) between 1 and 40),
  reason        text   not null default '',
  state         text collate "C" not null default 'counted' check (state in ('counted', 'returned', 'confirmed', 'settled')),
  counted_by    bigint not null,
  counted_name  text   not null,
  counted_at    timestamptz not null default now(),
  reviewed_by   bigint,
  reviewed_name text,
  reviewed_on   date,
  returned      text,
  -- 借/贷 待处理财产损溢; none when nothing differs
  voucher_id    bigint references funds.voucher,
  settled_how   text collate "C" check (settled_how in ('person', 'expense', 'owed', 'income')),
  settled_party text,
  settled_on    date,
  settled_by    bigint,
  settled_name  text,
  document      text,
  settled_voucher_id bigint references funds.voucher,
  check ((state = 'counted') = (reviewed_by is null)),
  check ((state = 'settled') = (settled_on is not null)),
  check (reviewed_by <> counted_by and settled_by <> counted_by)
);
create unique index till_count_open on funds.till_count (book_id) where state = 'counted';
create index till_count_book on funds.till_count (book_id, on_date);

-- Money put into 国债 and the like: bought from 累计结余, earned, returned (工会会计制度 第三部分 151, 30102, 407).
create table funds.investment (
  id         bigint generated always as identity primary key,
  book_id    bigint not null references funds.book,
  name       text   not null check (length(name) between 1 and 100),
  kind       text collate "C" not null,
  cost_fen   bigint not null check (cost_fen > 0),
  bought_on  date   not null,
  matures_on date   check (matures_on >= bought_on),
  document   text   not null check (length(document) between 1 and 200),
  voucher_id bigint not null references funds.voucher,
  made_by    bigint not null,
  made_at    timestamptz not null default now()
);
create index investment_book on funds.investment (book_id);
-- What came of it; what is taken back gets a row with the opposite sign and the red voucher.
create table funds.investment_move (
  id            bigint generated always as identity primary key,
  investment_id bigint not null references funds.investment,
  on_date       date   not null,
  -- of what it cost
  returned_fen  bigint not null default 0,
  -- below nothing: a loss
  earned_fen    bigint not null default 0,
  voucher_id    bigint not null references funds.voucher,
  made_by       bigint not null,
  made_at       timestamptz not null default now(),
  check (returned_fen <> 0 or earned_fen <> 0)
);
create index investment_move_of on funds.investment_move (investment_id);

-- How much of a day's takings the bank allows to be paid out (现金管理暂行条例 第十一条: 由开户银行核定坐支范围和限额).
alter table funds.cash_limit add column takings_fen bigint not null default 0 check (takings_fen >= 0);
