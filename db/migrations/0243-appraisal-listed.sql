-- Who stands on the list that the organisers made is told with whatever votes came, like every grade: what few forms could give
-- away is a name that somebody wrote.
alter table appraisal.recommended
  add listed boolean not null default false,
  drop constraint recommended_votes_check,
  add check (votes >= 0 and (listed or votes >= 5));
