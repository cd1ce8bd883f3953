-- Where the union sits at the table (采购招标、绩效工资、人事制度改革的参与和监督): who was sent, what they said, what became of it.
-- What counts is filed in the register congress.participation.
create table congress.project (
  id                bigint generated always as identity primary key,
  unit_id           bigint not null references organisation.unit,
  kind              text   not null,
  title             text   not null,
  democratic_right  text,
  stage             text,
  started_on        date   not null,
  representative_id bigint not null references members.person,
  closed_on         date   check (closed_on >= started_on),
  -- a written report was given
  written           boolean not null default false,
  conclusion        text,
  created_by        bigint not null,
  created_at        timestamptz not null default now(),
  check (closed_on is not null or (conclusion is null and not written))
);
create index project_unit on congress.project (unit_id, started_on desc, id desc);
create table congress.project_seat (
  project_id bigint not null references congress.project,
  person_id  bigint not null references members.person,
  name       text   not null,
  primary key (project_id, person_id)
);
create index project_seat_person on congress.project_seat (person_id);
create table congress.opinion (
  id         bigint generated always as identity primary key,
  project_id bigint not null,
  person_id  bigint not null,
  words      text   not null,
  said_on    date   not null,
  outcome    text   check (outcome in ('采纳', '部分采纳', '未采纳')),
  -- what was answered, and what changed
  answer     text,
  decided_on date   check (decided_on >= said_on),
  created_by bigint not null,
  foreign key (project_id, person_id) references congress.project_seat,
  check ((outcome is null) = (answer is null)),
  check ((outcome is null) = (decided_on is null))
);
create index opinion_project on congress.opinion (project_id, id);
