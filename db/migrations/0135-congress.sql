-- The congress as a procedure: terms with their delegates, sessions with agenda, papers, sign-in, votes and resolutions.
-- What counts is filed in the registers congress.session, .agenda, .meeting and .delegate-election.
create schema congress;

-- A term (届) of one body. Staff congress and members' congress are two bodies, also when the same people sit in both.
create table congress.term (
  id          bigint generated always as identity primary key,
  unit_id     bigint not null references organisation.unit,
  body        text   collate "C" not null check (body in ('staff', 'members')),
  kind        text   collate "C" not null
              check (kind in ('staff-congress', 'teachers-congress', 'staff-assembly', 'members-congress', 'members-assembly')),
  ordinal     int    not null check (ordinal between 1 and 99),
  starts_on   date   not null,
  due_on      date   not null check (due_on > starts_on),
  ended_on    date,
  -- staff (or members) when the seats were set, women among them, and the seats decided
  people      int    not null check (people between 2 and 10000000),
  women       int    not null check (women between 0 and people),
  seats       int    not null check (seats between 2 and 100000),
  document    text,
  created_by  bigint not null,
  created_at  timestamptz not null default now(),
  check ((body = 'members') = (kind in ('members-congress', 'members-assembly'))),
  unique (unit_id, body, ordinal)
);
create unique index term_open on congress.term (unit_id, body) where ended_on is null;

-- An electoral unit (选举单位) and the seats it fills.
create table congress.constituency (
  id        bigint generated always as identity primary key,
  term_id   bigint not null references congress.term,
  name      text   not null,
  unit_id   bigint references organisation.unit,
  people    int    not null check (people >= 1),
  seats     int    not null check (seats >= 0),
  position  int    not null,
  unique (term_id, name)
);

create table congress.delegate (
  id              bigint generated always as identity primary key,
  term_id         bigint not null references congress.term,
  constituency_id bigint not null references congress.constituency,
  person_id       bigint not null references members.person,
  name            text   not null,
  category        text   collate "C" not null check (category in ('front-line', 'technical', 'manager', 'leader')),
  dispatched      boolean not null default false,
  elected         boolean not null default true,
  votes           int    check (votes >= 0),
  from_on         date   not null,
  to_on           date   check (to_on >= from_on),
  end_reason      text,
  -- whose vacant seat this is
  replaces_id     bigint references congress.delegate,
  created_by      bigint not null,
  check ((to_on is null) = (end_reason is null))
);
create unique index delegate_open on congress.delegate (term_id, person_id) where to_on is null;
create unique index delegate_replaced on congress.delegate (replaces_id) where replaces_id is not null;
create index delegate_person on congress.delegate (person_id);
create index delegate_constituency on congress.delegate (constituency_id);

-- Delegations (代表团), special committees (专门小组) and the presidium (主席团): delegates with a head.
create table congress.panel (
  id       bigint generated always as identity primary key,
  term_id  bigint not null references congress.term,
  kind     text   collate "C" not null check (kind in ('delegation', 'committee', 'presidium')),
  name     text   not null,
  position int    not null,
  unique (term_id, name)
);
create table congress.panel_seat (
  panel_id    bigint not null references congress.panel on delete cascade,
  delegate_id bigint not null references congress.delegate,
  head        boolean not null default false,
  primary key (panel_id, delegate_id)
);
create unique index panel_head on congress.panel_seat (panel_id) where head;

-- A session (次) of a term, its preparatory meeting, or a joint meeting of heads between sessions.
create table congress.session (
  id              bigint generated always as identity primary key,
  term_id         bigint not null references congress.term,
  unit_id         bigint not null references organisation.unit,
  form            text   collate "C" not null check (form in ('session', 'preparatory', 'joint')),
  number          int    check (number between 1 and 99),
  prepares_id     bigint references congress.session,
  title           text   not null,
  starts_on       date   not null,
  ends_on         date   not null check (ends_on >= starts_on),
  place           text,
  host            text,
  recorder        text,
  -- why an extra session, who asked for it
  occasion        text,
  notice_sent_on  date,
  state           text   collate "C" not null default 'preparing' check (state in ('preparing', 'open', 'closed', 'cancelled')),
  cancel_reason   text,
  -- the number the hall's screen shows for signing in by phone
  hall_code       text   not null,
  -- what happens now
  current_item_id bigint,
  current_words   text,
  opened_at       timestamptz,
  closed_at       timestamptz,
  version         int    not null default 1,
  created_by      bigint not null,
  created_at      timestamptz not null default now(),
  check ((form = 'session') = (number is not null)),
  check ((form = 'preparatory') = (prepares_id is not null)),
  check ((state = 'cancelled') = (cancel_reason is not null)),
  check (state <> 'closed' or closed_at is not null)
);
create unique index session_number on congress.session (term_id, number) where state <> 'cancelled';
create index session_unit on congress.session (unit_id, starts_on desc, id desc);

-- Who is due (应到会), frozen when the session is opened.
create table congress.roll_line (
  session_id   bigint not null references congress.session,
  person_id    bigint not null references members.person,
  delegate_id  bigint references congress.delegate,
  name         text   not null,
  constituency text   not null,
  number       int    not null,
  primary key (session_id, person_id)
);

create table congress.leave (
  session_id bigint not null references congress.session,
  person_id  bigint not null references members.person,
  reason     text   not null,
  asked_by   bigint not null,
  asked_at   timestamptz not null default now(),
  primary key (session_id, person_id)
);

