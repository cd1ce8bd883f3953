-- Motions (提案) and rationalisation suggestions (合理化建议) as they pass through hands. What counts is filed in the
-- registers congress.motion, congress.suggestion, congress.motion-award and congress.review-panel.
create schema motions;

-- Pieces of two characters of a title or text, without the words that every motion has: how alike two of them are.
create function motions.grams(words text) returns text[] language sql immutable parallel safe as $$
  select coalesce(array_agg(distinct substr(plain, at, 2)), '{}')
  from (select regexp_replace(regexp_replace(lower(words), '(关于|的提案|的议案|的建议|提案|建议)', '', 'g'),
          '[[:space:][:punct:]，。、；：？！“”‘’（）《》〔〕—…·]', '', 'g') as plain) p,
    generate_series(1, length(plain) - 1) as at
$$;

-- How alike two sets of pieces are, in percent (Dice), rounded down.
create function motions.likeness(one text[], other text[]) returns int language sql immutable parallel safe as $$
  select case when cardinality(one) + cardinality(other) = 0 then 0
    else 200 * (select count(*) from (select unnest(one) intersect select unnest(other)) common)::int
      / (cardinality(one) + cardinality(other)) end
$$;

-- Who handles: a department of the enterprise. It need not stand in the union's tree; where it does, whoever handles
-- motions there does so for it, and otherwise (or besides) the person named as its head.
create table motions.department (
  id             bigint generated always as identity primary key,
  unit_id        bigint not null references organisation.unit,
  name           text   not null,
  linked_unit_id bigint references organisation.unit,
  head_id        bigint references members.person,
  closed_on      date,
  created_at     timestamptz not null default now()
);
create unique index department_name on motions.department (unit_id, name) where closed_on is null;
create index department_head on motions.department (head_id) where head_id is not null;

-- A drive for motions before a session, or for suggestions: until when, with how many seconders, answered within what.
create table motions.call (
  id            bigint generated always as identity primary key,
  unit_id       bigint not null references organisation.unit,
  kind          text   collate "C" not null check (kind in ('motion', 'suggestion')),
  -- 六届三次; for suggestions the drive's name
  session       text   not null,
  opens_on      date   not null,
  closes_on     date   not null check (closes_on >= opens_on),
  -- first day of the session: motions received from then on are made during it
  meets_on      date,
  min_seconders int    not null default 2 check (min_seconders between 0 and 20),
  -- working days
  reply_days    int    not null default 30 check (reply_days between 1 and 250),
  created_by    bigint not null,
  created_at    timestamptz not null default now()
);
create unique index call_session on motions.call (unit_id, kind, session);

-- An opinion box without sign-in: whoever has the code (a QR at the gate) may drop a slip. Nothing of the sender is kept.
create table motions.box (
  id        bigint generated always as identity primary key,
  unit_id   bigint not null references organisation.unit,
  code      text   collate "C" not null unique,
  place     text   not null,
  opened_on date   not null,
  closed_on date
);

create table motions.motion (
  id            bigint generated always as identity primary key,
  -- the union whose motions group sorts it
  unit_id       bigint not null references organisation.unit,
  call_id       bigint references motions.call,
  session       text,
  channel       text   collate "C" not null default 'between' check (channel in ('before', 'during', 'between')),
  source        text   collate "C" not null check (source in ('phone', 'desk', 'paper', 'meeting', 'box')),
  kind          text   collate "C" not null check (kind in ('motion', 'bill', 'opinion')),
  category      text,
  title         text   not null,
  -- what is the matter; what is proposed
  body          text   not null,
  remedy        text,
  -- null: nobody signed
  mover_id      bigint references members.person,
  mover_unit_id bigint references organisation.unit,
  delegation    text,
  state         text   collate "C" not null default 'draft',
  received_on   date,
  -- 编号, within the session (or the year between sessions); given on filing
  series        text   collate "C",
  number        int,
  filed_on      date,
  reason        text,
  merged_into   bigint references motions.motion check (merged_into <> id),
  leader        text,
  transferred_on date,
  round         int    not null default 1 check (round between 1 and 2),
  due_on        date,
  replied_on    date,
  progress      text,
  verdict_due_on date,
  urged         boolean not null default false,
  closed_on     date,
  grams         text[] not null generated always as (motions.grams(title)) stored,
  version       int    not null default 1,
  created_by    bigint not null,
  created_at    timestamptz not null default now(),
  check ((number is null) = (series is null)),
  check (kind = 'opinion' or mover_id is not null)
);
create unique index motion_number on motions.motion (unit_id, series, number) where number is not null;
create index motion_unit on motions.motion (unit_id, id);
create index motion_mover on motions.motion (mover_id) where mover_id is not null;
create index motion_state on motions.motion (state) where state in ('received', 'filed', 'handling', 'replied');
create index motion_merged on motions.motion (merged_into) where merged_into is not null;
create index motion_grams on motions.motion using gin (grams);

