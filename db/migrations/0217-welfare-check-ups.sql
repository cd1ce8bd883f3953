-- Check-ups: who is due, when they come, who came. What the clinic found is no business of the union, so there is nowhere
-- to write it: only that the clinic advised a second look, and that somebody was reminded of it.
create schema if not exists welfare;
create table welfare.check_up (
  id         bigint generated always as identity primary key,
  unit_id    bigint not null,
  title      text   not null,
  scope      text   not null,
  hospital   text   not null,
  roll       text   not null check (roll in ('all', 'women', 'retired', 'listed')),
  start_on   date   not null,
  until_on   date   not null check (until_on >= start_on),
  cost_fen   bigint not null default 0 check (cost_fen >= 0),
  note       text,
  state      text   not null default 'draft' check (state in ('draft', 'open', 'closed', 'cancelled')),
  reason     text,
  record_id  bigint,
  people     int    not null default 0,
  created_by bigint not null,
  created_at timestamptz not null default now()
);
create index check_up_list on welfare.check_up (unit_id, start_on desc, id desc);

create table welfare.check_up_slot (
  id          bigint generated always as identity primary key,
  check_up_id bigint not null references welfare.check_up,
  on_day      date   not null,
  part        text   not null check (part in ('上午', '下午')),
  places      int    not null check (places between 1 and 10000),
  taken       int    not null default 0 check (taken between 0 and places),
  unique (check_up_id, on_day, part)
);

create table welfare.check_up_entry (
  check_up_id bigint  not null references welfare.check_up,
  no          int     not null,
  person_id   bigint  not null,
  unit_id     bigint  not null,
  status      text    not null,
  slot_id     bigint  references welfare.check_up_slot,
  attended_on date,
  -- the clinic advised a second look: yes or no, never why
  follow_up   boolean,
  reminded_on date,
  primary key (check_up_id, no),
  unique (check_up_id, person_id),
  check (follow_up is null or attended_on is not null),
  check (reminded_on is null or follow_up)
);
create index check_up_entry_unit on welfare.check_up_entry (check_up_id, unit_id, no);
create index check_up_entry_person on welfare.check_up_entry (person_id);
