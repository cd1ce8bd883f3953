-- Posting and verifying in sets: content, chain and sums of a whole batch come from one statement each, planned once a
-- connection. Sums by day beside those by month: a trial balance of any day reads no line. The hash covers what it covered.

-- Sums of what is posted by day, kept by funds.post beside those of the month. project_id 0: none.
create table funds.day_sum (
  book_id    bigint   not null references funds.book,
  on_date    date     not null,
  account_id bigint   not null references funds.account,
  project_id bigint   not null default 0,
  -- 0 business, 1 期末结转, 2 年末结转
  closing    smallint not null default 0,
  debit_fen  bigint   not null,
  credit_fen bigint   not null,
  primary key (book_id, on_date, account_id, project_id, closing)
);
insert into funds.day_sum (book_id, on_date, account_id, project_id, closing, debit_fen, credit_fen)
  select v.book_id, v.on_date, e.account_id, coalesce(e.project_id, 0),
    case v.kind when 'close' then 1 when 'year-close' then 2 else 0 end, sum(e.debit_fen), sum(e.credit_fen)
  from funds.voucher v join funds.entry e on e.voucher_id = v.id where v.state = 'posted' group by 1, 2, 3, 4, 5;

drop function funds.add_sums(bigint[]);

-- What the hash covers, in three parts: the voucher's own words (as values, so that it can be read before they are stored),
-- its lines, its invoices.
drop function funds.canonical(funds.voucher);
create function funds.heading(book_id bigint, seq bigint, year int, month int, no int, on_date date, kind text, summary text,
    attachments int, source text, reverses_id bigint, corrects_id bigint, prepared_by bigint, prepared_name text,
    reviewed_by bigint, reviewed_name text, approved_by bigint, approved_name text, cashier_by bigint, cashier_name text,
    posted_by bigint, posted_name text, file_hashes text) returns text language sql stable
  return concat_ws(',', 'v2', funds.part(book_id::text), funds.part(seq::text), funds.part(year::text),
    funds.part(month::text), funds.part(no::text), funds.part(to_char(on_date, 'YYYY-MM-DD')), funds.part(kind),
    funds.part(summary), funds.part(attachments::text), funds.part(source), funds.part(reverses_id::text),
    funds.part(corrects_id::text), funds.part(prepared_by::text), funds.part(prepared_name),
    funds.part(reviewed_by::text), funds.part(reviewed_name), funds.part(approved_by::text),
    funds.part(approved_name), funds.part(cashier_by::text), funds.part(cashier_name),
    funds.part(posted_by::text), funds.part(posted_name), funds.part(file_hashes));

create function funds.lines_of(of_vouchers bigint[])
returns table (voucher_id bigint, content text, lines bigint, debit_fen bigint, credit_fen bigint, books bigint[], days date[], pays boolean)
language sql stable as $$
  select e.voucher_id,
    string_agg(concat_ws(',', '', funds.part(e.line::text), funds.part(a.code), funds.part(e.debit_fen::text),
      funds.part(e.credit_fen::text), funds.part(p.code), funds.part(e.economic_class), funds.part(e.spending_kind),
      funds.part(e.counterparty), funds.part(e.summary)), ';' order by e.line),
    count(*), sum(e.debit_fen)::bigint, sum(e.credit_fen)::bigint,
    -- every book and day that the lines speak of; more than the voucher's own is a fault
    array[min(least(e.book_id, a.book_id, p.book_id)), max(greatest(e.book_id, a.book_id, p.book_id))],
    array[min(e.on_date), max(e.on_date)],
    bool_or(left(a.code, 3) in ('101', '102') and e.credit_fen > e.debit_fen)
  from funds.entry e join funds.account a on a.id = e.account_id left join funds.project p on p.id = e.project_id
  where e.voucher_id = any(of_vouchers) group by e.voucher_id
$$;

create function funds.invoices_of(of_vouchers bigint[]) returns table (voucher_id bigint, content text)
language sql stable as $$
  select i.voucher_id, string_agg(concat_ws(',', '', funds.part(i.number), funds.part(i.amount_fen::text)), ';' order by i.number)
  from funds.invoice i where i.voucher_id = any(of_vouchers) group by i.voucher_id
$$;

-- SHA-256 of the files attached to vouchers, in the order they were attached.
create function funds.files_of(of_vouchers bigint[]) returns table (voucher_id bigint, hashes text)
language sql stable as $$
  select l.object_id, string_agg(encode(f.sha256, 'hex'), ',' order by l.id)
  from kernel.file_link l join kernel.file f on f.id = l.file_id
  where l.object_kind = 'voucher' and l.removed_at is null and l.object_id = any(of_vouchers) group by l.object_id
