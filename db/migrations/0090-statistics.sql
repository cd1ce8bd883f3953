-- After a large load the planner must know the new sizes at once, not when autovacuum comes by: a yearly report over an
-- unanalysed ledger takes minutes. The server's role owns no table, so the owner's function does it.
create function kernel.refresh_statistics() returns void language plpgsql security definer set search_path = pg_catalog as $$
begin
  analyze kernel.record, kernel.record_line, kernel.fact, kernel.closure, members.person, members.membership, members.tag,
    members.household, members.kin, organisation.unit, organisation.unit_version;
end $$;