create table motions.seconder (
  motion_id   bigint not null references motions.motion,
  person_id   bigint not null references members.person,
  -- null while asked; true or false once answered
  agreed      boolean,
  answered_on date,
  primary key (motion_id, person_id)
);
create index seconder_person on motions.seconder (person_id);

-- Whom it was given to, round by round: one lead, any number beside it.
create table motions.assignment (
  id            bigint generated always as identity primary key,
  motion_id     bigint not null references motions.motion,
  department_id bigint not null references motions.department,
  part          text   collate "C" not null check (part in ('lead', 'joint')),
  round         int    not null,
  assigned_on   date   not null,
  due_on        date   not null,
  plan          text,
  planned_on    date,
  reply         text,
  outcome       text,
  replied_on    date,
  -- given on to somebody else, or sent back as not theirs
  ended_on      date,
  check ((reply is null) = (replied_on is null))
);
create unique index assignment_lead on motions.assignment (motion_id, round) where part = 'lead' and ended_on is null;
create unique index assignment_once on motions.assignment (motion_id, round, department_id) where ended_on is null;
create index assignment_department on motions.assignment (department_id);
create index assignment_open on motions.assignment (due_on) where replied_on is null and ended_on is null;

create table motions.verdict (
  motion_id bigint not null references motions.motion,
  round     int    not null,
  verdict   text   collate "C" not null check (verdict in ('satisfied', 'basically', 'dissatisfied')),
  words     text,
  given_on  date   not null,
  -- true when an officer wrote down what the mover said
  on_behalf boolean not null,
  primary key (motion_id, round)
);

-- Rungs of the ladder: 1 soon due, 2 late, 3 late and brought before the leader; 0 urged by hand.
create table motions.urging (
  id            bigint generated always as identity primary key,
  motion_id     bigint not null references motions.motion,
  assignment_id bigint references motions.assignment,
  level         int    not null check (level between 0 and 3),
  words         text,
  urged_on      date   not null
);
create unique index urging_rung on motions.urging (assignment_id, level) where level > 0;
create index urging_motion on motions.urging (motion_id);

create table motions.suggestion (
  id            bigint generated always as identity primary key,
  unit_id       bigint not null references organisation.unit,
  call_id       bigint references motions.call,
  kind          text   collate "C" not null check (kind in ('suggestion', 'idea')),
  category      text,
  title         text   not null,
  body          text   not null,
  remedy        text,
  proposer_id   bigint not null references members.person,
  proposer_unit_id bigint not null references organisation.unit,
  branch        text,
  state         text   collate "C" not null default 'received',
  received_on   date   not null,
  grade         text,
  reward_fen    bigint check (reward_fen >= 0),
  adopted       boolean,
  decided_on    date,
  reason        text,
  -- adopted → what changed
  changed       text,
  changed_on    date,
  benefit_fen   bigint check (benefit_fen >= 0),
  grams         text[] not null generated always as (motions.grams(title)) stored,
  version       int    not null default 1,
  created_by    bigint not null,
  created_at    timestamptz not null default now(),
  check ((changed is null) = (changed_on is null)),
  check (changed is null or adopted)
);
create index suggestion_unit on motions.suggestion (unit_id, id);
create index suggestion_proposer on motions.suggestion (proposer_id);
create index suggestion_grams on motions.suggestion using gin (grams);

-- Judges of suggestions, or of the best motions.
create table motions.panel (
  id          bigint generated always as identity primary key,
  unit_id     bigint not null references organisation.unit,
  purpose     text   collate "C" not null check (purpose in ('suggestion', 'motion')),
  title       text   not null,
  document_no text,
  formed_on   date   not null,
  closed_on   date,
  created_by  bigint not null
);
create table motions.judge (
  panel_id   bigint not null references motions.panel,
  person_id  bigint not null references members.person,
  department text   not null,
  role       text   not null,
  primary key (panel_id, person_id)
);
create index judge_person on motions.judge (person_id);

-- What is before the panel: a motion, a suggestion, or a unit that organised motions well.
create table motions.entry (
  id            bigint generated always as identity primary key,
  panel_id      bigint not null references motions.panel,
  motion_id     bigint references motions.motion,
  suggestion_id bigint references motions.suggestion,
  candidate_id  bigint references organisation.unit,
  -- what the panel decided: 最佳提案, 优秀提案, 提案优秀组织单位 or a grade; null while open or when it got none
  award         text,
  decided_on    date,
  check (num_nonnulls(motion_id, suggestion_id, candidate_id) = 1)
);
create unique index entry_motion on motions.entry (panel_id, motion_id) where motion_id is not null;
create unique index entry_suggestion on motions.entry (panel_id, suggestion_id) where suggestion_id is not null;
create unique index entry_candidate on motions.entry (panel_id, candidate_id) where candidate_id is not null;

create table motions.score (
  entry_id  bigint not null references motions.entry,
  person_id bigint not null references members.person,
  points    int    not null check (points between 0 and 100),
  words     text,
  given_on  date   not null,
  primary key (entry_id, person_id)
);
