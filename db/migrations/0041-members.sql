-- What lists, counts and masked displays need, and the documents by which people join and move.
alter table members.person
  add column id_last4   text,
  add column bank_last4 text,
  -- 在职状态 as the roster says it: 在职 退休 内退 离岗 …
  add column employment text,
  add column joined_job_on date;
create index person_phone on members.person (phone_hash) where phone_hash is not null;
create index person_born on members.person (name, born_on) where merged_into is null;
create index person_merged on members.person (merged_into) where merged_into is not null;
drop index members.person_initials;
create index person_initials on members.person (initials text_pattern_ops, id) include (unit_id) where merged_into is null;

alter table members.membership
  -- 保留会籍 begins here; state follows it
  add column retained_on date check (retained_on >= joined_on and (left_on is null or retained_on <= left_on)),
  add column document    text,
  add check ((state = 'retained') = (retained_on is not null));

-- A tag counts at the unit its person belonged to: a transfer ends the row there and opens one at the new unit.
alter table members.tag
  add column unit_id bigint not null references organisation.unit,
  -- since when the person is so, whichever unit that was in
  add column since   date not null;
create unique index tag_open on members.tag (person_id, tag) where valid_to = 'infinity';
create index tag_list on members.tag (tag, unit_id, person_id) where valid_to = 'infinity';
drop index members.tag_tag;

/*
 * How many people a list by unit (and tag) has, so that its total needs no walk over a million rows.
 * key: 'all' members with an open membership, 'women', 'tag:劳模' …
 */
create table members.tally (
  unit_id bigint not null references organisation.unit,
  key     text collate "C" not null,
  people  int    not null,
  primary key (key, unit_id)
);

create table members.application (
  id           bigint generated always as identity primary key,
  unit_id      bigint not null references organisation.unit,
  name         text   not null,
  gender       text collate "C" check (gender in ('m', 'f')),
  born_on      date,
  staff_no     text collate "C",
  id_no_sealed bytea,
  id_no_hash   bytea,
  id_last4     text,
  phone_sealed bytea,
  phone_hash   bytea,
  phone_last4  text,
  words        text,
  source       text not null default 'desk' check (source in ('desk', 'phone')),
  state        text collate "C" not null default 'submitted'
               check (state in ('submitted', 'seconded', 'returned', 'admitted', 'rejected', 'withdrawn')),
  account_id   bigint,
  person_id    bigint references members.person,
  submitted_on date not null,
  decided_on   date,
  version      int  not null default 1,
  created_at   timestamptz not null default now(),
  check ((state = 'admitted') = (person_id is not null))
);
create index application_unit on members.application (unit_id, state, id desc);
create unique index application_open on members.application (id_no_hash)
  where id_no_hash is not null and state in ('submitted', 'seconded', 'returned');

create table members.transfer (
  id           bigint generated always as identity primary key,
  person_id    bigint not null references members.person,
  from_unit_id bigint not null references organisation.unit,
  to_unit_id   bigint not null references organisation.unit,
  effective_on date   not null,
  reason       text   not null,
  state        text collate "C" not null default 'requested'
               check (state in ('requested', 'released', 'done', 'rejected', 'withdrawn')),
  version      int    not null default 1,
  created_at   timestamptz not null default now(),
  created_by   bigint not null,
  check (from_unit_id <> to_unit_id)
);
create unique index transfer_open on members.transfer (person_id) where state in ('requested', 'released');
create index transfer_from on members.transfer (from_unit_id, state);
create index transfer_to on members.transfer (to_unit_id, state);

-- Two rows that are one person: the merged row stays and points at the kept one.
create table members.merge (
  id        bigint generated always as identity primary key,
  kept_id   bigint not null references members.person,
  merged_id bigint not null unique references members.person,
  reason    text   not null,
  merged_at timestamptz not null default now(),
  merged_by bigint not null,
  check (kept_id <> merged_id)
);

alter table organisation.officer add foreign key (person_id) references members.person;
