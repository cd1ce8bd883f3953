-- The kernel's tables. No domain word in here: units are nodes of a tree that the organisation module writes.
create schema kernel;

-- Who is below whom, and when. One row per ancestor (itself included) and period; the one place every scope joins.
create table kernel.closure (
  ancestor_id   bigint not null,
  descendant_id bigint not null,
  depth         int    not null check (depth >= 0),
  valid_from    date   not null default '-infinity',
  valid_to      date   not null default 'infinity',
  primary key (ancestor_id, descendant_id, valid_from),
  check (valid_from < valid_to)
);
create index closure_descendant on kernel.closure (descendant_id, valid_from);

-- Something that happened, on a date, at a unit.
create table kernel.record (
  id           bigint generated always as identity primary key,
  register     text collate "C" not null,
  unit_id      bigint not null,
  happened_on  date   not null,
  ended_on     date,
  title        text,
  state        text collate "C" not null default 'recorded' check (state in ('draft', 'recorded', 'void')),
  person_id    bigint,
  household_id bigint,
  fields       jsonb  not null default '{}',
  version      int    not null default 1,
  source       text   not null default 'desk' check (source in ('desk', 'phone', 'import', 'demo', 'migration')),
  import_id    bigint,
  sheet        text,
  row_no       int,
  void_reason  text,
  created_at   timestamptz not null default now(),
  created_by   bigint not null,
  updated_at   timestamptz not null default now(),
  updated_by   bigint not null,
  check (ended_on is null or ended_on >= happened_on),
  check (state <> 'void' or void_reason is not null)
);
create index record_list on kernel.record (register, unit_id, happened_on desc, id desc);
create index record_recent on kernel.record (register, happened_on desc, id desc);
create index record_person on kernel.record (person_id) where person_id is not null;
create index record_import on kernel.record (import_id) where import_id is not null;

-- The persons, households or pieces of a record.
create table kernel.record_line (
  id           bigint generated always as identity primary key,
  record_id    bigint not null references kernel.record on delete cascade,
  line_no      int    not null,
  person_id    bigint,
  household_id bigint,
  fields       jsonb  not null default '{}',
  unique (record_id, line_no)
);
create index record_line_person on kernel.record_line (person_id) where person_id is not null;

-- What can be counted. Append-only: a correction posts a reversal, and both then count nowhere.
create table kernel.fact (
  id           bigint generated always as identity primary key,
  measure      text collate "C" not null,
  unit_id      bigint not null,
  on_date      date   not null,
  quantity     bigint not null,
  person_id    bigint,
  household_id bigint,
  dims         jsonb  not null default '{}',
  ref_kind     text collate "C" not null default 'record',
  ref_id       bigint not null,
  ref_line     bigint,
  -- on a reversal: the fact it takes back; on a fact taken back: its reversal
  reversal_of  bigint references kernel.fact,
  reversed_by  bigint references kernel.fact,
  posted_at    timestamptz not null default now(),
  posted_by    bigint not null,
  reason       text,
  check (reversal_of is null or reversed_by is null)
);
create index fact_live on kernel.fact (measure, unit_id, on_date) include (quantity, person_id)
  where reversal_of is null and reversed_by is null;
create index fact_ref on kernel.fact (ref_kind, ref_id);
create unique index fact_reversal on kernel.fact (reversal_of) where reversal_of is not null;
create index fact_person on kernel.fact (person_id, on_date) where person_id is not null;

create function kernel.fact_is_append_only() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    raise exception 'facts are append-only' using errcode = 'ZJ001';
  end if;
  if old.reversed_by is not null or new.reversed_by is null
     or (to_jsonb(old) - 'reversed_by') <> (to_jsonb(new) - 'reversed_by') then
    raise exception 'a fact is never edited; post its reversal' using errcode = 'ZJ001';
  end if;
  return new;
end $$;
create trigger fact_is_append_only before update or delete on kernel.fact
  for each row execute function kernel.fact_is_append_only();

-- Who did what, in the same transaction as the deed.
create table kernel.audit (
  id          bigint generated always as identity primary key,
  at          timestamptz not null default now(),
  actor_id    bigint not null,
  actor_name  text   not null,
  office      text   not null,
  action      text collate "C" not null,
  object_kind text collate "C" not null,
  object_id   bigint,
  unit_id     bigint,
  summary     text   not null,
  detail      jsonb  not null default '{}',
  request_id  text
);
create index audit_object on kernel.audit (object_kind, object_id, id desc);
create index audit_at on kernel.audit (at desc);

create function kernel.audit_is_append_only() returns trigger language plpgsql as $$
begin raise exception 'the audit is append-only' using errcode = 'ZJ001'; end $$;
create trigger audit_is_append_only before update or delete on kernel.audit
  for each row execute function kernel.audit_is_append_only();

-- Each act of a lifecycle: who moved what, from which state to which, in which office, with what words.
create table kernel.act (
  id          bigint generated always as identity primary key,
  object_kind text collate "C" not null,
  object_id   bigint not null,
  verb        text   not null,
  from_state  text collate "C",
  to_state    text collate "C",
  words       text,
  actor_id    bigint not null,
  actor_name  text   not null,
  office      text   not null,
  at          timestamptz not null default now()
);
create index act_object on kernel.act (object_kind, object_id, id);

-- What waits for somebody. Done only by doing the thing.
create table kernel.todo (
  id          bigint generated always as identity primary key,
  kind        text collate "C" not null,
  object_kind text collate "C" not null,
  object_id   bigint not null,
  unit_id     bigint not null,
  -- whoever holds this permission on the unit may act; or one account
  permission  text collate "C",
  account_id  bigint,
  title       text not null,
  link        text not null,
  due_on      date,
  created_at  timestamptz not null default now(),
  done_at     timestamptz,
  done_by     bigint,
  check (permission is not null or account_id is not null)
);
create index todo_open on kernel.todo (unit_id, due_on) where done_at is null;
create unique index todo_once on kernel.todo (kind, object_kind, object_id) where done_at is null;

-- Fields a unit added to a register, and registers of its own.
create table kernel.custom_register (
  id         bigint generated always as identity primary key,
  register   text collate "C" not null unique,
  unit_id    bigint not null,
  declared   jsonb  not null,
  created_at timestamptz not null default now(),
  created_by bigint not null,
  closed_at  timestamptz
);
create table kernel.custom_field (
  id         bigint generated always as identity primary key,
  register   text collate "C" not null,
  unit_id    bigint not null,
  declared   jsonb  not null,
  created_at timestamptz not null default now(),
  created_by bigint not null,
  closed_at  timestamptz
);
create index custom_field_register on kernel.custom_field (register, unit_id);

create table kernel.setting (
  key        text primary key,
  value      jsonb not null,
  updated_at timestamptz not null default now()
);
