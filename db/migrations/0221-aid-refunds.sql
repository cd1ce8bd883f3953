-- What came back of an entitlement, each time with its voucher: all of it, or a part while the rest stays paid.
create table aid.refund (
  id             bigint generated always as identity primary key,
  entitlement_id bigint not null references aid.entitlement,
  cycle_id       bigint not null references aid.cycle,
  amount_fen     bigint not null check (amount_fen > 0),
  refunded_on    date   not null,
  -- in a later year than it was paid in: the spending of that year stands, the surplus is put right
  later_year     boolean not null,
  reason         text   not null,
  voucher_id     bigint not null unique,
  voucher_number text   not null,
  booked_by      bigint not null,
  booked_name    text   not null,
  booked_at      timestamptz not null default now()
);
create index refund_entitlement on aid.refund (entitlement_id);
create index refund_cycle on aid.refund (cycle_id);

alter table aid.entitlement add column refunded_fen bigint not null default 0;

insert into aid.refund (entitlement_id, cycle_id, amount_fen, refunded_on, later_year, reason, voucher_id, voucher_number, booked_by, booked_name)
select e.id, e.cycle_id, e.amount_fen, e.refunded_on, false, coalesce(e.reason, '退回'), e.refund_voucher_id,
  '记-' || lpad(v.month::text, 2, '0') || '-' || lpad(v.no::text, greatest(3, length(v.no::text)), '0'), 0, '系统'
from aid.entitlement e join funds.voucher v on v.id = e.refund_voucher_id where e.state = 'refunded';
update aid.entitlement set refunded_fen = amount_fen where state = 'refunded';
alter table aid.entitlement drop column refund_voucher_id;

-- Paid while something of it is left; never more back than was paid.
alter table aid.entitlement add check (refunded_fen between 0 and amount_fen);
alter table aid.entitlement add check (refunded_fen = 0 or state in ('paid', 'refunded'));
alter table aid.entitlement add check ((state = 'refunded') = (refunded_fen = amount_fen));
create trigger refund_is_frozen before update or delete on aid.refund for each row execute function aid.is_frozen();

