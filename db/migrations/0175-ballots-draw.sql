-- Drawing a paper is the one deed that three thousand people do within the same minute: one round trip, its plan kept. The
-- lock is shared among those who draw and lies in memory; a row that everybody locks would be written by everybody.
create function ballots.draw_papers(vote bigint, person bigint, eids text[], asked text[]) returns boolean
language plpgsql as $$
begin
  perform pg_advisory_xact_lock_shared(hashtext('ballots.draw'), (vote % 2147483647)::int);
  -- A statement of its own: it sees a close that was committed while we waited.
  if (select count(*) from ballots.secret_vote s where s.vote_id = vote and s.state = 'open') <> cardinality(eids) then
    return false;
  end if;
  update ballots.roll_line set drawn_by = 'booth', present = true
    where vote_id = vote and person_id = person and not struck and drawn_by is null;
  if not found then return false; end if;
  update ballots.secret_roll r set blinded = a.blinded from unnest(eids, asked) a (eid, blinded)
    where r.eid = a.eid and r.person_id = person;
  return true;
end $$;

-- A voter without an account draws with a code from a printed slip of their own name: the code opens this one paper and
-- nothing else. A keyed hash only; like all tables of secret ballots no time, no sequence, no default.
create table ballots.voter_code (
  vote_id   bigint not null,
  hash      bytea  not null,
  person_id bigint not null,
  primary key (vote_id, hash),
  unique (vote_id, person_id)
);
