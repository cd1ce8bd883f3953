-- The same for a handful of people (a member's own page, a supplement): the planner is told that few come back, so that it
-- looks them up one by one and reads no whole roster.
create function hardship.standing_of(persons bigint[]) returns table (
  person_id bigint, unit_id bigint, file_id bigint, version_id bigint, category text, review_on date, found_on date, checked boolean,
  family_size int, income_fen bigint, rigid_fen bigint, spouse text)
language sql stable security definer set search_path = pg_catalog, pg_temp rows 4 as $$
  select * from hardship.standing(null, persons)
$$;
