-- A large export is written by a worker and waits here for whoever asked for it.
create table kernel.export (
  id          bigint generated always as identity primary key,
  account_id  bigint not null,
  register    text   not null,
  unit_id     bigint,
  -- who asked, with the offices of that moment; the filter of the list; purpose and format
  request     jsonb  not null,
  name        text   not null,
  state       text   not null default 'waiting' check (state in ('waiting', 'done', 'failed')),
  records     int,
  created_at  timestamptz not null default now(),
  finished_at timestamptz
);
create index export_account on kernel.export (account_id, id desc);
