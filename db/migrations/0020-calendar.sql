-- Days off and exchanged weekends that the installation's officers entered; the State Council notices known at release
-- time ship with the software and are not repeated here.
create table kernel.calendar_day (
  day          date primary key,
  kind         text collate "C" not null check (kind in ('rest', 'work')),
  name         text not null,
  source       text not null check (source <> ''),
  verification text collate "C" not null default 'memory' check (verification in ('text', 'quotation', 'memory')),
  updated_at   timestamptz not null default now(),
  updated_by   bigint not null
);
