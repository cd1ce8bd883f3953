-- Votes of every kind: what is asked, by which rule, who is on the roll, what tellers counted, what was decided. Secret
-- ballots are not here: before the close they never enter PostgreSQL at all.
create schema if not exists ballots;

create table ballots.vote (
  id           bigint generated always as identity primary key,
  unit_id      bigint not null references organisation.unit,
  -- the thing that is decided: 'elections' and its address 'elections/12', 'motions' and 'motions/7'
  subject_kind text   collate "C" not null,
  subject_path text   collate "C" not null,
  title        text   not null,
  kind         text   collate "C" not null check (kind in ('election', 'motion', 'appraisal', 'satisfaction')),
  mode         text   collate "C" not null check (mode in ('hands', 'paper', 'named', 'secret')),
  rule         jsonb  not null,
  -- draft: the roll may still be corrected; issuing: roll and rule stand under one hash; closed: a verdict is stored
  state        text   collate "C" not null default 'draft' check (state in ('draft', 'issuing', 'closed', 'void')),
  held_on      date   not null,
  round        int    not null default 1 check (round between 1 and 20),
  revote_of    bigint references ballots.vote,
  channels     text[] not null default '{main}' check (cardinality(channels) between 1 and 40),
  -- the body with its vacant places, and the electoral unit, where they differ from the roll
  all_count    int check (all_count >= 0),
  unit_count   int check (unit_count >= 0),
  present      int check (present >= 0),
  hash         text collate "C",
  frozen_at    timestamptz,
  void_reason  text,
  created_at   timestamptz not null default now(),
  created_by   bigint not null,
  check ((state in ('issuing', 'closed')) <= (hash is not null and present is not null)),
  check ((state = 'void') = (void_reason is not null))
);
create index vote_unit on ballots.vote (unit_id, id desc);
create index vote_subject on ballots.vote (subject_path);

create table ballots.vote_item (
  vote_id   bigint not null references ballots.vote,
  key       text   collate "C" not null,
  label     text   not null,
  person_id bigint references members.person,
  position  int    not null,
  -- false: named by voters instead of a listed person
  listed    boolean not null default true,
  -- why this person can't be elected whatever the votes
  barred    text,
  primary key (vote_id, key)
);

create table ballots.roll_line (
  vote_id   bigint not null references ballots.vote,
  person_id bigint not null references members.person,
  unit_id   bigint not null references organisation.unit,
  name      text   not null,
  struck    boolean not null default false,
  present   boolean not null default false,
  -- how the person received a paper: a channel of tellers, or the secret booth; one column, so nobody gets two
  drawn_by  text collate "C",
  primary key (vote_id, person_id),
  check (not (struck and drawn_by is not null))
);

-- Before issuing opens, a correction of the roll is an act of one teller that a second confirms.
create table ballots.roll_correction (
  id             bigint generated always as identity primary key,
  vote_id        bigint not null references ballots.vote,
  person_id      bigint not null references members.person,
  verb           text   collate "C" not null check (verb in ('add', 'strike')),
  reason         text   not null,
  proposed_by    bigint not null,
  proposed_name  text   not null,
  proposed_at    timestamptz not null default now(),
  confirmed_by   bigint check (confirmed_by <> proposed_by),
  confirmed_name text,
  confirmed_at   timestamptz
);
create index roll_correction_vote on ballots.roll_correction (vote_id);

create table ballots.teller (
  vote_id   bigint not null references ballots.vote,
  person_id bigint not null references members.person,
  name      text   not null,
  duty      text   not null check (duty in ('总监票人', '监票人', '计票人')),
  primary key (vote_id, person_id)
);

-- Two people enter what one channel counted, each for himself.
create table ballots.count_entry (
  vote_id    bigint not null references ballots.vote,
  channel    text   collate "C" not null,
  slot       int    not null check (slot in (1, 2)),
  account_id bigint not null,
  name       text   not null,
  sheet      jsonb  not null,
  entered_at timestamptz not null default now(),
  primary key (vote_id, channel, slot),
  unique (vote_id, channel, account_id)
);

-- What both entered alike (or a box published): the only numbers a verdict reads.
create table ballots.count_sheet (
  vote_id   bigint not null references ballots.vote,
  channel   text   collate "C" not null,
  sheet     jsonb  not null,
  source    text   collate "C" not null check (source in ('tellers', 'names', 'box')),
  agreed_at timestamptz not null default now(),
  primary key (vote_id, channel)
);

-- Open votes by name: who said what is meant to be seen.
create table ballots.named_mark (
  vote_id   bigint not null,
  person_id bigint not null,
  item_key  text   collate "C" not null,
  mark      text   collate "C" not null check (mark in ('yes', 'no', 'abstain')),
  primary key (vote_id, person_id, item_key),
  foreign key (vote_id, person_id) references ballots.roll_line,
  foreign key (vote_id, item_key) references ballots.vote_item
);

create table ballots.verdict (
  vote_id    bigint primary key references ballots.vote,
  outcome    text   collate "C" not null,
  count      jsonb  not null,
  verdict    jsonb  not null,
  -- the derivation as it stands in the record
  words      text   not null,
  decided_at timestamptz not null default now(),
  decided_by bigint not null
);

-- What was voted and decided is never edited, not even by the owner's own mistake.
create function ballots.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'ballots.% is append-only', tg_table_name using errcode = 'ZJ001';
end $$;
create trigger verdict_stands before update or delete on ballots.verdict
  for each row execute function ballots.refuse_change();
create function ballots.refuse_thaw() returns trigger language plpgsql as $$
begin
  if old.state in ('issuing', 'closed', 'void') and (new.rule is distinct from old.rule or new.hash is distinct from old.hash
     or new.all_count is distinct from old.all_count or new.unit_count is distinct from old.unit_count
     or new.state = 'draft' or (old.state in ('closed', 'void') and new.state is distinct from old.state)) then
    raise exception 'a vote that was opened keeps its rule and roll' using errcode = 'ZJ001';
  end if;
  return new;
end $$;
create trigger vote_frozen before update on ballots.vote for each row execute function ballots.refuse_thaw();
