-- The journal of a union's money: 工会会计制度 (财会〔2021〕7号), double entry in integer fen. What is posted stays: the
-- database itself refuses to change it, numbers it without gaps and chains it by hash. 会计软件基本功能和服务规范 (财会〔2024〕12号) §21.
create schema funds;

-- One book per union with an account of its own (a layer of the organisation).
create table funds.book (
  id         bigint generated always as identity primary key,
  unit_id    bigint not null unique references organisation.unit,
  -- first day of the first month kept here; earlier turnover comes in with the opening balances
  opened_on  date   not null check (extract(day from opened_on) = 1),
  -- small: a union without an accountant of its own, minimal separation of duties
  profile    text collate "C" not null default 'normal' check (profile in ('normal', 'small')),
  -- when 期末结转 happens: every month (the rule) or once in December
  closing    text collate "C" not null default 'monthly' check (closing in ('monthly', 'yearly')),
  -- also shows the accounts of county unions
  wide_chart boolean not null default false,
  -- the end of the chain; only funds.post moves it
  last_seq   bigint not null default 0,
  last_hash  bytea  not null default '\x',
  created_at timestamptz not null default now(),
  created_by bigint not null
);

-- The chart: book_id null is the regulation's, seeded by 0111; a book adds details below it.
create table funds.account (
  id         bigint generated always as identity primary key,
  book_id    bigint references funds.book,
  code       text collate "C" not null check (code ~ '^[1-5][0-9]{2,11}$'),
  name       text not null check (length(name) between 1 and 60),
  initials   text collate "C" not null default '',
  parent_id  bigint references funds.account,
  class      text collate "C" not null check (class in ('asset', 'liability', 'net', 'income', 'expense')),
  side       text collate "C" not null check (side in ('debit', 'credit')),
  -- in the table of grassroots unions (主要科目); the others are shown when asked for
  main_table boolean not null default false,
  county_only boolean not null default false,
  -- false: the regulation says that only its details are used
  direct     boolean not null default true,
  -- a book's detail that stands beside its parent instead of replacing it
  beside     boolean not null default false,
  valid_from date not null default '2022-01-01',
  valid_to   date not null default 'infinity' check (valid_to > valid_from),
  created_at timestamptz not null default now()
);
create unique index account_code on funds.account (coalesce(book_id, 0), code);
create index account_parent on funds.account (parent_id);

