-- Elections of committees, chairs and delegates, by-elections and recalls: from the plan to the result the upper union approved.
-- Ballots, counts and verdicts are the ballots module's; where an election stands is its last act (kernel.act).
create schema elections;

create table elections.election (
  id            bigint generated always as identity primary key,
  unit_id       bigint not null references organisation.unit,
  -- the union that approves; null where it isn't in this installation
  upper_id      bigint references organisation.unit,
  kind          text   collate "C" not null check (kind in ('first', 'term', 'direct', 'fill', 'recall', 'delegates')),
  form          text   collate "C" not null check (form in ('members', 'delegates')),
  title         text   not null,
  ordinal       int    check (ordinal between 1 and 200),
  term_years    int    check (term_years between 1 and 10),
  held_on       date   not null,
  -- when the term before ran out, for «on time»
  due_on        date,
  chair_by      text   collate "C" not null default 'committee' check (chair_by in ('committee', 'assembly')),
  enterprise    boolean not null default true,
  reason        text,
  petitioners   int    check (petitioners >= 0),
  publicised_on date,
  -- issuing went on although a rule that must hold didn't: recorded as it happened, never declared valid
  flaw          text,
  announced_on  date,
  reported_on   date,
  plan_document text,
  document      text,
  decided_on    date,
  version       int    not null default 1,
  created_at    timestamptz not null default now(),
  created_by    bigint not null
);
create index election_unit on elections.election (unit_id, id desc);

-- One meeting of the election: the members' (delegates') assembly, a new committee's first meeting, a unit choosing delegates.
create table elections.sitting (
  id          bigint generated always as identity primary key,
  election_id bigint not null references elections.election,
  kind        text   collate "C" not null check (kind in ('assembly', 'committee', 'audit', 'women', 'unit')),
  unit_id     bigint not null references organisation.unit,
  frozen_at   timestamptz,
  unique (election_id, kind, unit_id)
);
create table elections.sitting_member (
  sitting_id bigint not null references elections.sitting,
  person_id  bigint not null references members.person,
  present    boolean not null default false,
  primary key (sitting_id, person_id)
);
create table elections.sitting_teller (
  sitting_id bigint not null references elections.sitting,
  person_id  bigint not null references members.person,
  duty       text   not null check (duty in ('总监票人', '监票人', '计票人')),
  primary key (sitting_id, person_id)
);

-- One contest: so many seats of one post.
create table elections.race (
  id          bigint generated always as identity primary key,
  election_id bigint not null references elections.election,
  sitting_id  bigint not null references elections.sitting,
  post        text   collate "C" not null,
  seats       int    not null check (seats between 1 and 400),
  position    int    not null,
  -- seats given up after a shortfall, with how many consented
  reduced_to  int    check (reduced_to between 1 and 400),
  consented   int    check (consented >= 0),
  unique (sitting_id, post)
);
create index race_election on elections.race (election_id);
create table elections.nomination (
  race_id   bigint not null references elections.race,
  unit_id   bigint not null references organisation.unit,
  person_id bigint not null references members.person,
  primary key (race_id, unit_id, person_id)
);
create table elections.candidate (
  race_id     bigint not null references elections.race,
  person_id   bigint not null references members.person,
  -- what the person declared about himself and relatives; null until signed
  relation    text   collate "C",
  relation_note text,
  declared_on date,
  resume      text,
  -- place in the list where the officers corrected the collator's stroke order
  place       int,
  primary key (race_id, person_id),
  check ((relation is null) = (declared_on is null))
);
-- The ballots of a contest: the first, another among the tied, another for seats left empty.
create table elections.race_vote (
  race_id bigint not null references elections.race,
  vote_id bigint not null primary key
);
create index race_vote_race on elections.race_vote (race_id);
create table elections.elected (
  race_id    bigint not null references elections.race,
  person_id  bigint not null references members.person,
  vote_id    bigint not null,
  votes      int    not null check (votes >= 0),
  written_in boolean not null default false,
  primary key (race_id, person_id)
);

-- A warning that somebody answered for, with the version of the rule.
create table elections.waiver (
  id          bigint generated always as identity primary key,
  election_id bigint not null references elections.election,
  gate        text   collate "C" not null,
  card_id     text   collate "C" not null,
  card_from   date   not null,
  reason      text   not null,
  by_id       bigint not null,
  by_name     text   not null,
  office      text   not null,
  at          timestamptz not null default now(),
  unique (election_id, gate)
);

-- A term that goes on beyond its end by the upper union's leave.
create table elections.extension (
  id          bigint generated always as identity primary key,
  unit_id     bigint not null references organisation.unit,
  term_id     bigint not null references organisation.term,
  was_due_on  date   not null,
  until_on    date   not null check (until_on > was_due_on),
  approved_on date   not null,
  document    text   not null,
  reason      text   not null,
  created_at  timestamptz not null default now(),
  created_by  bigint not null
);
create index extension_unit on elections.extension (unit_id);
