-- Requests to spend, their invoices and payments; amounts and signatures as dated data of the union.

create table funds.limit_standard (
  id         bigint generated always as identity primary key,
  book_id    bigint not null references funds.book,
  kind       text collate "C" not null,
  amount_fen bigint not null check (amount_fen > 0),
  per        text collate "C" not null check (per in ('person', 'person-year')),
  strength   text collate "C" not null check (strength in ('block', 'warn')),
  source     text not null,
  number     text,
  page       text not null,
  valid_from date not null,
  valid_to   date check (valid_to >= valid_from),
  created_at timestamptz not null default now(),
  created_by bigint not null
);
create index limit_standard_book on funds.limit_standard (book_id, kind);

create table funds.approval_route (
  id                bigint generated always as identity primary key,
  book_id           bigint not null references funds.book,
  kind              text collate "C",
  deputy_up_to_fen  bigint not null check (deputy_up_to_fen >= 0),
  chair_up_to_fen   bigint not null check (chair_up_to_fen >= deputy_up_to_fen),
  document          text not null,
  valid_from        date not null,
  valid_to          date check (valid_to >= valid_from),
  created_at        timestamptz not null default now(),
  created_by        bigint not null
);
create index approval_route_book on funds.approval_route (book_id);

create table funds.request (
  id           bigint generated always as identity primary key,
  book_id      bigint not null references funds.book,
  unit_id      bigint not null references organisation.unit,
  kind         text collate "C" not null,
  account_code text collate "C" not null,
  project_id   bigint references funds.project,
  purpose      text   not null check (length(purpose) between 2 and 200),
  amount_fen   bigint not null check (amount_fen > 0),
  payee        text   not null,
  -- whom it is for, or who is reimbursed: limits of a year are counted per person
  person_id    bigint references members.person,
  people       int    check (people >= 0),
  participants int    check (participants >= 0),
  holiday      text,
  form         text collate "C" not null check (form in ('goods', 'money', 'service')),
  method       text collate "C" not null check (method in ('transfer', 'cash')),
  -- the eight things it is not, each confirmed by whoever asks
  confirmed    text[] not null default '{}',
  minutes      text,
  minutes_on   date,
  requested_on date   not null,
  -- another module's thing it pays for: care/visits/12
  source       text collate "C",
  created_at   timestamptz not null default now(),
  created_by   bigint not null,
  created_name text   not null,
  version      int    not null default 1,
  check ((minutes is null) = (minutes_on is null))
);
create index request_list on funds.request (book_id, id desc);
create index request_unit on funds.request (unit_id, id desc);
create index request_mine on funds.request (created_by, id desc);
create unique index request_source on funds.request (book_id, source) where source is not null;

-- An invoice number is used once in the whole installation; a request that ends unpaid gives it free again.
create table funds.request_invoice (
  id         bigint generated always as identity primary key,
  request_id bigint not null references funds.request,
  number     text collate "C" not null check (length(number) between 4 and 60),
  amount_fen bigint not null check (amount_fen > 0),
  issued_on  date,
  seller     text,
  released   boolean not null default false
);
create index request_invoice_request on funds.request_invoice (request_id);
create unique index request_invoice_number on funds.request_invoice (number) where not released;

create table funds.payment (
  id          bigint generated always as identity primary key,
  request_id  bigint not null unique references funds.request,
  book_id     bigint not null references funds.book,
  paid_on     date   not null,
  amount_fen  bigint not null check (amount_fen > 0),
  method      text collate "C" not null check (method in ('transfer', 'cash')),
  reference   text,
  voucher_id  bigint not null references funds.voucher,
  paid_at     timestamptz not null default now(),
  paid_by     bigint not null,
  paid_name   text   not null
);
create index payment_list on funds.payment (book_id, paid_on desc);
