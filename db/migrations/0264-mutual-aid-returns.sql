-- A payment that the bank sent back (退汇): what was paid and what came back, each with its voucher. The claim waits for its money again.
create table mutual_aid.payment_return (
  id             bigint generated always as identity primary key,
  claim_id       bigint not null references mutual_aid.claim,
  paid_on        date   not null,
  amount_fen     bigint not null check (amount_fen > 0),
  paid_voucher_id bigint not null unique,
  paid_voucher_no text  not null,
  returned_on    date   not null check (returned_on >= paid_on),
  reason         text   not null,
  voucher_id     bigint not null unique,
  voucher_no     text   not null,
  booked_by      bigint not null,
  booked_name    text   not null,
  booked_at      timestamptz not null default now()
);
create index payment_return_claim on mutual_aid.payment_return (claim_id);
create trigger payment_return_kept before update or delete on mutual_aid.payment_return
  for each row execute function mutual_aid.refuse_change();

alter table mutual_aid.movement drop constraint movement_kind_check, drop constraint movement_check;
alter table mutual_aid.movement
  add check (kind in ('premium', 'receipt', 'handover', 'claim', 'returned')),
  add check ((kind in ('premium', 'receipt', 'returned')) = (amount_fen > 0));