-- Money with a purpose. tied = 专项, closes to 321; free = 非专项, closes to 322.
create table funds.project (
  id          bigint generated always as identity primary key,
  book_id     bigint not null references funds.book,
  code        text collate "C" not null check (code ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$'),
  name        text not null check (length(name) between 1 and 100),
  fund_kind   text collate "C" not null check (fund_kind in ('tied', 'free')),
  purpose     text,
  donor       text,
  document    text,
  budget_line_id bigint,
  opened_on   date not null,
  finished_on date check (finished_on >= opened_on),
  created_at  timestamptz not null default now(),
  created_by  bigint not null,
  unique (book_id, code)
);

create table funds.period (
  book_id   bigint   not null references funds.book,
  year      smallint not null,
  month     smallint not null check (month between 1 and 12),
  state     text collate "C" not null default 'open' check (state in ('open', 'closed')),
  last_no   int      not null default 0,
  closed_at timestamptz,
  closed_by bigint,
  primary key (book_id, year, month),
  check ((state = 'closed') = (closed_at is not null))
);

-- Balances brought in from the book before: on 1 January, and the turnover from then until the first month kept here.
create table funds.opening (
  id          bigint generated always as identity primary key,
  book_id     bigint not null references funds.book,
  account_id  bigint not null references funds.account,
  project_id  bigint references funds.project,
  -- debit positive, on 1 January of the year in which the book opens
  balance_fen bigint not null default 0,
  -- turnover of that year before opened_on, without closing
  debit_fen   bigint not null default 0,
  credit_fen  bigint not null default 0,
  -- what the old book's monthly closing moved, debit positive
  closing_fen bigint not null default 0
);
create unique index opening_row on funds.opening (book_id, account_id, coalesce(project_id, 0));

create table funds.voucher (
  id          bigint generated always as identity primary key,
  book_id     bigint   not null references funds.book,
  year        smallint not null,
  month       smallint not null,
  on_date     date     not null,
  -- 记-MM-no, given when posted
  no          int check (no > 0),
  kind        text collate "C" not null default 'business'
    check (kind in ('business', 'red', 'correction', 'depreciation', 'close', 'year-close')),
  summary     text not null check (length(summary) between 1 and 200),
  attachments int  not null default 0 check (attachments between 0 and 9999),
  -- carbon of the record it pays for or comes from: the path of the thing in the app, spending/12. Posts once.
  source      text collate "C",
  state       text collate "C" not null default 'draft' check (state in ('draft', 'reviewed', 'posted')),
  total_fen   bigint not null default 0,
  reverses_id bigint references funds.voucher,
  corrects_id bigint references funds.voucher,
  prepared_by bigint not null, prepared_name text not null, prepared_at timestamptz not null default now(),
  reviewed_by bigint, reviewed_name text, reviewed_at timestamptz,
  approved_by bigint, approved_name text, approved_at timestamptz,
  cashier_by  bigint, cashier_name  text,
  posted_by   bigint, posted_name   text, posted_at timestamptz,
  -- why a reviewer sent it back
  returned    text,
  version     int not null default 1,
  seq         bigint,
  prev_hash   bytea,
  hash        bytea,
  check (year = extract(year from on_date) and month = extract(month from on_date)),
  check ((state = 'posted') = (no is not null)),
  check ((state = 'posted') = (hash is not null and prev_hash is not null and seq is not null and posted_at is not null)),
  check (state = 'draft' or reviewed_by is not null),
  -- who prepares does not review; 0 is the system, which prepares closings and what an approved record leads to
  check (reviewed_by is null or reviewed_by <> prepared_by or reviewed_by = 0)
);
create unique index voucher_number on funds.voucher (book_id, year, month, no) where no is not null;
create unique index voucher_seq on funds.voucher (book_id, seq) where seq is not null;
create unique index voucher_source on funds.voucher (book_id, source) where source is not null;
create unique index voucher_reversed_once on funds.voucher (reverses_id) where reverses_id is not null;
create index voucher_list on funds.voucher (book_id, on_date, id);

create table funds.entry (
  voucher_id bigint   not null references funds.voucher on delete cascade,
  line       smallint not null check (line between 1 and 999),
  account_id bigint   not null references funds.account,
  -- one side a line; negative is red
  debit_fen  bigint   not null default 0,
  credit_fen bigint   not null default 0,
  project_id bigint   references funds.project,
  -- 部门预算支出经济分类 款
  economic_class text collate "C" check (economic_class ~ '^[0-9]{3,7}$'),
  -- 基本支出 / 项目支出 of a spending line
  spending_kind text collate "C" check (spending_kind in ('basic', 'project')),
  counterparty text,
  summary    text not null default '',
  primary key (voucher_id, line),
  check ((debit_fen <> 0) <> (credit_fen <> 0))
);
create index entry_account on funds.entry (account_id, voucher_id, line);
create index entry_project on funds.entry (project_id) where project_id is not null;

-- Invoices behind vouchers: a number is paid once in a book.
create table funds.invoice (
  id         bigint generated always as identity primary key,
  book_id    bigint not null references funds.book,
  voucher_id bigint not null references funds.voucher on delete cascade,
  number     text collate "C" not null check (length(number) between 1 and 60),
  amount_fen bigint,
  issued_on  date,
  seller     text,
  -- the voucher was reversed: the number may be booked again
  released   boolean not null default false
);
create unique index invoice_number on funds.invoice (book_id, number) where not released;
create index invoice_voucher on funds.invoice (voucher_id);

-- Sums of what is posted, kept by funds.post: a trial balance of any day reads these and one month's entries.
-- month 0 holds the balances of 1 January that came with the opening. project_id 0: none.
create table funds.month_sum (
  book_id    bigint   not null references funds.book,
  account_id bigint   not null references funds.account,
  year       smallint not null,
  month      smallint not null check (month between 0 and 12),
  project_id bigint   not null default 0,
  -- 0 business, 1 期末结转, 2 年末结转
  closing    smallint not null default 0,
  debit_fen  bigint   not null,
  credit_fen bigint   not null,
  primary key (book_id, account_id, year, month, project_id, closing)
);

-- A part of the hashed content: its length in bytes, so that no two contents read alike.
create function funds.part(text) returns text language sql immutable parallel safe
  return case when $1 is null then '-' else octet_length($1)::text || ':' || $1 end;

-- What the hash of a voucher covers: everything an auditor reads.
create function funds.canonical(v funds.voucher) returns text language sql stable
  return concat_ws(',', 'v1', funds.part(v.book_id::text), funds.part(v.seq::text), funds.part(v.year::text),
      funds.part(v.month::text), funds.part(v.no::text), funds.part(to_char(v.on_date, 'YYYY-MM-DD')), funds.part(v.kind),
      funds.part(v.summary), funds.part(v.attachments::text), funds.part(v.source), funds.part(v.reverses_id::text),
      funds.part(v.corrects_id::text), funds.part(v.prepared_by::text), funds.part(v.prepared_name),
      funds.part(v.reviewed_by::text), funds.part(v.reviewed_name), funds.part(v.approved_by::text),
      funds.part(v.approved_name), funds.part(v.cashier_by::text), funds.part(v.cashier_name),
      funds.part(v.posted_by::text), funds.part(v.posted_name))
    || coalesce((select string_agg(concat_ws(',', '', funds.part(e.line::text), funds.part(a.code),
        funds.part(e.debit_fen::text), funds.part(e.credit_fen::text), funds.part(p.code), funds.part(e.economic_class),
        funds.part(e.spending_kind), funds.part(e.counterparty), funds.part(e.summary)), ';' order by e.line)
      from funds.entry e join funds.account a on a.id = e.account_id left join funds.project p on p.id = e.project_id
      where e.voucher_id = v.id), '')
    || coalesce((select string_agg(concat_ws(',', '', funds.part(i.number), funds.part(i.amount_fen::text)), ';' order by i.number)
      from funds.invoice i where i.voucher_id = v.id), '');

-- Triggers only refuse. Posting happens in funds.post alone, which runs as the owner of these tables.
create function funds.voucher_is_final() returns trigger language plpgsql as $$
begin
  if tg_op <> 'INSERT' and old.state = 'posted' then
    raise exception 'voucher-posted' using errcode = 'ZJ002', detail = 'a posted voucher is never changed; reverse it in red';
  end if;
  if tg_op <> 'DELETE' and new.state = 'posted'
     and current_user <> (select pg_get_userbyid(relowner) from pg_class where oid = tg_relid) then
    raise exception 'posting-only-by-function' using errcode = 'ZJ002', detail = 'vouchers are posted by funds.post';
  end if;
  return coalesce(new, old);
end $$;
create trigger voucher_is_final before insert or update or delete on funds.voucher
  for each row execute function funds.voucher_is_final();

create function funds.line_is_final() returns trigger language plpgsql as $$
declare posted boolean;
begin
  select state = 'posted' into posted from funds.voucher
    where id in (case when tg_op <> 'INSERT' then old.voucher_id end, case when tg_op <> 'DELETE' then new.voucher_id end)
    order by state = 'posted' desc limit 1;
  if posted then
    if tg_op = 'UPDATE' and tg_table_name = 'invoice'
       and current_user = (select pg_get_userbyid(relowner) from pg_class where oid = tg_relid)
       and (to_jsonb(old) - 'released') = (to_jsonb(new) - 'released') then
      return new;
    end if;
    raise exception 'voucher-posted' using errcode = 'ZJ002', detail = 'lines of a posted voucher are never changed';
  end if;
  return coalesce(new, old);
end $$;
create trigger entry_is_final before insert or update or delete on funds.entry
  for each row execute function funds.line_is_final();
create trigger invoice_is_final before insert or update or delete on funds.invoice
  for each row execute function funds.line_is_final();

-- The project and the account behind posted lines mean what they meant.
create function funds.meaning_is_final() returns trigger language plpgsql as $$
begin
  if tg_table_name = 'account' then
    if (to_jsonb(old) - '{name,initials,valid_to,beside}'::text[]) <> (to_jsonb(new) - '{name,initials,valid_to,beside}'::text[])
    then raise exception 'account-final' using errcode = 'ZJ002'; end if;
  elsif (old.book_id, old.code, old.fund_kind) is distinct from (new.book_id, new.code, new.fund_kind)
    then raise exception 'project-final' using errcode = 'ZJ002'; end if;
  return new;
end $$;
create trigger account_is_final before update on funds.account for each row execute function funds.meaning_is_final();
create trigger project_is_final before update on funds.project for each row execute function funds.meaning_is_final();

-- Adds to the sums what one posted voucher moved.
create function funds.add_sums(of_voucher bigint) returns void language sql as $$
  insert into funds.month_sum as s (book_id, account_id, year, month, project_id, closing, debit_fen, credit_fen)
  select v.book_id, e.account_id, v.year, v.month, coalesce(e.project_id, 0),
    case v.kind when 'close' then 1 when 'year-close' then 2 else 0 end, sum(e.debit_fen), sum(e.credit_fen)
  from funds.voucher v join funds.entry e on e.voucher_id = v.id where v.id = of_voucher
  group by 1, 2, 3, 4, 5, 6 order by 2, 5
  on conflict (book_id, account_id, year, month, project_id, closing)
    do update set debit_fen = s.debit_fen + excluded.debit_fen, credit_fen = s.credit_fen + excluded.credit_fen
$$;

-- Posts reviewed vouchers of one book in the order given: checks, numbers, chains, sums. One lane a book: the row of the
-- book is locked, so that numbers have no gap and two payments can't spend the same money.
create function funds.post(vouchers bigint[], by_id bigint, by_name text) returns void
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
        count(*) filter (where a.book_id <> v.book_id or p.book_id <> v.book_id)
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
    v.hash := sha256(v.prev_hash || convert_to(funds.canonical(v), 'UTF8'));
    update funds.voucher x set state = 'posted', no = v.no, seq = v.seq, prev_hash = v.prev_hash, hash = v.hash,
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

-- Takes a book's lane before looking at its balances; held until the transaction ends.
create function funds.lane(of_book bigint) returns void
language sql security definer set search_path = pg_catalog, pg_temp
  as $$ select 1 from funds.book where id = of_book for update $$;

-- Closes a month: every voucher of it posted, numbers without gap, every earlier month closed. Never reopened.
create function funds.close_period(of_book bigint, in_year int, in_month int, by_id bigint) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare p funds.period;
begin
  perform 1 from funds.book where id = of_book for update;
  insert into funds.period (book_id, year, month) values (of_book, in_year, in_month) on conflict do nothing;
  select * into p from funds.period where book_id = of_book and year = in_year and month = in_month for update;
  if p.state = 'closed' then return; end if;
  perform 1 from funds.voucher where book_id = of_book and year = in_year and month = in_month and state <> 'posted';
  if found then raise exception 'vouchers-unposted' using errcode = 'ZJ003'; end if;
  perform 1 from funds.book b,
      generate_series(date_trunc('month', b.opened_on), make_date(in_year, in_month, 1) - interval '1 month', interval '1 month') m
    where b.id = of_book and not exists (select from funds.period q where q.book_id = of_book and q.state = 'closed'
      and q.year = extract(year from m) and q.month = extract(month from m));
  if found then raise exception 'earlier-open' using errcode = 'ZJ003'; end if;
  perform 1 from funds.voucher where book_id = of_book and year = in_year and month = in_month
    having count(*) <> p.last_no or coalesce(max(no), 0) <> p.last_no;
  if found then raise exception 'number-gap' using errcode = 'ZJ003'; end if;
  update funds.period set state = 'closed', closed_at = now(), closed_by = by_id
    where book_id = of_book and year = in_year and month = in_month;
end $$;

-- Brings the opening balances into the sums, while nothing is posted yet.
create function funds.open_sums(of_book bigint) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare b funds.book; lump int;
begin
  select * into b from funds.book where id = of_book for update;
  if b.last_seq > 0 then raise exception 'book-in-use' using errcode = 'ZJ003'; end if;
  perform 1 from funds.opening where book_id = of_book
    having sum(balance_fen) <> 0 or sum(debit_fen) <> sum(credit_fen) or sum(closing_fen) <> 0;
  if found then raise exception 'opening-unbalanced' using errcode = 'ZJ003'; end if;
  delete from funds.month_sum where book_id = of_book;
  lump := extract(month from b.opened_on)::int - 1;
  perform 1 from funds.opening where book_id = of_book and lump = 0 and (debit_fen, credit_fen, closing_fen) <> (0, 0, 0);
  if found then raise exception 'opening-turnover-in-january' using errcode = 'ZJ003'; end if;
  insert into funds.month_sum (book_id, account_id, year, month, project_id, closing, debit_fen, credit_fen)
    select of_book, account_id, extract(year from b.opened_on), 0, coalesce(project_id, 0), 0,
      greatest(balance_fen, 0), greatest(-balance_fen, 0) from funds.opening where book_id = of_book and balance_fen <> 0
    union all
    select of_book, account_id, extract(year from b.opened_on), lump, coalesce(project_id, 0), 0, debit_fen, credit_fen
      from funds.opening where book_id = of_book and (debit_fen, credit_fen) <> (0, 0)
    union all
    select of_book, account_id, extract(year from b.opened_on), lump, coalesce(project_id, 0), 1,
      greatest(closing_fen, 0), greatest(-closing_fen, 0) from funds.opening where book_id = of_book and closing_fen <> 0;
end $$;
revoke execute on all functions in schema funds from public;
