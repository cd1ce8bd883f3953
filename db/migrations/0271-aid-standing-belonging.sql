-- Which union a person with a file belongs to, and which family, kept beside the finding: a programme of a city reads a hundred
-- thousand of them and joins nothing. They follow membership and family as the rest follows file and finding.
alter table hardship.standing_now
  add column member_unit_id bigint, add column member_state text, add column joined_on date, add column family_id bigint;
-- A union's files lie together in the index with all that is asked of them, wherever they lie in the table.
drop index hardship.standing_now_unit;
create index standing_now_unit on hardship.standing_now (unit_id) include (person_id, file_id, version_id, category, review_on, found_on,
  checked, family_size, income_fen, rigid_fen, member_unit_id, member_state, joined_on, family_id);
-- Husband and wife who name one another are looked for among those who name anybody.
create index standing_now_spouse on hardship.standing_now (unit_id) where spouse is not null;

create or replace function hardship.refresh_standing(files bigint[]) returns void language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if cardinality(files) = 0 then return; end if;
  -- Whoever changes the same rows is waited for, so that what is read below is what they left.
  perform 1 from hardship.standing_now s where s.file_id = any (files) order by s.file_id for update;
  delete from hardship.standing_now s where s.file_id = any (files)
    and not exists (select from hardship.file f join hardship.version v on v.file_id = f.id where f.id = s.file_id and f.state = 'on-file');
  insert into hardship.standing_now (file_id, person_id, unit_id, version_id, category, review_on, found_on, checked, family_size,
    income_fen, rigid_fen, spouse, member_unit_id, member_state, joined_on, family_id)
  select f.id, f.person_id, f.unit_id, v.id, f.category, f.review_on, v.on_day, v.reason <> 'application',
    jsonb_array_length(v.family) + 1, v.income_fen, v.rigid_fen,
    (select r ->> 'name' from jsonb_array_elements(v.family) r where r ->> 'relation' = '配偶' limit 1),
    m.unit_id, m.state, m.joined_on, y.family_id
  from hardship.file f
    join (select distinct on (file_id) * from hardship.version where file_id = any (files) order by file_id, no desc) v on v.file_id = f.id
    left join members.membership m on m.person_id = f.person_id and m.left_on is null
    left join members.family_of y on y.person_id = f.person_id
  where f.id = any (files) and f.state = 'on-file'
  on conflict (file_id) do update set person_id = excluded.person_id, unit_id = excluded.unit_id, version_id = excluded.version_id,
    category = excluded.category, review_on = excluded.review_on, found_on = excluded.found_on, checked = excluded.checked,
    family_size = excluded.family_size, income_fen = excluded.income_fen, rigid_fen = excluded.rigid_fen, spouse = excluded.spouse,
    member_unit_id = excluded.member_unit_id, member_state = excluded.member_state, joined_on = excluded.joined_on,
    family_id = excluded.family_id;
end $$;

-- Of a roster's hundred thousand few have a file.
create function hardship.follow_people() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform hardship.refresh_standing(array(
    select s.file_id from hardship.standing_now s where s.person_id in (select c.person_id from changed c)));
  return null;
end $$;
create trigger standing_inserted after insert on members.membership referencing new table as changed
  for each statement execute function hardship.follow_people();
create trigger standing_updated after update on members.membership referencing new table as changed
  for each statement execute function hardship.follow_people();
create trigger standing_deleted after delete on members.membership referencing old table as changed
  for each statement execute function hardship.follow_people();
create trigger standing_inserted after insert on members.family_of referencing new table as changed
  for each statement execute function hardship.follow_people();
create trigger standing_updated after update on members.family_of referencing new table as changed
  for each statement execute function hardship.follow_people();
create trigger standing_deleted after delete on members.family_of referencing old table as changed
  for each statement execute function hardship.follow_people();
select hardship.refresh_standing(array(select file_id from hardship.standing_now));

create or replace view hardship.standing_file as
  select person_id, unit_id, file_id, version_id, category, review_on, found_on, checked, family_size, income_fen, rigid_fen, spouse,
    member_unit_id, member_state, joined_on, family_id
  from hardship.standing_now;