$$;

-- Each hash covers the one before and its voucher's content; `first` is the end of the chain so far.
create function funds.link(state bytea, first bytea, content text) returns bytea language plpgsql stable
  as $$ begin return sha256(coalesce(state, first) || convert_to(content, 'UTF8')); end $$;
create aggregate funds.chained(bytea, text) (sfunc = funds.link, stype = bytea);

-- Posts reviewed vouchers of one book in the order given: checks, numbers, chains, sums. One lane a book: the row of the
-- book is locked, so that numbers have no gap and two payments can't spend the same money.
-- Its plans are made once a connection: to plan them takes longer than to post.
create or replace function funds.post(vouchers bigint[], by_id bigint, by_name text)
returns table (posted_id bigint, posted_month int, posted_no int, posted_summary text)
language plpgsql security definer set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
declare
  b funds.book;
  one record;
  known int;
  strange int;
  pays boolean := false;
  takes_back boolean := false;
begin
  select * into b from funds.book k where k.id = (select x.book_id from funds.voucher x where x.id = vouchers[1]) for update;
  if not found then raise exception 'voucher-not-reviewed' using errcode = 'ZJ003'; end if;
  select count(*) filter (where x.state = 'reviewed'), count(*) filter (where x.book_id <> b.id) into known, strange
    from (select y.state, y.book_id from funds.voucher y where y.id = any(vouchers) order by y.id for update) x;
  if strange > 0 then raise exception 'two-books' using errcode = 'ZJ003'; end if;
  if known <> cardinality(vouchers) then raise exception 'voucher-not-reviewed' using errcode = 'ZJ003'; end if;

  -- Numbers of a month that is open; of another none are taken.
  with months as (
    select x.year, x.month, count(*)::int as n from funds.voucher x where x.id = any(vouchers) group by 1, 2),
  taken as (
    insert into funds.period as p (book_id, year, month, last_no) select b.id, m.year, m.month, m.n from months m order by 2, 3
    on conflict (book_id, year, month) do update set last_no = p.last_no + excluded.last_no where p.state = 'open' returning 1)
  select (select count(*) from months) - (select count(*) from taken) into strange;
  if strange > 0 then raise exception 'period-closed' using errcode = 'ZJ003'; end if;

  for one in
    with own as (
      select x.*, b.last_seq + u.ord as new_seq,
        (p.last_no - count(*) over (partition by x.year, x.month)
          + row_number() over (partition by x.year, x.month order by u.ord))::int as new_no
      from unnest(vouchers) with ordinality u (id, ord) join funds.voucher x on x.id = u.id
        join funds.period p on p.book_id = x.book_id and p.year = x.year and p.month = x.month),
    told as (
      select o.id, o.new_seq, o.new_no, coalesce(f.hashes, '') as hashes, l.lines, l.debit_fen, l.credit_fen, l.books, l.days, l.pays,
        funds.heading(o.book_id, o.new_seq, o.year, o.month, o.new_no, o.on_date, o.kind, o.summary, o.attachments, o.source,
          o.reverses_id, o.corrects_id, o.prepared_by, o.prepared_name, o.reviewed_by, o.reviewed_name, o.approved_by,
          o.approved_name, o.cashier_by, o.cashier_name, by_id, by_name, coalesce(f.hashes, ''))
        || coalesce(l.content, '') || coalesce(i.content, '') as content
      from own o left join funds.lines_of(vouchers) l on l.voucher_id = o.id
        left join funds.invoices_of(vouchers) i on i.voucher_id = o.id left join funds.files_of(vouchers) f on f.voucher_id = o.id),
    hashed as (select t.*, funds.chained(b.last_hash, t.content) over (order by t.new_seq) as new_hash from told t),
    linked as (select h.*, lag(h.new_hash, 1, b.last_hash) over (order by h.new_seq) as link from hashed h),
    done as (
      update funds.voucher x set state = 'posted', no = l.new_no, seq = l.new_seq, prev_hash = l.link, hash = l.new_hash,
        file_hashes = l.hashes, posted_by = by_id, posted_name = by_name, posted_at = now(),
        total_fen = coalesce(l.debit_fen, 0), returned = null
      from linked l where x.id = l.id
      returning x.id, x.seq, x.month, x.no, x.summary, x.hash, x.on_date, x.kind, x.reverses_id, l.lines, l.debit_fen, l.credit_fen,
        l.books, l.days, l.pays)
    select d.* from done d order by d.seq
  loop
    if coalesce(one.lines, 0) < 2 then raise exception 'voucher-lines' using errcode = 'ZJ003'; end if;
    if one.debit_fen <> one.credit_fen then raise exception 'voucher-unbalanced' using errcode = 'ZJ003'; end if;
    if one.books <> array[b.id, b.id] or one.days <> array[one.on_date, one.on_date] then
      raise exception 'account-foreign' using errcode = 'ZJ003';
    end if;
    if one.on_date < b.opened_on then raise exception 'period-missing' using errcode = 'ZJ003'; end if;
    pays := pays or (one.pays and one.kind not in ('red', 'correction'));
    takes_back := takes_back or one.reverses_id is not null;
    b.last_seq := one.seq; b.last_hash := one.hash;
    posted_id := one.id; posted_month := one.month; posted_no := one.no; posted_summary := one.summary;
    return next;
  end loop;
  update funds.book k set last_seq = b.last_seq, last_hash = b.last_hash where k.id = b.id;
  if takes_back then
    update funds.invoice i set released = true
      where i.voucher_id in (select x.reverses_id from funds.voucher x where x.id = any(vouchers));
  end if;
  -- The sums of days and months.
  with moved as (
    select x.book_id, x.on_date, x.year, x.month, e.account_id, coalesce(e.project_id, 0) as project_id,
      case x.kind when 'close' then 1 when 'year-close' then 2 else 0 end as closing,
      sum(e.debit_fen) as debit, sum(e.credit_fen) as credit
    from funds.voucher x join funds.entry e on e.voucher_id = x.id where x.id = any(vouchers)
    group by 1, 2, 3, 4, 5, 6, 7),
  days as (
    insert into funds.day_sum as s (book_id, on_date, account_id, project_id, closing, debit_fen, credit_fen)
    select book_id, on_date, account_id, project_id, closing, debit, credit from moved order by 1, 2, 3, 4, 5
    on conflict (book_id, on_date, account_id, project_id, closing)
      do update set debit_fen = s.debit_fen + excluded.debit_fen, credit_fen = s.credit_fen + excluded.credit_fen)
  insert into funds.month_sum as s (book_id, account_id, year, month, project_id, closing, debit_fen, credit_fen)
  select book_id, account_id, year, month, project_id, closing, sum(debit), sum(credit) from moved
  group by 1, 2, 3, 4, 5, 6 order by 1, 2, 3, 4, 5, 6
  on conflict (book_id, account_id, year, month, project_id, closing)
    do update set debit_fen = s.debit_fen + excluded.debit_fen, credit_fen = s.credit_fen + excluded.credit_fen;
  -- Cash and bank accounts never go below nothing; taking back an error may.
  if pays then
    perform 1 from (
        select e.account_id from funds.voucher x join funds.entry e on e.voucher_id = x.id join funds.account a on a.id = e.account_id
        where x.id = any(vouchers) and x.kind not in ('red', 'correction') and a.code ~ '^10[12]'
        group by e.account_id having sum(e.credit_fen - e.debit_fen) > 0) paid
      where (select sum(s.debit_fen - s.credit_fen) from funds.month_sum s
             where s.book_id = b.id and s.account_id = paid.account_id) < 0;
    if found then raise exception 'overdrawn' using errcode = 'ZJ003'; end if;
  end if;
