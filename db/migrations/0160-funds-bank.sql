-- What the bank says, and which of it the journal has: reconciled at least monthly (工会会计制度 §29).
create table funds.bank_statement (
  id            bigint generated always as identity primary key,
  book_id       bigint not null references funds.book,
  account_id    bigint not null references funds.account,
  from_on       date   not null,
  to_on         date   not null check (to_on >= from_on),
  opening_fen   bigint,
  closing_fen   bigint,
  file_name     text   not null,
  sha256        bytea  not null,
  imported_by   bigint not null,
  imported_name text   not null,
  imported_at   timestamptz not null default now()
);
create index bank_statement_book on funds.bank_statement (book_id, account_id, to_on);

create table funds.bank_line (
  id           bigint generated always as identity primary key,
  statement_id bigint not null references funds.bank_statement,
  book_id      bigint not null references funds.book,
  account_id   bigint not null references funds.account,
  on_date      date   not null,
  -- received positive, paid negative
  amount_fen   bigint not null check (amount_fen <> 0),
  balance_fen  bigint,
  summary      text   not null default '',
  party        text   not null default '',
  reference    text   not null default '',
  -- the how-manieth of lines that look alike: what was imported twice counts once
  nth          int    not null default 1
);
create unique index bank_line_once on funds.bank_line
  (book_id, account_id, on_date, amount_fen, coalesce(balance_fen, -9007199254740991), reference, nth);
create index bank_line_statement on funds.bank_line (statement_id);

-- One or several lines of the bank are one or several entries of the journal. Undone, never deleted.
create table funds.bank_match (
  id         bigint generated always as identity primary key,
  book_id    bigint not null references funds.book,
  account_id bigint not null references funds.account,
  reason     text   not null,
  made_by    bigint not null,
  made_name  text   not null,
  made_at    timestamptz not null default now(),
  undone_by  bigint,
  undone_at  timestamptz
);
create table funds.bank_match_line (
  match_id     bigint not null references funds.bank_match,
  bank_line_id bigint not null references funds.bank_line,
  undone       boolean not null default false,
  primary key (match_id, bank_line_id)
);
create unique index bank_match_line_once on funds.bank_match_line (bank_line_id) where not undone;
create table funds.bank_match_entry (
  match_id   bigint   not null references funds.bank_match,
  voucher_id bigint   not null,
  line       smallint not null,
  undone     boolean  not null default false,
  primary key (match_id, voucher_id, line),
  foreign key (voucher_id, line) references funds.entry (voucher_id, line)
);
create unique index bank_match_entry_once on funds.bank_match_entry (voucher_id, line) where not undone;
