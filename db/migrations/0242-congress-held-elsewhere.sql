-- An election or an appraisal of people that is held in its own room, with its own ballots: the agenda leads to it, and when it is
-- done the item takes over how many papers went out, came back and counted, and what may be told of the result.
alter table congress.item
  -- path of the thing: elections/12, appraisal/rounds/3
  add held_at     text collate "C",
  -- {title, lines, verdict} as taken over
  add held_result jsonb,
  add check (held_at is null or duty in ('elect', 'appraise')),
  add check (held_result is null or held_at is not null);
