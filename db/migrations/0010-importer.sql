-- An import run from upload to commit, and its rows between the two.
create table kernel.import_run (
  id           bigint generated always as identity primary key,
  kind         text collate "C" not null,
  unit_id      bigint not null,
  year         int,
  file_name    text   not null,
  sha256       text   not null,
  status       text collate "C" not null default 'uploaded'
               check (status in ('uploaded', 'checked', 'committed', 'discarded', 'failed')),
  sheets       jsonb  not null default '[]',
  notices      jsonb  not null default '[]',
  -- statement of what the commit did, or the sentence why the workbook could not be read
  outcome      jsonb,
  created_at   timestamptz not null default now(),
  created_by   bigint not null,
  author       text   not null,
  committed_at timestamptz
);
create index import_run_unit on kernel.import_run (unit_id, id desc);

create table kernel.import_row (
  id        bigint generated always as identity primary key,
  import_id bigint not null references kernel.import_run on delete cascade,
  sheet     text   not null,
  row_no    int    not null,
  status    text collate "C" not null check (status in ('new', 'update', 'same', 'error')),
  errors    jsonb,
  parsed    jsonb,
  original  jsonb,
  group_no  bigint,
  target_id bigint
);
create index import_row_status on kernel.import_row (import_id, status, id);
