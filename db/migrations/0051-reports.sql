-- Reports: a document per unit, year and genre, with all its versions; a frozen one counts as of its watermark.
create schema reports;

create table reports.report (
  id          bigint generated always as identity primary key,
  unit_id     bigint not null references organisation.unit,
  year        int    not null check (year between 1949 and 2100),
  genre       text collate "C" not null,
  period_from date   not null,
  period_to   date   not null check (period_to >= period_from),
  title       text   not null,
  state       text collate "C" not null default 'draft' check (state in ('draft', 'signed', 'frozen')),
  version     int    not null default 1,
  -- last fact the frozen report counts
  watermark   bigint,
  created_at  timestamptz not null default now(),
  created_by  bigint not null,
  check ((state = 'frozen') = (watermark is not null))
);
create index report_unit on reports.report (unit_id, year, id desc);

create table reports.version (
  report_id  bigint not null references reports.report,
  no         int    not null,
  body       jsonb  not null,
  reason     text   not null,
  created_at timestamptz not null default now(),
  created_by bigint not null,
  author     text   not null,
  primary key (report_id, no)
);

create table reports.comment (
  id         bigint generated always as identity primary key,
  report_id  bigint not null references reports.report,
  block_id   text,
  words      text   not null,
  author     text   not null,
  created_at timestamptz not null default now(),
  created_by bigint not null
);
create index comment_report on reports.comment (report_id, id);

-- A version is never rewritten.
create function reports.version_is_final() returns trigger language plpgsql as $$
begin raise exception 'a version is never rewritten' using errcode = 'ZJ001'; end $$;
create trigger version_is_final before update or delete on reports.version
  for each row execute function reports.version_is_final();
