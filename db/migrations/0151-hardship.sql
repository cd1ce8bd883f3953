create schema hardship;

-- A district's standard from a day on, as its document says. Rows end when the next one begins.
create table hardship.parameter (
  id           bigint generated always as identity primary key,
  unit_id      bigint  not null,
  line_fen     bigint  not null check (line_fen > 0),
  deep_inclusive boolean not null,
  relative_hundredths int not null check (relative_hundredths between 100 and 1000),
  loss_share   int     not null check (loss_share between 1 and 10000),
  ceiling_fen  bigint check (ceiling_fen > 0),
  document     text    not null,
  valid_from   date    not null,
  created_by   bigint  not null,
  unique (unit_id, valid_from)
);

create table hardship.file (
  id          bigint generated always as identity primary key,
  unit_id     bigint not null,
  person_id   bigint not null,
  -- a copy of where the last act led, for lists
  state       text   not null default 'draft',
  category    text check (category in ('深度困难', '相对困难', '意外致困')),
  filed_on    date,
  review_on   date,
  lifted_on   date,
  lift_reason text,
  previous_id bigint references hardship.file,
  created_by  bigint not null,
  created_at  timestamptz not null default now()
);
-- One open file a person, in whichever union.
create unique index file_open on hardship.file (person_id) where state not in ('rejected', 'withdrawn', 'lifted');
create index file_list on hardship.file (unit_id, id desc);

-- What was known of the family each time somebody looked: applied, checked at home, reviewed. The newest counts.
create table hardship.version (
  id           bigint generated always as identity primary key,
  file_id      bigint not null references hardship.file,
  no           int    not null,
  reason       text   not null check (reason in ('application', 'check', 'review')),
  on_day       date   not null,
  ground       text   not null,
  family       jsonb  not null,
  income_fen   bigint not null check (income_fen >= 0),
  rigid_fen    bigint not null check (rigid_fen >= 0),
  loss_fen     bigint not null check (loss_fen >= 0),
  accident     boolean not null,
  exclusions   jsonb  not null,
  visitors     text,
  diagnosis_sealed bytea,
  verdict      jsonb  not null,
  parameter_id bigint references hardship.parameter,
  created_by   bigint not null,
  created_name text   not null,
  created_at   timestamptz not null default now(),
  unique (file_id, no)
);

-- The second belt: even a query that forgot its condition sees no file unless its transaction said whom it acts for.
-- `kernel/access` decides; the module says it to the database (server/opening.ts).
create function hardship.opened(unit_id bigint, person_id bigint) returns boolean language sql stable as $$
  select current_setting('zhijia.hardship_all', true) = 'on'
    or person_id = nullif(current_setting('zhijia.hardship_person', true), '')::bigint
    or unit_id = any (coalesce(nullif(current_setting('zhijia.hardship_exactly', true), ''), '{}')::bigint[])
    or exists (
      select from kernel.closure c
      where c.descendant_id = opened.unit_id and c.valid_from <= current_date and c.valid_to > current_date
        and c.ancestor_id = any (coalesce(nullif(current_setting('zhijia.hardship_below', true), ''), '{}')::bigint[]))
$$;
alter table hardship.file enable row level security;
create policy file_opened on hardship.file using (hardship.opened(unit_id, person_id));
alter table hardship.version enable row level security;
create policy version_opened on hardship.version using (exists (select from hardship.file f where f.id = file_id));
