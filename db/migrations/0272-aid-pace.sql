-- A cycle of thousands in one deed: what refuses looks at a statement as a whole, and the planner is told what came.

-- Who was looked at is added while deciding only, in one question a statement.
drop trigger candidate_only_once on aid.candidate;
drop function aid.only_once();
create function aid.only_while_draft() returns trigger language plpgsql as $$
begin
  perform 1 from (select distinct cycle_id from came) k join aid.cycle c on c.id = k.cycle_id where c.state <> 'draft' limit 1;
  if found then
    raise exception 'aid-frozen' using errcode = 'ZJ002', detail = 'the cycle is decided';
  end if;
  return null;
end $$;
create trigger candidate_while_deciding after insert on aid.candidate referencing new table as came
  for each statement execute function aid.only_while_draft();

drop trigger entitlement_while_deciding on aid.entitlement;
drop function aid.only_while_deciding();
create trigger entitlement_while_deciding after insert on aid.entitlement referencing new table as came
  for each statement execute function aid.only_while_draft();
create function aid.decided_once() returns trigger language plpgsql as $$
begin
  perform 1 from gone o full join came n on n.id = o.id
    where (o.cycle_id, o.person_id, o.household_id, o.amount_fen, o.by_family)
      is distinct from (n.cycle_id, n.person_id, n.household_id, n.amount_fen, n.by_family) limit 1;
  if found then
    raise exception 'aid-frozen' using errcode = 'ZJ002', detail = 'who and how much is decided once';
  end if;
  return null;
end $$;
create trigger entitlement_decided_once after update on aid.entitlement referencing old table as gone new table as came
  for each statement execute function aid.decided_once();
create function aid.never_taken_off() returns trigger language plpgsql as $$
begin
  perform 1 from gone limit 1;
  if found then
    raise exception 'aid-frozen' using errcode = 'ZJ002', detail = 'an entitlement ends with a reason';
  end if;
  return null;
end $$;
create trigger entitlement_stays after delete on aid.entitlement referencing old table as gone
  for each statement execute function aid.never_taken_off();

-- Else it would take the new cycle for an empty one and look for each of its people among all of them.
create function aid.refresh_statistics() returns void language plpgsql security definer set search_path = pg_catalog as $$
begin
  analyze aid.candidate (cycle_id, person_id, family_id, application_id), aid.entitlement;
end $$;
