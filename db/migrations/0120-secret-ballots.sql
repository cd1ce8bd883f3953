-- Secret votes by phone. What must never be joined is apart: who took a paper stands here while papers are issued, what was
-- voted lies in the urn, a file, until the close, and then comes in one transaction, in the order of hashes. No column
-- here holds a time, no table has a sequence, a default or a trigger: each would be an order of events.
create schema if not exists ballots;

create table ballots.secret_vote (
  -- hash of the opening
  eid      text   collate "C" primary key,
  -- ballots.vote; several sheets of one vote are separate papers that can't be joined
  vote_id  bigint not null,
  sheet    int    not null check (sheet between 1 and 500),
  opening  text   not null,
  -- open: papers are drawn and cast; closed: the urn is in ballots.sealed_ballot; published: counted for everybody
  state    text   collate "C" not null check (state in ('open', 'closed', 'published', 'void')),
  unique (vote_id, sheet)
);

-- One line a voter. Whether a paper was taken stands in ballots.roll_line.drawn_by, for every channel alike.
create table ballots.secret_roll (
  eid       text   collate "C" not null,
  person_id bigint not null,
  salt      bytea  not null,
  -- what the registrar was asked to sign, so that the same question gets the same answer; cleared when the vote is over
  blinded   text   collate "C",
  primary key (eid, person_id)
);

-- Keys of the scrutineers, made in their own browsers; the private half comes after the close.
create table ballots.scrutineer_key (
  vote_id    bigint not null,
  person_id  bigint not null,
  public_key text   collate "C" not null,
  secret     text   collate "C",
  primary key (vote_id, person_id)
);

-- Empty until the close. Refers to nobody and nothing but the vote.
create table ballots.sealed_ballot (
  eid  text  collate "C" not null,
  id   bytea not null,
  line text  collate "C" not null,
  primary key (eid, id)
);

-- The small files of a publication; the board and the roll are read from their tables.
create table ballots.publication (
  eid     text collate "C" not null,
  name    text collate "C" not null check (name in ('trustees.json', 'paper.json', 'result.json', 'head.json')),
  content text not null,
  primary key (eid, name)
);
