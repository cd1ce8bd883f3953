-- A page of an account's ledger comes from one index: lines carry their book and day, in the order of the day.
alter table funds.entry
  add column book_id bigint not null references funds.book,
  add column on_date date not null;
drop index funds.entry_account;
create index entry_ledger on funds.entry (book_id, account_id, on_date, voucher_id, line);
create index entry_account on funds.entry (account_id);

-- SHA-256 of the attached files as they were when posted; the chain covers them. PostgreSQL 15 doesn't widen a table while a
-- function takes its rows.
drop function funds.canonical(funds.voucher);
alter table funds.voucher add column file_hashes text collate "C" not null default '';

create function funds.canonical(v funds.voucher) returns text language sql stable
  return concat_ws(',', 'v2', funds.part(v.book_id::text), funds.part(v.seq::text), funds.part(v.year::text),
      funds.part(v.month::text), funds.part(v.no::text), funds.part(to_char(v.on_date, 'YYYY-MM-DD')), funds.part(v.kind),
      funds.part(v.summary), funds.part(v.attachments::text), funds.part(v.source), funds.part(v.reverses_id::text),
      funds.part(v.corrects_id::text), funds.part(v.prepared_by::text), funds.part(v.prepared_name),
      funds.part(v.reviewed_by::text), funds.part(v.reviewed_name), funds.part(v.approved_by::text),
      funds.part(v.approved_name), funds.part(v.cashier_by::text), funds.part(v.cashier_name),
      funds.part(v.posted_by::text), funds.part(v.posted_name), funds.part(v.file_hashes))
    || coalesce((select string_agg(concat_ws(',', '', funds.part(e.line::text), funds.part(a.code),
        funds.part(e.debit_fen::text), funds.part(e.credit_fen::text), funds.part(p.code), funds.part(e.economic_class),
        funds.part(e.spending_kind), funds.part(e.counterparty), funds.part(e.summary)), ';' order by e.line)
      from funds.entry e join funds.account a on a.id = e.account_id left join funds.project p on p.id = e.project_id
      where e.voucher_id = v.id), '')
    || coalesce((select string_agg(concat_ws(',', '', funds.part(i.number), funds.part(i.amount_fen::text)), ';' order by i.number)
      from funds.invoice i where i.voucher_id = v.id), '');

create or replace function funds.post(vouchers bigint[], by_id bigint, by_name text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  voucher_id bigint;
  v funds.voucher;
  b funds.book;
  lines int;
  debit bigint;
  credit bigint;
  strange int;
  number int;
begin
  perform 1 from funds.book k where k.id in (select x.book_id from funds.voucher x where x.id = any(vouchers)) order by k.id for update;
  foreach voucher_id in array vouchers loop
    select * into v from funds.voucher where id = voucher_id for update;
    if not found or v.state <> 'reviewed' then raise exception 'voucher-not-reviewed' using errcode = 'ZJ003'; end if;
    select * into b from funds.book where id = v.book_id;
    select count(*), coalesce(sum(e.debit_fen), 0), coalesce(sum(e.credit_fen), 0),
        count(*) filter (where a.book_id <> v.book_id or p.book_id <> v.book_id or e.book_id <> v.book_id or e.on_date <> v.on_date)
      into lines, debit, credit, strange
      from funds.entry e join funds.account a on a.id = e.account_id left join funds.project p on p.id = e.project_id
      where e.voucher_id = v.id;
    if lines < 2 then raise exception 'voucher-lines' using errcode = 'ZJ003'; end if;
    if debit <> credit then raise exception 'voucher-unbalanced' using errcode = 'ZJ003'; end if;
    if strange > 0 then raise exception 'account-foreign' using errcode = 'ZJ003'; end if;
    if v.on_date < b.opened_on then raise exception 'period-missing' using errcode = 'ZJ003'; end if;
    insert into funds.period (book_id, year, month) values (v.book_id, v.year, v.month) on conflict do nothing;
    update funds.period p set last_no = last_no + 1
      where p.book_id = v.book_id and p.year = v.year and p.month = v.month and p.state = 'open'
      returning last_no into number;
    if not found then raise exception 'period-closed' using errcode = 'ZJ003'; end if;
    v.no := number; v.seq := b.last_seq + 1; v.prev_hash := b.last_hash;
    v.posted_by := by_id; v.posted_name := by_name; v.posted_at := now();
    select coalesce(string_agg(encode(f.sha256, 'hex'), ',' order by l.id), '') into v.file_hashes
      from kernel.file_link l join kernel.file f on f.id = l.file_id
      where l.object_kind = 'voucher' and l.object_id = v.id and l.removed_at is null;
    v.hash := sha256(v.prev_hash || convert_to(funds.canonical(v), 'UTF8'));
    update funds.voucher x set state = 'posted', no = v.no, seq = v.seq, prev_hash = v.prev_hash, hash = v.hash, file_hashes = v.file_hashes,
      posted_by = v.posted_by, posted_name = v.posted_name, posted_at = v.posted_at, total_fen = debit, returned = null
      where x.id = v.id;
    update funds.book k set last_seq = v.seq, last_hash = v.hash where k.id = v.book_id;
    perform funds.add_sums(v.id);
    if v.reverses_id is not null then
      update funds.invoice i set released = true where i.voucher_id = v.reverses_id;
    end if;
    -- Cash and bank accounts never go below nothing; taking back an error may.
    if v.kind not in ('red', 'correction') then
      perform 1 from funds.entry e join funds.account a on a.id = e.account_id
        where e.voucher_id = v.id and a.code ~ '^10[12]' and e.credit_fen - e.debit_fen > 0
          and (select sum(s.debit_fen - s.credit_fen) from funds.month_sum s
               where s.book_id = v.book_id and s.account_id = e.account_id) < 0;
      if found then raise exception 'overdrawn' using errcode = 'ZJ003'; end if;
    end if;
  end loop;
end $$;
