-- A programme of a city asks about a hundred thousand families at once. What it asks of each is kept ready: the newest finding of
-- every file that stands, and the family a person belongs to. Both follow their sources by trigger, in the same transaction.

create table hardship.standing_now (
  file_id bigint primary key references hardship.file on delete cascade,
  person_id bigint not null, unit_id bigint not null, version_id bigint not null, category text, review_on date, found_on date not null,
  checked boolean not null, family_size int not null, income_fen bigint not null, rigid_fen bigint not null, spouse text);
create index standing_now_person on hardship.standing_now (person_id);
create index standing_now_unit on hardship.standing_now (unit_id);
-- No policy: nobody but the owner's functions reads it, like the files themselves without a reason.
alter table hardship.standing_now enable row level security;

create function hardship.refresh_standing(files bigint[]) returns void language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  delete from hardship.standing_now s where s.file_id = any (files)
    and not exists (select from hardship.file f join hardship.version v on v.file_id = f.id where f.id = s.file_id and f.state = 'on-file');
  insert into hardship.standing_now
  select f.id, f.person_id, f.unit_id, v.id, f.category, f.review_on, v.on_day, v.reason <> 'application',
    jsonb_array_length(v.family) + 1, v.income_fen, v.rigid_fen,
    (select r ->> 'name' from jsonb_array_elements(v.family) r where r ->> 'relation' = '配偶' limit 1)
  from hardship.file f
    join (select distinct on (file_id) * from hardship.version where file_id = any (files) order by file_id, no desc) v on v.file_id = f.id
  where f.id = any (files) and f.state = 'on-file'
  on conflict (file_id) do update set person_id = excluded.person_id, unit_id = excluded.unit_id, version_id = excluded.version_id,
    category = excluded.category, review_on = excluded.review_on, found_on = excluded.found_on, checked = excluded.checked,
    family_size = excluded.family_size, income_fen = excluded.income_fen, rigid_fen = excluded.rigid_fen, spouse = excluded.spouse;
end $$;

create function hardship.follow_files() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform hardship.refresh_standing(array(select id from changed));
  return null;
end $$;
create function hardship.follow_versions() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform hardship.refresh_standing(array(select distinct file_id from changed));
  return null;
end $$;
create trigger standing_inserted after insert on hardship.file referencing new table as changed
  for each statement execute function hardship.follow_files();
create trigger standing_updated after update on hardship.file referencing new table as changed
  for each statement execute function hardship.follow_files();
create trigger standing_inserted after insert on hardship.version referencing new table as changed
  for each statement execute function hardship.follow_versions();
create trigger standing_updated after update on hardship.version referencing new table as changed
  for each statement execute function hardship.follow_versions();
create trigger standing_deleted after delete on hardship.version referencing old table as changed
  for each statement execute function hardship.follow_versions();
select hardship.refresh_standing(array(select id from hardship.file));

create or replace function hardship.standing(units bigint[], persons bigint[]) returns table (
  person_id bigint, unit_id bigint, file_id bigint, version_id bigint, category text, review_on date, found_on date, checked boolean,
  family_size int, income_fen bigint, rigid_fen bigint, spouse text)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp rows 100000 as $$
#variable_conflict use_column
begin
  if persons is null then
    return query select person_id, unit_id, file_id, version_id, category, review_on, found_on, checked, family_size, income_fen, rigid_fen, spouse
      from hardship.standing_now where unit_id = any (units);
  else
    return query select person_id, unit_id, file_id, version_id, category, review_on, found_on, checked, family_size, income_fen, rigid_fen, spouse
      from hardship.standing_now where person_id = any (persons);
  end if;
end $$;

-- A household has a head; relatives who are members have one of their own. The smallest of them all names the family.
create table members.family_of (
  person_id bigint primary key references members.person on delete cascade,
  family_id bigint not null references members.household);

create function members.refresh_family(persons bigint[]) returns void language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  delete from members.family_of f where f.person_id = any (persons)
    and not exists (select from members.household h where h.head_id = f.person_id)
    and not exists (select from members.kin k where k.person_id = f.person_id);
  insert into members.family_of as f
  select person_id, min(id) from (
    select h.head_id as person_id, h.id from members.household h where h.head_id = any (persons)
    union all
    select k.person_id, k.household_id from members.kin k where k.person_id = any (persons)
    union all
    select h.head_id, other.id from members.household h join members.kin k on k.household_id = h.id
      join members.household other on other.head_id = k.person_id where h.head_id = any (persons)) known
  group by person_id
  on conflict (person_id) do update set family_id = excluded.family_id where f.family_id <> excluded.family_id;
end $$;

-- A new household touches its head and whoever names the head as kin; a relative touches oneself and the head.
create function members.follow_households() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform members.refresh_family(array(
    select head_id from changed
    union
    select h.head_id from changed c join members.kin k on k.person_id = c.head_id join members.household h on h.id = k.household_id));
  return null;
end $$;
create function members.follow_kin() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform members.refresh_family(array(
    select person_id from changed
    union
    select h.head_id from changed c join members.household h on h.id = c.household_id));
  return null;
end $$;
create trigger family_inserted after insert on members.household referencing new table as changed
  for each statement execute function members.follow_households();
create trigger family_inserted after insert on members.kin referencing new table as changed
  for each statement execute function members.follow_kin();
create function members.follow_kin_moved() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform members.refresh_family(array(
    select k.person_id from (table gone union all table changed) k
    union
    select h.head_id from (table gone union all table changed) k join members.household h on h.id = k.household_id));
  return null;
end $$;
create trigger family_updated after update on members.kin referencing old table as gone new table as changed
  for each statement execute function members.follow_kin_moved();
create trigger family_deleted after delete on members.kin referencing old table as changed
  for each statement execute function members.follow_kin();
-- Heads don't change and households don't go; if that ever changes, their family must follow.
create function members.refuse_household_change() returns trigger language plpgsql as $$
begin
  raise exception 'a household keeps its head';
end $$;
create trigger household_keeps_head before update of head_id on members.household
  for each row when (old.head_id <> new.head_id) execute function members.refuse_household_change();
select members.refresh_family(array(select head_id from members.household union select person_id from members.kin));

-- One's own page asks who of one's family a frozen list looked at.
create index candidate_family on aid.candidate (cycle_id, family_id);

create or replace function kernel.refresh_statistics() returns void language plpgsql security definer set search_path = pg_catalog as $$
begin
  analyze kernel.record, kernel.record_line, kernel.fact, kernel.closure, members.person, members.membership, members.tag,
    members.household, members.kin, members.family_of, organisation.unit, organisation.unit_version;
end $$;
