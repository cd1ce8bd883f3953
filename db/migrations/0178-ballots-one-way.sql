-- Secrecy is settled once: a vote that was opened keeps its mode, like its rule and its roll.
create or replace function ballots.refuse_thaw() returns trigger language plpgsql as $$
begin
  if old.state in ('issuing', 'closed', 'void') and (new.rule is distinct from old.rule or new.hash is distinct from old.hash
     or new.mode is distinct from old.mode or new.all_count is distinct from old.all_count
     or new.unit_count is distinct from old.unit_count or new.state = 'draft'
     or (old.state in ('closed', 'void') and new.state is distinct from old.state)) then
    raise exception 'a vote that was opened keeps its mode, rule and roll' using errcode = 'ZJ001';
  end if;
  return new;
end $$;
