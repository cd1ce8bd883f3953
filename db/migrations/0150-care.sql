-- Which events of a member's life a union has promised to answer with a visit (三必访, 五必访, 六必访), and within how long.
create schema care;
create table care.obligation (
  id          bigint generated always as identity primary key,
  unit_id     bigint not null,
  system      text   not null,
  occasion    text   not null,
  -- working days after the union heard of it
  days        int    not null check (days between 1 and 90),
  visitor     text   not null,
  document    text,
  valid_from  date   not null,
  valid_to    date   not null default 'infinity' check (valid_to > valid_from),
  created_by  bigint not null
);
create unique index obligation_one on care.obligation (unit_id, occasion) where valid_to = 'infinity';

-- An event somebody reported. It waits until the visit is recorded, or until somebody says why there will be none.
create table care.event (
  id            bigint generated always as identity primary key,
  unit_id       bigint not null,
  person_id     bigint not null,
  status        text   not null,
  occasion      text   not null,
  relation      text   not null,
  happened_on   date   not null,
  known_on      date   not null,
  place         text,
  note          text,
  obligation_id bigint references care.obligation,
  due_on        date,
  state         text   not null default 'open' check (state in ('open', 'visited', 'waived')),
  visited_on    date,
  reason        text,
  reported_by   bigint not null,
  reported_at   timestamptz not null default now(),
  check (known_on >= happened_on),
  check ((state = 'visited') = (visited_on is not null)),
  check (state <> 'waived' or reason is not null)
);
create unique index event_once on care.event (person_id, occasion, relation, happened_on) where state <> 'waived';
create index event_list on care.event (unit_id, known_on desc, id desc);
create index event_reporter on care.event (reported_by, id desc);
