-- The second belt on what a list of aid knows of families: a transaction that didn't say whom it acts for sees nobody.
-- `kernel/access` decides; the module says it to the database (server/opening.ts), as for the files of hardship.

-- Statements of the house itself: who qualifies is asked across unions, sums are nobody's names.
create function aid.opened_to_all() returns boolean language sql stable as $$
  select coalesce(current_setting('zhijia.aid_all', true), '') = 'on'
$$;
create function aid.opened_to() returns bigint language sql stable as $$
  select nullif(current_setting('zhijia.aid_person', true), '')::bigint
$$;
-- Units whose lists are open: those of `visibleTo`, a dissolved unit's own office among them.
create function aid.opened() returns setof bigint language sql stable as $$
  select unnest(coalesce(nullif(current_setting('zhijia.aid_exactly', true), ''), '{}')::bigint[])
  union all
  select unnest(coalesce(nullif(current_setting('zhijia.aid_below', true), ''), '{}')::bigint[])
  union all
  select c.descendant_id from kernel.closure c
  where c.valid_from <= current_date and c.valid_to > current_date
    and c.ancestor_id = any (coalesce(nullif(current_setting('zhijia.aid_below', true), ''), '{}')::bigint[])
$$;

-- A list belongs to the union whose cycle it is, whoever is on it; a row also to the person's own unit. Each question is asked once
-- a statement and its answer hashed, so that a list of a hundred thousand costs no call a row.
do $$
declare t text;
begin
  foreach t in array array['candidate', 'entitlement', 'application', 'appeal'] loop
    execute format('alter table aid.%I enable row level security', t);
    execute format($policy$create policy opened on aid.%I using (
      (select aid.opened_to_all())
      or person_id = (select aid.opened_to())
      or unit_id in (select aid.opened())
      or cycle_id in (select c.id from aid.cycle c where c.unit_id in (select aid.opened())))$policy$, t);
  end loop;
end $$;
alter table aid.refund enable row level security;
create policy opened on aid.refund using (
  (select aid.opened_to_all()) or exists (select from aid.entitlement e where e.id = entitlement_id));

-- What is no secret: how many and how much a cycle gives, and which cycle a share belongs to. Nobody's name is in them.
create view aid.cycle_sum as
  select cycle_id, count(*)::int as people, count(distinct household_id)::int as families, sum(amount_fen)::bigint as amount_fen,
    sum(refunded_fen)::bigint as refunded_fen, coalesce(sum(amount_fen) filter (where state = 'approved'), 0)::bigint as approved_fen
  from aid.entitlement where state <> 'withheld' group by cycle_id;
create view aid.share as select id, cycle_id from aid.entitlement;