end $$;

-- What refuses looks at what a statement did as a whole: a thousand lines are one question.
drop trigger voucher_is_final on funds.voucher;
drop function funds.voucher_is_final();
create function funds.vouchers_are_final() returns trigger language plpgsql as $$
begin
  if tg_op <> 'INSERT' then
    perform 1 from gone where state = 'posted' limit 1;
    if found then
      raise exception 'voucher-posted' using errcode = 'ZJ002', detail = 'a posted voucher is never changed; reverse it in red';
    end if;
  end if;
  if tg_op <> 'DELETE' then
    perform 1 from came where state = 'posted' limit 1;
    if found and current_user <> (select pg_get_userbyid(relowner) from pg_class where oid = tg_relid) then
      raise exception 'posting-only-by-function' using errcode = 'ZJ002', detail = 'vouchers are posted by funds.post';
    end if;
  end if;
  return null;
end $$;
create trigger vouchers_drawn after insert on funds.voucher referencing new table as came
  for each statement execute function funds.vouchers_are_final();
create trigger vouchers_changed after update on funds.voucher referencing old table as gone new table as came
  for each statement execute function funds.vouchers_are_final();
create trigger vouchers_deleted after delete on funds.voucher referencing old table as gone
  for each statement execute function funds.vouchers_are_final();

