-- What a programme may know of families on file: kind, family, sums of the newest finding; no ground, no diagnosis, no visitor.
-- Row security asks of every row whom the transaction acts for; a programme asks about a whole city's files at once, so this
-- one door answers for the units or persons it is asked about. The caller has checked who may see the answer.
create function hardship.standing(units bigint[], persons bigint[]) returns table (
  person_id bigint, unit_id bigint, file_id bigint, version_id bigint, category text, review_on date, found_on date, checked boolean,
  family_size int, income_fen bigint, rigid_fen bigint, spouse text)
language sql stable security definer set search_path = pg_catalog, pg_temp rows 20000 as $$
  select f.person_id, f.unit_id, f.id, v.id, f.category, f.review_on, v.on_day, v.reason <> 'application',
    jsonb_array_length(v.family) + 1, v.income_fen, v.rigid_fen,
    case when v.family @> '[{"relation": "配偶"}]' then
      (select r ->> 'name' from jsonb_array_elements(v.family) r where r ->> 'relation' = '配偶' limit 1) end
  from hardship.file f
    join (select distinct on (file_id) * from hardship.version order by file_id desc, no desc) v on v.file_id = f.id
  where f.state = 'on-file' and persons is null and f.unit_id = any (units)
  union all
  select f.person_id, f.unit_id, f.id, v.id, f.category, f.review_on, v.on_day, v.reason <> 'application',
    jsonb_array_length(v.family) + 1, v.income_fen, v.rigid_fen,
    (select r ->> 'name' from jsonb_array_elements(v.family) r where r ->> 'relation' = '配偶' limit 1)
  from hardship.file f cross join lateral (select * from hardship.version x where x.file_id = f.id order by x.no desc limit 1) v
  where f.state = 'on-file' and f.person_id = any (persons)
$$;
