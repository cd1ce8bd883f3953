create schema survivors;

-- What a grade pays a month, from a day on, as its document says.
create table survivors.standard (
  id          bigint generated always as identity primary key,
  unit_id     bigint not null,
  grade       text   not null,
  monthly_fen bigint not null check (monthly_fen > 0),
  valid_from  date   not null,
  document    text   not null,
  created_by  bigint not null,
  unique (unit_id, grade, valid_from)
);

create table survivors.deceased (
  id         bigint generated always as identity primary key,
  unit_id    bigint not null,
  -- on the roster once, or known by name alone
  person_id  bigint,
  name       text   not null,
  born_on    date,
  died_on    date   not null,
  -- wage of the last month, fen: what the family receives together doesn't exceed it
  wage_fen   bigint check (wage_fen > 0),
  created_by bigint not null,
  check (died_on >= born_on)
);
create index deceased_unit on survivors.deceased (unit_id, name);

create table survivors.survivor (
  id             bigint generated always as identity primary key,
  unit_id        bigint not null,
  deceased_id    bigint not null references survivors.deceased,
  person_id      bigint not null,
  relation       text   not null,
  ground         text   not null,
  born_on        date   not null,
  place          text   not null check (place in ('市内', '外地')),
  contact_sealed bytea,
  grade          text   not null,
  entitled_from  date   not null,
  -- a child's coming of age, the end of school
  until_on       date   check (until_on > born_on),
  -- the last month that was paid before the list was kept here
  paid_through   date   check (extract(day from paid_through) = 1),
  state          text   not null default 'active' check (state in ('active', 'suspended', 'ended')),
  ended_on       date,
  end_reason     text,
  created_by     bigint not null,
  created_at     timestamptz not null default now(),
  unique (deceased_id, person_id),
  check ((state = 'ended') = (ended_on is not null)),
  check ((ended_on is null) = (end_reason is null)),
  check (ended_on >= entitled_from)
);
create index survivor_list on survivors.survivor (unit_id, state, id desc);
-- One entitlement a person, in whichever union.
create unique index survivor_open on survivors.survivor (person_id) where state <> 'ended';

create table survivors.round (
  id         bigint generated always as identity primary key,
  unit_id    bigint not null,
  year       int    not null check (year between 1990 and 2100),
  due_on     date   not null,
  closed_on  date,
  created_by bigint not null,
  unique (unit_id, year),
  check (closed_on > due_on)
);

create table survivors.review (
  id          bigint generated always as identity primary key,
  survivor_id bigint not null references survivors.survivor,
  unit_id     bigint not null,
  year        int    not null,
  due_on      date   not null,
  notice      text,
  noticed_on  date,
  reminded_on date,
  returned_on date,
  proof       text,
  result      text   not null default '待复核',
  words       text,
  decided_by  text,
  unique (survivor_id, year),
  check ((notice is null) = (noticed_on is null)),
  check (returned_on >= noticed_on),
  check (reminded_on >= noticed_on),
  check (returned_on is null or proof is not null)
);
create index review_list on survivors.review (unit_id, year);

-- A month's list. One a unit and month; who was left out comes with the next one as arrears.
create table survivors.pay (
  id          bigint generated always as identity primary key,
  unit_id     bigint not null,
  month       date   not null check (extract(day from month) = 1),
  source      text   not null check (source in ('工会经费', '行政', '社保')),
  state       text   not null default 'prepared' check (state in ('prepared', 'approved', 'paid')),
  people      int    not null check (people > 0),
  total_fen   bigint not null check (total_fen > 0),
  paid_on     date,
  voucher_id  bigint,
  voucher_no  text,
  prepared_by bigint not null,
  prepared_name text not null,
  approved_by bigint,
  approved_name text,
  unique (unit_id, month),
  check ((state = 'paid') = (paid_on is not null)),
  check ((state = 'prepared') = (approved_by is null)),
  check (approved_by is null or approved_by = 0 or approved_by <> prepared_by)
);

create table survivors.recovery (
  id          bigint generated always as identity primary key,
  survivor_id bigint not null references survivors.survivor,
  unit_id     bigint not null,
  received_on date   not null,
  amount_fen  bigint not null check (amount_fen > 0),
  voucher_no  text,
  created_by  bigint not null
);

create table survivors.pay_line (
  id          bigint generated always as identity primary key,
  pay_id      bigint not null references survivors.pay on delete cascade,
  survivor_id bigint not null references survivors.survivor,
  unit_id     bigint not null,
  for_month   date   not null check (extract(day from for_month) = 1),
  grade       text   not null,
  amount_fen  bigint not null check (amount_fen > 0),
  recovery_id bigint references survivors.recovery
);
create index pay_line_pay on survivors.pay_line (pay_id);
-- Nobody is paid twice for a month, whichever lists there are.
create unique index pay_line_once on survivors.pay_line (survivor_id, for_month) where recovery_id is null;

-- The second belt, as on the files of families in hardship: a transaction that didn't say whom it acts for sees nobody.
create function survivors.opened(unit_id bigint) returns boolean language sql stable as $$
  select current_setting('zhijia.survivors_all', true) = 'on'
    or unit_id = any (coalesce(nullif(current_setting('zhijia.survivors_exactly', true), ''), '{}')::bigint[])
    or exists (
      select from kernel.closure c
      where c.descendant_id = opened.unit_id and c.valid_from <= current_date and c.valid_to > current_date
        and c.ancestor_id = any (coalesce(nullif(current_setting('zhijia.survivors_below', true), ''), '{}')::bigint[]))
$$;
do $$
declare t text;
begin
  foreach t in array array['deceased', 'survivor', 'review', 'pay', 'pay_line', 'recovery'] loop
    execute format('alter table survivors.%I enable row level security', t);
    execute format('create policy opened on survivors.%I using (survivors.opened(unit_id))', t);
  end loop;
end $$;