-- Coming and going. Who is present at a moment is the last row of each before it.
create table congress.passage (
  id         bigint generated always as identity primary key,
  session_id bigint not null,
  person_id  bigint not null,
  direction  text   collate "C" not null check (direction in ('in', 'out')),
  how        text   collate "C" not null check (how in ('number', 'card', 'desk', 'phone')),
  at         timestamptz not null default now(),
  account_id bigint not null,
  foreign key (session_id, person_id) references congress.roll_line
);
create index passage_session on congress.passage (session_id, person_id, id desc);

create table congress.item (
  id           bigint generated always as identity primary key,
  session_id   bigint not null references congress.session,
  position     int    not null,
  title        text   not null,
  duty         text   collate "C" not null check (duty in ('hear', 'advise', 'pass', 'supervise', 'elect', 'appraise')),
  category     text   not null,
  -- important to the staff: voted in secret, each by itself
  important    boolean not null default false,
  agreement    text   collate "C" check (agreement in ('collective', 'wage', 'women', 'safety')),
  reporter     text,
  seats        int    check (seats >= 1),
  -- a decision of a joint meeting that this session confirms
  confirms_id  bigint references congress.item,
  words        text,
  change_words text,
  state        text   collate "C" not null default 'waiting' check (state in ('waiting', 'done', 'dropped')),
  outcome      text   collate "C" check (outcome in ('heard', 'discussed', 'passed', 'failed', 'elected', 'reported')),
  done_on      date,
  check ((state = 'done') = (outcome is not null)),
  check (agreement is null or duty = 'pass')
);
create index item_session on congress.item (session_id, position);
alter table congress.session add foreign key (current_item_id) references congress.item;

create table congress.candidate (
  item_id   bigint not null references congress.item on delete cascade,
  person_id bigint not null references members.person,
  name      text   not null,
  position  int    not null,
  primary key (item_id, person_id)
);

-- Each vote on an item, with the gate as it was judged at that moment.
create table congress.item_vote (
  vote_id    bigint primary key references ballots.vote,
  item_id    bigint not null references congress.item,
  present    int    not null,
  expected   int    not null,
  gate       jsonb  not null,
  judged_at  timestamptz not null default now()
);
create index item_vote_item on congress.item_vote (item_id);

-- Papers with their versions. A clause keeps its key from version to version, so that a comment leads to the new words.
create table congress.paper (
  id         bigint generated always as identity primary key,
  session_id bigint not null references congress.session,
  item_id    bigint references congress.item,
  title      text   not null,
  created_by bigint not null,
  created_at timestamptz not null default now()
);
create index paper_session on congress.paper (session_id);
create table congress.paper_version (
  paper_id   bigint not null references congress.paper,
  no         int    not null,
  clauses    jsonb  not null,
  note       text   not null,
  author     text   not null,
  created_by bigint not null,
  created_at timestamptz not null default now(),
  primary key (paper_id, no)
);
create table congress.remark (
  id           bigint generated always as identity primary key,
  paper_id     bigint not null,
  version_no   int    not null,
  -- null: on the paper as a whole
  clause       text   collate "C",
  words        text   not null,
  author       text   not null,
  delegation   text,
  account_id   bigint not null,
  at           timestamptz not null default now(),
  disposition  text   collate "C" check (disposition in ('adopted', 'partly', 'declined')),
  answer       text,
  -- the version in which an adopted remark became text
  became_no    int,
  answered_by  text,
  answered_at  timestamptz,
  foreign key (paper_id, version_no) references congress.paper_version,
  foreign key (paper_id, became_no) references congress.paper_version,
  check ((disposition is null) = (answer is null)),
  check ((disposition in ('adopted', 'partly')) or became_no is null)
);
create index remark_paper on congress.remark (paper_id, id);

-- What was resolved. Nothing that must be passed is here without its vote, nor in force before its day.
create table congress.resolution (
  id           bigint generated always as identity primary key,
  unit_id      bigint not null references organisation.unit,
  session_id   bigint not null references congress.session,
  item_id      bigint not null unique references congress.item,
  number       int    not null,
  title        text   not null,
  words        text   not null,
  passed_on    date   not null,
  effective_on date   not null check (effective_on >= passed_on),
  -- a joint meeting's decision waits until the next session confirms it
  confirmed_on date,
  unique (session_id, number)
);
create index resolution_unit on congress.resolution (unit_id, passed_on desc);

-- A collective contract or wage agreement on its way after the vote: signed, filed, in force.
create table congress.agreement (
  item_id      bigint primary key references congress.item,
  unit_id      bigint not null references organisation.unit,
  kind         text   collate "C" not null check (kind in ('collective', 'wage', 'women', 'safety')),
  title        text   not null,
  passed_on    date   not null,
  signed_on    date   check (signed_on >= passed_on),
  expires_on   date   check (expires_on > signed_on),
  filed_on     date   check (filed_on >= signed_on),
  received_on  date   check (received_on >= filed_on),
  receipt      text,
  objected_on  date   check (objected_on >= received_on),
  objection    text
);
create index agreement_unit on congress.agreement (unit_id, passed_on desc);

-- Coming, going and versions are never edited.
create function congress.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'congress.% is append-only', tg_table_name using errcode = 'ZJ001';
end $$;
create trigger passage_stands before update or delete on congress.passage
  for each row execute function congress.refuse_change();
create trigger version_stands before update or delete on congress.paper_version
  for each row execute function congress.refuse_change();
