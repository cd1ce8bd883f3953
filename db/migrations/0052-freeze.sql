-- Whoever posts facts holds this lock, shared, until the commit; freezing a report takes it alone. So a frozen report's
-- watermark has no fact below it that was still on its way.
create function kernel.fact_takes_its_turn() returns trigger language plpgsql as $$
begin
  perform pg_advisory_xact_lock_shared(5170002);
  return null;
end $$;
create trigger fact_takes_its_turn before insert on kernel.fact
  for each statement execute function kernel.fact_takes_its_turn();
