-- The typed tree with its dated history; offices and headcounts are dated rows.
create schema organisation;

create table organisation.unit (
  id          bigint generated always as identity primary key,
  code        text collate "C" not null unique check (code ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$'),
  -- the current version, kept in step with unit_version by the organisation module
  name        text not null,
  short_name  text,
  type        text collate "C" not null,
  parent_id   bigint references organisation.unit,
  -- the union with its own committee and account that this unit belongs to (itself, if it is one)
  layer_id    bigint references organisation.unit,
  founded_on  date,
  dissolved_on date,
  successor_id bigint references organisation.unit,
  sort_key    int  not null default 0,
  profile     jsonb not null default '{}',
  version     int  not null default 1,
  created_at  timestamptz not null default now()
);
create index unit_parent on organisation.unit (parent_id);

create table organisation.unit_version (
  id         bigint generated always as identity primary key,
  unit_id    bigint not null references organisation.unit,
  name       text   not null,
  type       text collate "C" not null,
  parent_id  bigint references organisation.unit,
  valid_from date   not null,
  valid_to   date   not null default 'infinity',
  reason     text   not null default '建立',
  document   text,
  check (valid_from < valid_to)
);
create unique index unit_version_current on organisation.unit_version (unit_id) where valid_to = 'infinity';
create index unit_version_unit on organisation.unit_version (unit_id, valid_from);

alter table kernel.closure
  add foreign key (ancestor_id) references organisation.unit,
  add foreign key (descendant_id) references organisation.unit;
alter table kernel.record add foreign key (unit_id) references organisation.unit;
alter table kernel.fact add foreign key (unit_id) references organisation.unit;

-- Dated headcounts that a roster of members does not hold: staff, dispatched workers, women among the staff.
create table organisation.headcount (
  id         bigint generated always as identity primary key,
  unit_id    bigint not null references organisation.unit,
  counted_on date   not null,
  staff      int    not null check (staff >= 0),
  women      int    check (women between 0 and staff),
  dispatched int    check (dispatched >= 0),
  source     text,
  created_at timestamptz not null default now(),
  unique (unit_id, counted_on)
);
