-- Secret ballots in a hall: a code on the screen, a station for people without a phone, paper beside the booth. Like all
-- tables of secret ballots these hold no time, no sequence and no default: each would be an order of events.

-- What the codes of the hall's screen are made from, for all votes of one meeting.
create table ballots.venue_key (
  subject_path text  collate "C" primary key,
  key          bytea not null
);

-- Slips drawn from a box after the clerk marked the roll. A slip belongs to nobody; `asked` is what the station had signed
-- with it (blinded, so that it leads to no ballot), kept so that the same question gets the same answer.
create table ballots.kiosk_code (
  vote_id bigint not null,
  hash    bytea  not null,
  asked   text   collate "C",
  primary key (vote_id, hash)
);

-- How a meeting votes: null on paper; else the terms of the secret vote, which become part of each vote's frozen rule.
alter table elections.sitting add column secret jsonb;
