-- Whoever left the union or died signs in no more; whoever was merged with a double acts as the person kept.
create or replace function accounts.session_of(token bytea, today date)
returns table (
  id bigint, account_id bigint, person_id bigint, name text, login text, awaits_factor boolean, has_factor boolean,
  shared boolean, office_id bigint, stale boolean, offices json)
language plpgsql stable as $$
#variable_conflict use_column
begin
  return query
  select s.id, a.id, coalesce(p.merged_into, p.id), a.name, a.login, s.awaits_factor, s.second_factor_at is not null,
    s.shared, s.office_id, s.last_seen_at < now() - interval '30 seconds',
    (select coalesce(json_agg(h order by h."delegatedUntil" nulls first, h."officeId"), '[]') from (
      select o.id as "officeId", o.unit_id as "unitId", u.name as "unitName", o.role, o.title, o.starts_on as "startsOn",
        null::date as "delegatedUntil"
      from accounts.office o join organisation.unit u on u.id = o.unit_id
      where o.account_id = a.id and o.starts_on <= today and (o.ended_on is null or o.ended_on > today)
      union all
      select o.id, o.unit_id, u.name, o.role, o.title, d.starts_on, d.ends_on
      from accounts.delegation d join accounts.office o on o.id = d.office_id join organisation.unit u on u.id = o.unit_id
      where d.account_id = a.id and d.revoked_at is null and d.starts_on <= today and d.ends_on >= today
        and o.starts_on <= today and (o.ended_on is null or o.ended_on > today)) h)
  from accounts.session s join accounts.account a on a.id = s.account_id left join members.person p on p.id = a.person_id
  where s.token_hash = token and s.ended_at is null and s.expires_at > now()
    and s.last_seen_at > now() - make_interval(secs => s.idle_seconds) and a.state = 'active'
    and (p.id is null or p.merged_into is not null or p.status not in ('left', 'deceased'));
end $$;

-- How many signed in from an address lately: an address from which most attempts succeed is an office, not an attacker.
create index session_ip on accounts.session (ip, created_at);