drop trigger entry_is_final on funds.entry;
drop trigger invoice_is_final on funds.invoice;
drop function funds.line_is_final();
create function funds.lines_are_final() returns trigger language plpgsql as $$
declare posted boolean := false;
begin
  if tg_op = 'UPDATE' and tg_table_name = 'invoice'
     and current_user = (select pg_get_userbyid(relowner) from pg_class where oid = tg_relid) then
    -- funds.post frees the number of an invoice whose voucher was reversed, and nothing else of it
    perform 1 from gone g full join came c on c.id = g.id
      where (to_jsonb(g) - 'released') is distinct from (to_jsonb(c) - 'released') limit 1;
    if not found then return null; end if;
  end if;
  if tg_op <> 'INSERT' then
    posted := exists (select from gone g join funds.voucher v on v.id = g.voucher_id where v.state = 'posted');
  end if;
  if tg_op <> 'DELETE' and not posted then
    posted := exists (select from came c join funds.voucher v on v.id = c.voucher_id where v.state = 'posted');
  end if;
  if posted then
    raise exception 'voucher-posted' using errcode = 'ZJ002', detail = 'lines of a posted voucher are never changed';
  end if;
  return null;
end $$;
create trigger entries_drawn after insert on funds.entry referencing new table as came
  for each statement execute function funds.lines_are_final();
create trigger entries_changed after update on funds.entry referencing old table as gone new table as came
  for each statement execute function funds.lines_are_final();
create trigger entries_deleted after delete on funds.entry referencing old table as gone
  for each statement execute function funds.lines_are_final();
create trigger invoices_drawn after insert on funds.invoice referencing new table as came
  for each statement execute function funds.lines_are_final();
create trigger invoices_changed after update on funds.invoice referencing old table as gone new table as came
  for each statement execute function funds.lines_are_final();
create trigger invoices_deleted after delete on funds.invoice referencing old table as gone
  for each statement execute function funds.lines_are_final();

-- What posted vouchers of a book say at a stretch of the chain against what they said when posted. One row a voucher at fault.
create function funds.walk(of_book bigint, from_seq bigint, to_seq bigint, end_before bytea)
returns table (id bigint, year int, month int, no int, content boolean, linked boolean, balanced boolean, files boolean)
language plpgsql stable as $$
declare stretch bigint[] := array(select v.id from funds.voucher v where v.book_id = of_book and v.seq between from_seq and to_seq);
begin
  return query
    with told as (
      select v.id, v.seq, v.year::int, v.month::int, v.no, v.hash, v.prev_hash,
        v.file_hashes = coalesce(f.hashes, '') as files,
        coalesce(v.total_fen = l.debit_fen and v.total_fen = l.credit_fen, false) as balanced,
        funds.heading(v.book_id, v.seq, v.year, v.month, v.no, v.on_date, v.kind, v.summary, v.attachments, v.source,
          v.reverses_id, v.corrects_id, v.prepared_by, v.prepared_name, v.reviewed_by, v.reviewed_name, v.approved_by,
          v.approved_name, v.cashier_by, v.cashier_name, v.posted_by, v.posted_name, v.file_hashes)
        || coalesce(l.content, '') || coalesce(i.content, '') as content
      from funds.voucher v left join funds.lines_of(stretch) l on l.voucher_id = v.id
        left join funds.invoices_of(stretch) i on i.voucher_id = v.id left join funds.files_of(stretch) f on f.voucher_id = v.id
      where v.book_id = of_book and v.seq between from_seq and to_seq),
    judged as (
      select t.*, t.hash = sha256(t.prev_hash || convert_to(t.content, 'UTF8')) as told_true,
        t.prev_hash = lag(t.hash, 1, end_before) over (order by t.seq)
          and t.seq = from_seq - 1 + row_number() over (order by t.seq) as follows
      from told t)
    select j.id, j.year, j.month, j.no, j.told_true, j.follows, j.balanced, j.files from judged j
    where not (j.told_true and j.follows and j.balanced and j.files) order by j.seq;
end $$;
revoke execute on all functions in schema funds from public;
