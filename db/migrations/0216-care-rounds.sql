-- A round hands the same thing to everybody on a roster: a festival's goods, a month's birthdays.
create table care.round (
  id            bigint generated always as identity primary key,
  unit_id       bigint not null,
  kind          text   not null check (kind in ('festival', 'birthday')),
  -- the festival as the register says it, or how birthdays are kept
  occasion      text   not null,
  title         text   not null,
  roll          text   not null check (roll in ('all', 'women', 'retired', 'birthday', 'listed')),
  gift          text   not null,
  value_fen     bigint not null check (value_fen >= 0),
  start_on      date   not null,
  until_on      date   not null,
  place         text   not null,
  -- how the goods are paid for: asked for in funds, taken from the union's store, or bought before
  source        text   not null check (source in ('request', 'stock', 'bought')),
  supplier      text,
  stock_item_id bigint,
  per_person    int    not null default 1 check (per_person between 1 and 1000),
  issued        int,
  issued_fen    bigint,
  returned      int,
  request_id    bigint,
  record_id     bigint,
  over_reason   text,
  state         text   not null default 'draft' check (state in ('draft', 'open', 'closed', 'cancelled')),
  reason        text,
  people        int    not null default 0,
  created_by    bigint not null,
  created_at    timestamptz not null default now(),
  check (until_on >= start_on),
  check (source <> 'stock' or stock_item_id is not null),
  check (state <> 'cancelled' or reason is not null)
);
create index round_list on care.round (unit_id, start_on desc, id desc);

-- One place on the roster: a person once in a round. The number is what is called at the desk, the code what a phone shows.
create table care.round_entry (
  round_id  bigint not null references care.round,
  no        int    not null,
  person_id bigint not null,
  unit_id   bigint not null,
  party     text   not null,
  status    text   not null,
  code      text   collate "C" not null,
  state     text   not null default 'waiting' check (state in ('waiting', 'taken')),
  how       text   check (how in ('self', 'substitute', 'delivery')),
  taken_on  date,
  -- who signed: the person, whoever came instead, or whoever received the delivery
  signed_by text,
  given_by  text,
  primary key (round_id, no),
  unique (round_id, person_id),
  unique (round_id, code),
  check ((state = 'taken') = (taken_on is not null and how is not null and signed_by is not null and given_by is not null))
);
create index round_entry_unit on care.round_entry (round_id, unit_id, no);
create index round_entry_person on care.round_entry (person_id);

-- Goods brought to a post in the heat; what counts stands in the register.
create table care.delivery (
  id         bigint generated always as identity primary key,
  unit_id    bigint not null,
  on_day     date   not null,
  post       text   not null,
  created_by bigint not null,
  created_at timestamptz not null default now()
);
