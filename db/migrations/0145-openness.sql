-- Disclosure of affairs: what must be published and when, items with their approval, questions and answers, inspections.
create schema openness;

-- What a unit has taken on to publish: from the shipped catalogue (`entry`) or of its own.
create table openness.duty (
  id           bigint generated always as identity primary key,
  unit_id      bigint not null references organisation.unit,
  entry        text collate "C",
  kind         text   not null,
  category     text   not null,
  title        text   not null,
  rhythm       text collate "C" not null check (rhythm in ('anytime', 'event', 'month', 'quarter', 'half', 'year')),
  -- days after the period's end (or the event) by which it must hang
  within_days  int    not null check (within_days between 0 and 366),
  -- how long it must hang, in days
  display_days int    not null check (display_days between 1 and 366),
  basis        text   not null,
  verification text collate "C" not null check (verification in ('text', 'quotation', 'memory', 'own')),
  starts_on    date   not null,
  ended_on     date,
  created_by   bigint not null,
  created_at   timestamptz not null default now(),
  check (ended_on >= starts_on)
);
create unique index duty_entry on openness.duty (unit_id, entry) where entry is not null and ended_on is null;
create index duty_unit on openness.duty (unit_id);

create table openness.item (
  id            bigint generated always as identity primary key,
  unit_id       bigint not null references organisation.unit,
  duty_id       bigint references openness.duty,
  -- the period of the duty that it answers: 2026-Q3
  period        text collate "C",
  kind          text   not null,
  category      text   not null,
  title         text   not null,
  body          text   not null,
  channel       text   not null,
  -- layer: people of this union; below: of the unions below too
  audience      text collate "C" not null check (audience in ('layer', 'below')),
  from_on       date   not null,
  until_on      date   not null check (until_on >= from_on),
  -- a publicity period (公示): objections are asked for and must be answered before it counts as passed
  publicity     boolean not null default false,
  state         text collate "C" not null default 'draft'
                check (state in ('draft', 'submitted', 'returned', 'published', 'ended', 'dropped')),
  published_on  date,
  ended_on      date,
  -- where it comes from when another module published it: funds/periods/12
  source        text collate "C",
  version       int    not null default 1,
  created_by    bigint not null,
  created_at    timestamptz not null default now()
);
create index item_unit on openness.item (unit_id, id);
create index item_duty on openness.item (duty_id, period) where duty_id is not null;
create unique index item_source on openness.item (source) where source is not null and state = 'published';

-- A question or an objection. Asked without a name, nothing of the asker is here: no account, no person, no time of day.
create table openness.question (
  id          bigint generated always as identity primary key,
  item_id     bigint not null references openness.item,
  kind        text collate "C" not null check (kind in ('question', 'objection')),
  words       text   not null,
  person_id   bigint references members.person,
  asked_on    date   not null,
  due_on      date   not null,
  answer      text,
  -- explained: 已说明; upheld: 属实并更正; rejected: 不成立
  outcome     text collate "C" check (outcome in ('explained', 'upheld', 'rejected')),
  -- the answer stands under the item for everybody
  shown       boolean,
  answered_on date,
  answered_by bigint,
  check ((answer is null) = (answered_on is null))
);
create index question_item on openness.question (item_id);
create index question_open on openness.question (due_on) where answered_on is null;

create table openness.inspection (
  id          bigint generated always as identity primary key,
  unit_id     bigint not null references organisation.unit,
  target_id   bigint not null references organisation.unit,
  kind        text   not null,
  title       text   not null,
  on_date     date   not null,
  leader_id   bigint references members.person,
  created_by  bigint not null,
  created_at  timestamptz not null default now()
);
create index inspection_unit on openness.inspection (unit_id, on_date);

create table openness.finding (
  id            bigint generated always as identity primary key,
  inspection_id bigint not null references openness.inspection,
  item_id       bigint references openness.item,
  finding       text   not null,
  due_on        date   not null,
  fixed_on      date,
  fixed_words   text,
  check ((fixed_on is null) = (fixed_words is null))
);
create index finding_inspection on openness.finding (inspection_id);
