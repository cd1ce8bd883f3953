create schema retirees;

-- The day somebody retires, planned; the day itself turns the member's status and opens the farewell.
create table retirees.retirement (
  id         bigint generated always as identity primary key,
  unit_id    bigint not null,
  person_id  bigint not null unique,
  category   text   not null check (category in ('m60', 'f55', 'f50')),
  due_on     date   not null,
  basis      text   not null,
  state      text   not null default 'planned' check (state in ('planned', 'retired')),
  -- how the union saw somebody off; null until it did
  farewell_on date,
  farewell   jsonb,
  created_by bigint not null,
  created_at timestamptz not null default now(),
  check ((farewell is null) = (farewell_on is null)),
  check (farewell is null or state = 'retired')
);
create index retirement_due on retirees.retirement (due_on) where state = 'planned';
create index retirement_unit on retirees.retirement (unit_id);

create table retirees.club (
  id         bigint generated always as identity primary key,
  unit_id    bigint not null,
  name       text   not null,
  leader_id  bigint,
  created_by bigint not null,
  unique (unit_id, name)
);
create table retirees.club_member (
  club_id   bigint not null references retirees.club on delete cascade,
  person_id bigint not null unique,
  primary key (club_id, person_id)
);

-- An outing, a round of visits, something handed out: with everybody who ought to be there, as the roster was that day.
create table retirees.event (
  id         bigint generated always as identity primary key,
  unit_id    bigint not null,
  kind       text   not null check (kind in ('activity', 'visit', 'gift')),
  title      text   not null,
  on_day     date   not null,
  details    jsonb  not null,
  created_by bigint not null,
  created_at timestamptz not null default now()
);
create index event_list on retirees.event (unit_id, on_day desc, id desc);
create table retirees.attendance (
  event_id  bigint not null references retirees.event on delete cascade,
  person_id bigint not null,
  status    text   not null check (status in ('退休', '离休')),
  invited   boolean not null default false,
  done      boolean not null default false,
  form      text,
  amount_fen bigint not null default 0 check (amount_fen >= 0),
  note      text,
  primary key (event_id, person_id)
);
