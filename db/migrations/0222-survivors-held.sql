-- Money an employer hands to the union to pay to survivors: not the union's own, held until it is paid on.
create table survivors.held (
  id           bigint generated always as identity primary key,
  -- whose list and whose book: the union that holds it
  unit_id      bigint not null,
  kind         text   not null check (kind in ('receipt', 'pay', 'recovery', 'return')),
  -- what came in is above zero, what went out below
  amount_fen   bigint not null check (amount_fen <> 0 and (amount_fen > 0) = (kind in ('receipt', 'recovery'))),
  on_day       date   not null,
  party        text   not null,
  reference    text,
  pay_id       bigint references survivors.pay,
  recovery_id  bigint references survivors.recovery,
  voucher_id   bigint not null unique,
  voucher_no   text   not null,
  booked_by    bigint not null,
  booked_name  text   not null,
  check ((kind = 'pay') = (pay_id is not null)),
  check ((kind = 'recovery') = (recovery_id is not null))
);
create index held_unit on survivors.held (unit_id, id desc);
alter table survivors.held enable row level security;
create policy opened on survivors.held using (survivors.opened(unit_id));
create function survivors.held_is_kept() returns trigger language plpgsql as $$
begin
  raise exception 'survivors-held-kept' using errcode = 'ZJ002', detail = 'what was booked is put right by another movement';
end $$;
create trigger held_is_kept before update or delete on survivors.held for each row execute function survivors.held_is_kept();

alter table survivors.pay drop constraint pay_source_check,
  add check (source in ('工会经费', '代管经费', '行政', '社保'));
-- The union's own money that came back in a later year than it was paid in leaves that year's figures as they were.
alter table survivors.pay_line add column later_year boolean not null default false;
