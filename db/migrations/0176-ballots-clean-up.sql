-- Until when the result of a secret vote may be complained about, and when what served the vote was destroyed. Days of
-- public acts, told to everybody; nothing here says who did what when.
create table ballots.complaint_period (
  vote_id    bigint primary key,
  ends_on    date not null,
  -- why it is longer than usual: a complaint under way
  reason     text,
  cleared_on date
);
insert into ballots.complaint_period (vote_id, ends_on)
  select distinct vote_id, current_date + 7 from ballots.secret_vote where state = 'published';

-- The roll as it was published stays when the salts it was made from go.
alter table ballots.publication drop constraint publication_name_check;
alter table ballots.publication add constraint publication_name_check
  check (name in ('trustees.json', 'paper.json', 'result.json', 'head.json', 'roll.jsonl'));
