-- What the union owns beside money: fixed assets with cards, goods in store, advances. The journal has the amounts,
-- these tables what stands behind them; every deed that moves money posts its voucher in the same transaction.
create table funds.asset (
  id              bigint generated always as identity primary key,
  book_id         bigint not null references funds.book,
  code            text collate "C" not null check (length(code) between 1 and 40),
  name            text   not null check (length(name) between 1 and 100),
  kind            text collate "C" not null,
  quantity        int    not null default 1 check (quantity between 1 and 100000),
  cost_fen        bigint not null check (cost_fen > 0),
  -- null: never depreciated
  years           smallint check (years between 1 and 100),
  acquired_on     date   not null,
  -- bought, given (donated, transferred in), opening (stood in the book before)
  origin          text collate "C" not null check (origin in ('bought', 'given', 'opening')),
  -- what it had lost before it came into this book
  lost_before_fen bigint not null default 0 check (lost_before_fen between 0 and cost_fen),
  place           text   not null default '',
  keeper          text   not null default '',
  keeper_id       bigint,
  note            text   not null default '',
  voucher_id      bigint references funds.voucher,
  state           text collate "C" not null default 'in-use' check (state in ('in-use', 'pending', 'left')),
  left_on         date check (left_on >= acquired_on),
  version         int    not null default 1,
  created_by      bigint not null,
  created_at      timestamptz not null default now(),
  check ((state = 'in-use') = (left_on is null)),
  unique (book_id, code)
);

create table funds.asset_depreciation (
  asset_id   bigint   not null references funds.asset,
  year       smallint not null,
  month      smallint not null check (month between 1 and 12),
  amount_fen bigint   not null check (amount_fen > 0),
  voucher_id bigint   not null references funds.voucher,
  primary key (asset_id, year, month)
);

-- Scrap and loss go through 182 and wait for approval; a sale leaves the books at once.
create table funds.asset_disposal (
  id               bigint generated always as identity primary key,
  asset_id         bigint not null unique references funds.asset,
  how              text collate "C" not null check (how in ('scrap', 'loss', 'sale')),
  on_date          date   not null,
  reason           text   not null,
  document         text   not null default '',
  cost_fen         bigint not null,
  lost_fen         bigint not null,
  voucher_id       bigint not null references funds.voucher,
  proceeds_fen     bigint not null default 0 check (proceeds_fen >= 0),
  expenses_fen     bigint not null default 0 check (expenses_fen >= 0),
  settled_on       date,
  settled_by       bigint,
  settled_voucher_id bigint references funds.voucher,
  made_by          bigint not null,
  made_at          timestamptz not null default now()
);

create table funds.asset_count (
  id         bigint generated always as identity primary key,
  book_id    bigint not null references funds.book,
  on_date    date   not null,
  counters   text   not null default '',
  closed_at  timestamptz,
  closed_by  bigint,
  made_by    bigint not null,
  made_at    timestamptz not null default now()
);
create unique index asset_count_open on funds.asset_count (book_id) where closed_at is null;
create table funds.asset_count_line (
  count_id bigint not null references funds.asset_count,
  asset_id bigint not null references funds.asset,
  expected int    not null,
  found    int check (found >= 0),
  remark   text   not null default '',
  primary key (count_id, asset_id)
);

create table funds.stock_item (
  id         bigint generated always as identity primary key,
  book_id    bigint not null references funds.book,
  name       text   not null check (length(name) between 1 and 100),
  measure    text   not null check (length(measure) between 1 and 10),
  created_at timestamptz not null default now(),
  unique (book_id, name)
);
create table funds.stock_move (
  id         bigint generated always as identity primary key,
  item_id    bigint not null references funds.stock_item,
  on_date    date   not null,
  -- into store positive, out negative; the amount goes the same way
  quantity   int    not null check (quantity <> 0),
  amount_fen bigint not null check (sign(amount_fen) = sign(quantity)),
  purpose    text   not null,
  voucher_id bigint not null references funds.voucher,
  made_by    bigint not null,
  made_at    timestamptz not null default now()
);
create index stock_move_item on funds.stock_move (item_id, on_date, id);

create table funds.advance (
  id         bigint generated always as identity primary key,
  book_id    bigint not null references funds.book,
  payee      text   not null check (length(payee) between 1 and 60),
  person_id  bigint,
  amount_fen bigint not null check (amount_fen > 0),
  purpose    text   not null check (length(purpose) between 1 and 200),
  paid_on    date   not null,
  due_on     date   not null check (due_on >= paid_on),
  voucher_id bigint not null references funds.voucher,
  made_by    bigint not null,
  made_at    timestamptz not null default now()
);
create index advance_book on funds.advance (book_id, due_on);
create table funds.advance_settlement (
  id          bigint generated always as identity primary key,
  advance_id  bigint not null references funds.advance,
  on_date     date   not null,
  spent_fen   bigint not null default 0 check (spent_fen >= 0),
  returned_fen bigint not null default 0 check (returned_fen >= 0),
  voucher_id  bigint not null references funds.voucher,
  made_by     bigint not null,
  made_at     timestamptz not null default now(),
  check (spent_fen + returned_fen > 0)
);
create index advance_settlement_advance on funds.advance_settlement (advance_id);
