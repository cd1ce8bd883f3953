-- Run by the owner after every migration: what the server's role may do. It owns nothing and cannot bypass row security.
do $$
declare s text;
begin
  for s in select nspname from pg_namespace
           where nspname not like 'pg\_%' and nspname not in ('information_schema', 'public') loop
    execute format('grant usage on schema %I to zhijia_app', s);
    execute format('grant select, insert, update, delete on all tables in schema %I to zhijia_app', s);
    execute format('grant usage on all sequences in schema %I to zhijia_app', s);
    execute format('grant execute on all functions in schema %I to zhijia_app', s);
  end loop;
end $$;
revoke update, delete on kernel.audit from zhijia_app;
revoke delete on kernel.fact from zhijia_app;
revoke update on kernel.fact from zhijia_app;
grant update (reversed_by) on kernel.fact to zhijia_app;
revoke update, delete on kernel.act from zhijia_app;
-- The journal: posting, closing and the sums belong to functions of the owner. (A database on its way up has no journal yet.)
do $$
begin
  if to_regclass('funds.month_sum') is null then return; end if;
  revoke insert, update, delete on funds.period, funds.month_sum from zhijia_app;
  revoke update, delete on funds.book from zhijia_app;
  grant update (profile, closing, wide_chart) on funds.book to zhijia_app;
  revoke delete on funds.account, funds.project from zhijia_app;
  if to_regclass('funds.day_sum') is null then return; end if;
  revoke insert, update, delete on funds.day_sum from zhijia_app;
end $$;
-- Who belongs to which family follows the households by trigger.
do $$
begin
  if to_regclass('members.family_of') is null then return; end if;
  revoke insert, update, delete on members.family_of from zhijia_app;
end $$;
-- Doors of the owner's through row security are for looking.
do $$
begin
  if to_regclass('hardship.standing_file') is not null then
    revoke insert, update, delete on hardship.standing_file from zhijia_app;
  end if;
  if to_regclass('aid.share') is not null then
    revoke insert, update, delete on aid.share, aid.cycle_sum from zhijia_app;
  end if;
end $$;
