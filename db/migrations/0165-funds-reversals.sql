-- What a voucher had done is taken back when it is reversed in red: a payment is put aside with who reversed it, money
-- taken in and settled gets red rows, so that every sum counts without it.
create table funds.reversed_payment (
  id             bigint not null primary key,
  request_id     bigint not null references funds.request,
  book_id        bigint not null references funds.book,
  paid_on        date   not null,
  amount_fen     bigint not null,
  method         text collate "C" not null,
  reference      text,
  voucher_id     bigint not null references funds.voucher,
  paid_at        timestamptz not null,
  paid_by        bigint not null,
  paid_name      text   not null,
  red_voucher_id bigint not null unique references funds.voucher,
  reversed_by    bigint not null,
  reversed_name  text   not null,
  reversed_at    timestamptz not null default now()
);
create index reversed_payment_request on funds.reversed_payment (request_id);

alter table funds.dues_payment drop constraint dues_payment_amount_fen_check, add check (amount_fen <> 0);
alter table funds.allocation
  drop constraint allocation_total_fen_check, drop constraint allocation_own_fen_check, drop constraint allocation_upper_fen_check,
  add check (total_fen <> 0 and sign(own_fen) * sign(total_fen) >= 0 and sign(upper_fen) * sign(total_fen) >= 0);
-- A settlement that is taken back, and an advance whose own voucher is: rows with the red voucher.
alter table funds.advance_settlement
  drop constraint advance_settlement_spent_fen_check, drop constraint advance_settlement_returned_fen_check,
  drop constraint advance_settlement_check,
  add check (spent_fen + returned_fen <> 0 and sign(spent_fen) * sign(returned_fen) >= 0);
-- Depreciation that is taken back leaves no line of its month; the voucher and its red one tell.
