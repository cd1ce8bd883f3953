-- Posting many at once: the book, the periods and the sums are written once a batch, not once a voucher.
drop function funds.add_sums(bigint);

-- Adds to the sums what posted vouchers moved.
create function funds.add_sums(of_vouchers bigint[]) returns void language sql as $$
  insert into funds.month_sum as s (book_id, account_id, year, month, project_id, closing, debit_fen, credit_fen)
  select v.book_id, e.account_id, v.year, v.month, coalesce(e.project_id, 0),
    case v.kind when 'close' then 1 when 'year-close' then 2 else 0 end, sum(e.debit_fen), sum(e.credit_fen)
  from funds.voucher v join funds.entry e on e.voucher_id = v.id where v.id = any(of_vouchers)
  group by 1, 2, 3, 4, 5, 6 order by 1, 2, 3, 4, 5, 6
  on conflict (book_id, account_id, year, month, project_id, closing)
    do update set debit_fen = s.debit_fen + excluded.debit_fen, credit_fen = s.credit_fen + excluded.credit_fen
$$;
revoke execute on function funds.add_sums(bigint[]) from public;

-- Posts reviewed vouchers of one book in the order given: checks, numbers, chains, sums. One lane a book: the row of the
-- book is locked, so that numbers have no gap and two payments can't spend the same money.
drop function funds.post(bigint[], bigint, text);
create function funds.post(vouchers bigint[], by_id bigint, by_name text)
returns table (posted_id bigint, posted_month int, posted_no int, posted_summary text)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  voucher_id bigint;
  v funds.voucher;
  b funds.book;
  in_year int := 0;
  in_month int := 0;
  lines int;
  debit bigint;
  credit bigint;
  strange int;
  number int;
begin
  for b in select * from funds.book k where k.id in (select x.book_id from funds.voucher x where x.id = any(vouchers))
      order by k.id for update loop
    if in_year <> 0 then raise exception 'two-books' using errcode = 'ZJ003'; end if;
    in_year := -1;
  end loop;
  -- The row as it is now that the lane is ours.
  select * into b from funds.book k where k.id = (select x.book_id from funds.voucher x where x.id = vouchers[1]);
  if not found then raise exception 'voucher-not-reviewed' using errcode = 'ZJ003'; end if;
  foreach voucher_id in array vouchers loop
    select * into v from funds.voucher x where x.id = voucher_id for update;
    if not found or v.state <> 'reviewed' then raise exception 'voucher-not-reviewed' using errcode = 'ZJ003'; end if;
    select count(*), coalesce(sum(e.debit_fen), 0), coalesce(sum(e.credit_fen), 0),
        count(*) filter (where a.book_id <> v.book_id or p.book_id <> v.book_id or e.book_id <> v.book_id or e.on_date <> v.on_date)
      into lines, debit, credit, strange
      from funds.entry e join funds.account a on a.id = e.account_id left join funds.project p on p.id = e.project_id
      where e.voucher_id = v.id;
    if lines < 2 then raise exception 'voucher-lines' using errcode = 'ZJ003'; end if;
    if debit <> credit then raise exception 'voucher-unbalanced' using errcode = 'ZJ003'; end if;
    if strange > 0 then raise exception 'account-foreign' using errcode = 'ZJ003'; end if;
    if v.on_date < b.opened_on then raise exception 'period-missing' using errcode = 'ZJ003'; end if;
    if (v.year, v.month) <> (in_year, in_month) then
      if in_year > 0 then
        update funds.period p set last_no = number where p.book_id = b.id and p.year = in_year and p.month = in_month;
      end if;
      in_year := v.year; in_month := v.month;
      insert into funds.period (book_id, year, month) values (v.book_id, v.year, v.month) on conflict do nothing;
      select p.last_no into number from funds.period p
        where p.book_id = v.book_id and p.year = v.year and p.month = v.month and p.state = 'open' for update;
      if not found then raise exception 'period-closed' using errcode = 'ZJ003'; end if;
    end if;
    number := number + 1;
    b.last_seq := b.last_seq + 1;
    v.no := number; v.seq := b.last_seq; v.prev_hash := b.last_hash;
    v.posted_by := by_id; v.posted_name := by_name; v.posted_at := now();
    select coalesce(string_agg(encode(f.sha256, 'hex'), ',' order by l.id), '') into v.file_hashes
      from kernel.file_link l join kernel.file f on f.id = l.file_id
      where l.object_kind = 'voucher' and l.object_id = v.id and l.removed_at is null;
    v.hash := sha256(v.prev_hash || convert_to(funds.canonical(v), 'UTF8'));
    b.last_hash := v.hash;
    update funds.voucher x set state = 'posted', no = v.no, seq = v.seq, prev_hash = v.prev_hash, hash = v.hash,
      file_hashes = v.file_hashes, posted_by = v.posted_by, posted_name = v.posted_name, posted_at = v.posted_at,
      total_fen = debit, returned = null
      where x.id = v.id;
    if v.reverses_id is not null then
      update funds.invoice i set released = true where i.voucher_id = v.reverses_id;
    end if;
    posted_id := v.id; posted_month := v.month; posted_no := v.no; posted_summary := v.summary;
    return next;
  end loop;
  update funds.period p set last_no = number where p.book_id = b.id and p.year = in_year and p.month = in_month;
  update funds.book k set last_seq = b.last_seq, last_hash = b.last_hash where k.id = b.id;
  perform funds.add_sums(vouchers);
  -- Cash and bank accounts never go below nothing; taking back an error may.
  perform 1 from (
      select e.account_id from funds.voucher x join funds.entry e on e.voucher_id = x.id join funds.account a on a.id = e.account_id
      where x.id = any(vouchers) and x.kind not in ('red', 'correction') and a.code ~ '^10[12]'
      group by e.account_id having sum(e.credit_fen - e.debit_fen) > 0) paid
    where (select sum(s.debit_fen - s.credit_fen) from funds.month_sum s
           where s.book_id = b.id and s.account_id = paid.account_id) < 0;
  if found then raise exception 'overdrawn' using errcode = 'ZJ003'; end if;
end $$;
revoke execute on function funds.post(bigint[], bigint, text) from public;
