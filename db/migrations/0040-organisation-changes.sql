-- Search by pinyin initials; the body a committee unit stands for (六会).
alter table organisation.unit
  add column initials text collate "C" not null default '',
  add column body     text collate "C"
    check (body in ('committee', 'audit', 'women', 'mediation', 'law-supervision', 'safety'));
create index unit_initials on organisation.unit (initials text_pattern_ops);
create index unit_name on organisation.unit (name text_pattern_ops);

-- Every change of the tree is a document: drawn up with a preview, then applied once, or cancelled.
create table organisation.change (
  id           bigint generated always as identity primary key,
  kind         text collate "C" not null check (kind in ('rename', 'move', 'merge', 'split', 'dissolve')),
  unit_id      bigint not null references organisation.unit,
  effective_on date   not null,
  document     text,
  reason       text   not null,
  payload      jsonb  not null default '{}',
  preview      jsonb  not null default '{}',
  state        text collate "C" not null default 'draft' check (state in ('draft', 'applied', 'cancelled')),
  created_at   timestamptz not null default now(),
  created_by   bigint not null,
  applied_at   timestamptz,
  applied_by   bigint,
  check ((state = 'applied') = (applied_at is not null))
);
create index change_unit on organisation.change (unit_id, id desc);
alter table organisation.unit_version add column change_id bigint references organisation.change;

-- What the report says of a union, by year; a year without a row uses the latest row before it.
create table organisation.profile_year (
  unit_id        bigint not null references organisation.unit,
  year           int    not null check (year between 1949 and 2100),
  kind           text collate "C",
  upper_union    text,
  party_body     text,
  administration text,
  motto          text,
  idea           text,
  guiding        text,
  extra          jsonb  not null default '{}',
  version        int    not null default 1,
  updated_at     timestamptz not null default now(),
  updated_by     bigint not null,
  primary key (unit_id, year)
);

-- Enterprises and institutions in a federation's or town's area: the denominator of 建会率. Counted where staff are.
alter table organisation.headcount
  add column version int not null default 1,
  add column employers int check (employers >= 0);

-- A body's term of office (届) and who holds which post in it.
create table organisation.term (
  id        bigint generated always as identity primary key,
  unit_id   bigint not null references organisation.unit,
  body      text collate "C" not null
            check (body in ('committee', 'audit', 'women', 'mediation', 'law-supervision', 'safety')),
  ordinal   int    not null check (ordinal between 1 and 200),
  starts_on date   not null,
  -- when the term runs out; it ends on the day a new one begins or it is closed
  due_on    date   not null,
  ended_on  date,
  document  text,
  check (due_on > starts_on),
  check (ended_on is null or ended_on >= starts_on),
  unique (unit_id, body, ordinal)
);
create unique index term_open on organisation.term (unit_id, body) where ended_on is null;
create index term_due on organisation.term (due_on) where ended_on is null;

create table organisation.officer (
  id        bigint generated always as identity primary key,
  term_id   bigint not null references organisation.term,
  -- the person of the roster; the name stands by itself for somebody from outside
  person_id bigint,
  name      text   not null,
  post      text   not null,
  from_on   date   not null,
  to_on     date,
  reason    text,
  check (to_on is null or to_on >= from_on)
);
create index officer_term on organisation.officer (term_id);
create index officer_person on organisation.officer (person_id) where person_id is not null;
-- One holder of a single post at a time; vice-chairs and members are many.
create unique index officer_single on organisation.officer (term_id, post)
  where to_on is null and post in ('主席', '主任');
