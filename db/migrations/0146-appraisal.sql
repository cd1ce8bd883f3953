-- Democratic appraisal. While a round is open, what was returned lies in a sealed file outside PostgreSQL and outside every
-- backup; at the close only tallies of enough sheets come in. No sheet, no code that was used, no time of a return is ever here.
create schema appraisal;

create table appraisal.round (
  id              bigint generated always as identity primary key,
  unit_id         bigint not null references organisation.unit,
  -- whose holders of appraisal.read-confidential see the result: the unit itself or the one above
  results_unit_id bigint not null references organisation.unit,
  kind            text collate "C" not null,
  title           text not null,
  year            int  not null,
  held_on         date not null,
  -- last day on which sheets are taken
  closes_on       date not null check (closes_on >= held_on),
  -- [{title, points}] from the best to the worst, how many of the first count as good, and what is graded; the first
  -- criterion is the overall one
  grades          jsonb not null,
  good_grades     int   not null check (good_grades >= 1),
  criteria        jsonb not null,
  -- figures of fewer valid sheets are not published
  least           int  not null default 10 check (least >= 5),
  remarks         boolean not null default true,
  -- a sheet counts when its overall grade (overall) or every grade (complete) is given
  whole           text collate "C" not null default 'overall' check (whole in ('overall', 'complete')),
  -- how many of a rater's overall grades may be the best one
  top_most        int check (top_most >= 1),
  form_years      int check (form_years between 0 and 60),
  state           text collate "C" not null default 'setup' check (state in ('setup', 'open', 'closed')),
  closed_on       date,
  reported_to     text,
  reported_on     date,
  version         int  not null default 1,
  created_by      bigint not null,
  check ((state = 'closed') = (closed_on is not null)),
  check ((reported_to is null) = (reported_on is null))
);
create index round_unit on appraisal.round (unit_id, year);

create table appraisal.subject (
  id        bigint generated always as identity primary key,
  round_id  bigint not null references appraisal.round,
  position  int    not null,
  person_id bigint references members.person,
  name      text   not null,
  post      text,
  -- 述职报告
  report    text,
  returned  int check (returned >= 0),
  valid     int check (valid between 0 and returned),
  unique (round_id, position)
);

create table appraisal.rater_group (
  id       bigint generated always as identity primary key,
  round_id bigint not null references appraisal.round,
  position int    not null,
  name     text   not null,
  -- percent; the groups of a round add up to 100
  weight   int    not null check (weight between 1 and 100),
  planned  int    not null check (planned between 1 and 20000),
  issued   int    not null default 0,
  returned int    check (returned between 0 and issued),
  unique (round_id, position)
);

-- Codes that were printed. No person, no time, no mark of use; gone at the close.
create table appraisal.code (
  round_id bigint not null references appraisal.round,
  hash     bytea  not null,
  group_id bigint not null references appraisal.rater_group,
  primary key (round_id, hash)
);

-- Groups counted together for one subject, so that every published figure stands on enough sheets.
create table appraisal.cell (
  id         bigint generated always as identity primary key,
  round_id   bigint not null references appraisal.round,
  subject_id bigint not null references appraisal.subject,
  position   int    not null,
  group_ids  bigint[] not null,
  weight     int    not null,
  valid      int    not null check (valid >= 5),
  unique (subject_id, position)
);
create table appraisal.tally (
  cell_id   bigint not null references appraisal.cell,
  criterion int    not null,
  -- index of the grade; -1: left blank
  grade     int    not null check (grade >= -1),
  sheets    int    not null check (sheets >= 0),
  primary key (cell_id, criterion, grade)
);

-- What was written, apart from every grade. The id is random and the rows come in by its order.
create table appraisal.remark (
  id         uuid   primary key,
  round_id   bigint not null references appraisal.round,
  subject_id bigint references appraisal.subject,
  words      text   not null
);
create index remark_round on appraisal.remark (round_id);

-- Commentators (评论员) by batch, what they did, what they and others suggested and what it changed.
create table appraisal.panel (
  id           bigint generated always as identity primary key,
  unit_id      bigint not null references organisation.unit,
  batch        int    not null check (batch between 1 and 99),
  appointed_on date   not null,
  ends_on      date   not null check (ends_on > appointed_on),
  created_by   bigint not null,
  unique (unit_id, batch)
);
create table appraisal.panel_event (
  id         bigint generated always as identity primary key,
  panel_id   bigint not null references appraisal.panel,
  kind       text   not null check (kind in ('聘任', '会议', '参加大型活动')),
  title      text   not null,
  on_date    date   not null,
  person_ids bigint[] not null check (cardinality(person_ids) > 0)
);
create index panel_event_panel on appraisal.panel_event (panel_id);
create table appraisal.suggestion (
  id         bigint generated always as identity primary key,
  unit_id    bigint not null references organisation.unit,
  source     text   not null check (source in ('评论员', '职工评工会', '下级工会评议')),
  panel_id   bigint references appraisal.panel,
  round_id   bigint references appraisal.round,
  person_id  bigint references members.person,
  words      text   not null,
  made_on    date   not null,
  adopted    boolean,
  decided_on date,
  -- why not, or what it changed and where that can be seen
  outcome    text,
  changed    text,
  link       text,
  created_by bigint not null,
  check ((adopted is null) = (decided_on is null)),
  check (source = '评论员' or person_id is null)
);
create index suggestion_unit on appraisal.suggestion (unit_id, made_on);
