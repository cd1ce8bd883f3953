-- 到期清理. What a person proposed and another confirmed to be forgotten; the numbers stay, the data doesn't.
create table privacy.clean_up (
  id             bigint generated always as identity primary key,
  unit_id        bigint not null,
  kind           text   collate "C" not null,
  card_id        text   collate "C" not null,
  -- closed on or before this day
  before_on      date   not null,
  objects        bigint[] not null check (cardinality(objects) > 0),
  state          text   not null default 'proposed' check (state in ('proposed', 'done', 'dropped')),
  proposed_by    bigint not null,
  proposed_person bigint,
  proposed_name  text   not null,
  proposed_at    timestamptz not null default now(),
  decided_by     bigint,
  decided_person bigint,
  decided_name   text,
  decided_at     timestamptz,
  forgotten      int,
  files          int,
  check ((state = 'proposed') = (decided_by is null)),
  -- two people, not two accounts of one
  check (state <> 'done' or (decided_by <> proposed_by and decided_person is distinct from proposed_person))
);
create unique index clean_up_open on privacy.clean_up (unit_id, kind) where state = 'proposed';
create index clean_up_unit on privacy.clean_up (unit_id, id desc);

-- Bytes whose last row is gone. Written with the row's deletion, taken away once the bytes are: a crash between leaves this behind.
create table kernel.file_gone (
  sha256  bytea primary key check (length(sha256) = 32),
  gone_at timestamptz not null default now()
);

alter table hardship.file add column forgotten_on date;
alter table aid.application add column forgotten_on date;
alter table mutual_aid.claim add column forgotten_on date;
alter table care.event add column forgotten_on date;
