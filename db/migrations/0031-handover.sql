-- What went over when an office changed hands, as it stood that day: the 交接清单 is printed from it.
create table accounts.handover (
  id           bigint generated always as identity primary key,
  office_id    bigint not null references accounts.office,
  successor_office_id bigint not null references accounts.office,
  on_day       date   not null,
  reason       text   not null,
  content      jsonb  not null,
  created_by   bigint not null,
  created_at   timestamptz not null default now()
);
