-- People: members, family, and whoever a ledger names. A membership is a dated row; at most one is open per person.
create schema members;

create table members.person (
  id           bigint generated always as identity primary key,
  -- contact: named in a ledger or related to a member, not a member
  kind         text collate "C" not null default 'member' check (kind in ('member', 'contact')),
  name         text not null,
  initials     text collate "C" not null default '',
  gender       text collate "C" check (gender in ('m', 'f')),
  born_on      date,
  staff_no     text collate "C",
  -- unit the person belongs to (for contacts: the unit whose ledger named them)
  unit_id      bigint not null references organisation.unit,
  -- sealed: ciphertext with key version; hash: keyed, for finding duplicates; last4: for masked display
  id_no_sealed bytea,
  id_no_hash   bytea,
  phone_sealed bytea,
  phone_hash   bytea,
  phone_last4  text,
  bank_sealed  bytea,
  status       text collate "C" not null default 'active'
               check (status in ('active', 'retained', 'retired', 'left', 'deceased', 'contact')),
  fields       jsonb not null default '{}',
  merged_into  bigint references members.person,
  version      int  not null default 1,
  import_id    bigint,
  created_at   timestamptz not null default now()
);
create index person_unit on members.person (unit_id, id) where merged_into is null;
create index person_name on members.person (name text_pattern_ops);
create index person_initials on members.person (initials text_pattern_ops);
create index person_staff_no on members.person (staff_no);
create unique index person_id_no on members.person (id_no_hash) where id_no_hash is not null and merged_into is null;

create table members.membership (
  id         bigint generated always as identity primary key,
  person_id  bigint not null references members.person,
  unit_id    bigint not null references organisation.unit,
  joined_on  date   not null,
  left_on    date,
  -- normal, retained (保留会籍)
  state      text collate "C" not null default 'normal' check (state in ('normal', 'retained')),
  join_kind  text collate "C" not null default 'join' check (join_kind in ('join', 'transfer', 'opening', 'merge')),
  leave_kind text collate "C" check (leave_kind in ('leave', 'transfer', 'retire', 'death', 'expelled', 'merge')),
  check (left_on is null or left_on >= joined_on),
  check ((left_on is null) = (leave_kind is null))
);
create unique index membership_open on members.membership (person_id) where left_on is null;
create index membership_unit on members.membership (unit_id, joined_on);

-- Identity tags with dates: the denominators of every «每个 / 全部 / 百分之» claim.
create table members.tag (
  id         bigint generated always as identity primary key,
  person_id  bigint not null references members.person,
  tag        text   not null,
  valid_from date   not null,
  valid_to   date   not null default 'infinity',
  evidence   text,
  check (valid_from < valid_to)
);
create index tag_tag on members.tag (tag, person_id);
create index tag_person on members.tag (person_id);

create table members.household (
  id        bigint generated always as identity primary key,
  unit_id   bigint not null references organisation.unit,
  head_id   bigint not null references members.person unique,
  created_at timestamptz not null default now()
);
create table members.kin (
  person_id    bigint not null references members.person,
  household_id bigint not null references members.household,
  relation     text   not null,
  primary key (household_id, person_id)
);
create index kin_person on members.kin (person_id);

alter table kernel.record
  add foreign key (person_id) references members.person,
  add foreign key (household_id) references members.household;
alter table kernel.record_line
  add foreign key (person_id) references members.person,
  add foreign key (household_id) references members.household;
alter table kernel.fact
  add foreign key (person_id) references members.person,
  add foreign key (household_id) references members.household;
