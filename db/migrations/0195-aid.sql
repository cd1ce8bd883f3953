-- Programmes of aid: what qualifies, a cycle that freezes who did, one entitlement a person and cycle, its payment.
create schema aid;

create table aid.programme (
  id           bigint generated always as identity primary key,
  unit_id      bigint not null,
  kind         text   collate "C" not null,
  -- what it is given for: two programmes of one need are not both given to a family in a year
  need         text   collate "C" not null,
  title        text   not null,
  -- where the money comes from: the account of the budget's line, or a donation bound to a purpose
  account_code text   collate "C" not null,
  project_id   bigint,
  source       text   not null,
  starts_on    date   not null,
  ends_on      date   check (ends_on >= starts_on),
  created_by   bigint not null,
  created_at   timestamptz not null default now()
);
create index programme_unit on aid.programme (unit_id, id desc);

-- Who qualifies and for how much, as data. A change is a new version; cycles keep the one they began with.
create table aid.rule (
  id           bigint generated always as identity primary key,
  programme_id bigint not null references aid.programme,
  no           int    not null,
  terms        jsonb  not null,
  document     text   not null,
  reason       text,
  created_by   bigint not null,
  created_name text   not null,
  created_on   date   not null,
  unique (programme_id, no)
);

create table aid.cycle (
  id             bigint generated always as identity primary key,
  programme_id   bigint not null references aid.programme,
  unit_id        bigint not null,
  rule_id        bigint not null references aid.rule,
  title          text   not null,
  -- when people may apply
  opens_on       date   not null,
  closes_on      date   not null check (closes_on >= opens_on),
  -- for those only whose appeal against this cycle was right
  supplements_id bigint references aid.cycle,
  state          text   not null default 'draft',
  frozen_on      date,
  decided_by     bigint,
  decided_name   text,
  approved_on    date,
  approved_by    bigint,
  approved_name  text,
  minutes        text,
  -- whose money it takes, from the approval on
  book_id        bigint,
  paid_on        date,
  created_by     bigint not null,
  created_at     timestamptz not null default now()
);
create index cycle_programme on aid.cycle (programme_id, id desc);
create index cycle_reserved on aid.cycle (book_id) where state = 'approved';
create index cycle_unit on aid.cycle (unit_id, id desc);
-- One cycle of a programme at a time is being decided, so that nobody stands in two.
create unique index cycle_open on aid.cycle (programme_id) where state in ('draft', 'decided', 'published');

create table aid.application (
  id           bigint generated always as identity primary key,
  cycle_id     bigint not null references aid.cycle,
  unit_id      bigint not null,
  person_id    bigint not null,
  state        text   not null default 'draft' check (state in ('draft', 'submitted', 'returned', 'withdrawn')),
  words        text   not null default '',
  asked_fen    bigint check (asked_fen > 0),
  papers       text[] not null default '{}',
  student      text,
  stage        text,
  school       text,
  -- the number under which a school enrolled the student: one student is helped once a year, whichever union asks
  student_hash bytea,
  returned_why text,
  submitted_on date,
  version      int    not null default 1,
  created_by   bigint not null,
  created_at   timestamptz not null default now(),
  check (state <> 'submitted' or submitted_on is not null)
);
create unique index application_once on aid.application (cycle_id, person_id) where state <> 'withdrawn';
create index application_person on aid.application (person_id, id desc);
create index application_student on aid.application (student_hash) where student_hash is not null;

-- What was known of everybody on the day a cycle was decided: the file's version, the family, what was received before.
-- Rows are written once; the rule may be tried on them again later.
create table aid.candidate (
  cycle_id       bigint   not null references aid.cycle,
  person_id      bigint   not null,
  unit_id        bigint   not null,
  application_id bigint,
  family_id      bigint,
  standing       boolean  not null,
  here           boolean  not null,
  joined_on      date,
  file_id        bigint,
  version_id     bigint,
  category       text,
  review_on      date,
  found_on       date,
  checked        boolean  not null,
  family_size    int,
  income_fen     bigint,
  rigid_fen      bigint,
  line_fen       bigint,
  tags           text[]   not null,
  papers         text[]   not null,
  asked_fen      bigint,
  student_hash   bytea,
  student_other  boolean  not null,
  last_on        date,
  year_fen       bigint   not null,
  -- other programmes of the same need this year
  other_titles   text[]   not null,
  -- what somebody else of the family received for the same need this year
  family_titles  text[]   not null,
  on_day         date     not null,
  primary key (cycle_id, person_id)
);

create table aid.payment (
  id             bigint generated always as identity primary key,
  cycle_id       bigint not null references aid.cycle,
  paid_on        date   not null,
  amount_fen     bigint not null check (amount_fen > 0),
  people         int    not null check (people > 0),
  voucher_id     bigint not null unique,
  voucher_number text   not null,
  paid_by        bigint not null,
  paid_name      text   not null,
  paid_at        timestamptz not null default now()
);
create index payment_cycle on aid.payment (cycle_id);

create table aid.entitlement (
  id           bigint generated always as identity primary key,
  cycle_id     bigint  not null references aid.cycle,
  programme_id bigint  not null,
  unit_id      bigint  not null,
  need         text    collate "C" not null,
  year         int     not null,
  person_id    bigint  not null,
  household_id bigint  not null,
  -- given to the family, this person receives it
  by_family    boolean not null,
  student_hash bytea,
  amount_fen   bigint  not null check (amount_fen > 0),
  state        text    collate "C" not null default 'proposed'
               check (state in ('proposed', 'withheld', 'approved', 'paid', 'refunded', 'ended')),
  -- why it was withheld or came back
  reason       text,
  payment_id   bigint  references aid.payment,
  paid_on      date,
  received_on  date,
  -- signature of the person's own hand, or on paper
  received_how text    check (received_how in ('hand', 'paper')),
  refunded_on  date,
  refund_voucher_id bigint,
  unique (cycle_id, person_id),
  foreign key (cycle_id, person_id) references aid.candidate,
  check ((state in ('paid', 'refunded')) = (payment_id is not null and paid_on is not null)),
  check ((state = 'refunded') = (refunded_on is not null)),
  check (received_on is null or (paid_on is not null and received_how is not null))
);
create unique index entitlement_family on aid.entitlement (cycle_id, household_id) where by_family;
create unique index entitlement_student on aid.entitlement (cycle_id, student_hash) where student_hash is not null;
create index entitlement_person on aid.entitlement (person_id, need, year);
create index entitlement_household on aid.entitlement (household_id, need, year);

create table aid.appeal (
  id            bigint generated always as identity primary key,
  cycle_id      bigint not null references aid.cycle,
  unit_id       bigint not null,
  person_id     bigint not null,
  words         text   not null,
  filed_on      date   not null,
  due_on        date   not null,
  state         text   collate "C" not null default 'open' check (state in ('open', 'upheld', 'dismissed')),
  answer        text,
  answered_on   date,
  answered_by   bigint,
  answered_name text,
  check ((state = 'open') = (answered_on is null)),
  check (state = 'open' or answer is not null)
);
create unique index appeal_once on aid.appeal (cycle_id, person_id);

-- Triggers only refuse: what a decision stood on is never changed, and who is entitled is added while deciding only.
create function aid.is_frozen() returns trigger language plpgsql as $$
begin
  raise exception 'aid-frozen' using errcode = 'ZJ002', detail = 'a rule and what a cycle was decided on are never changed';
end $$;
create trigger rule_is_frozen before update or delete on aid.rule for each row execute function aid.is_frozen();
create trigger candidate_is_frozen before update or delete on aid.candidate for each row execute function aid.is_frozen();
create trigger payment_is_frozen before update or delete on aid.payment for each row execute function aid.is_frozen();

create function aid.only_while_deciding() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    raise exception 'aid-frozen' using errcode = 'ZJ002', detail = 'an entitlement ends with a reason';
  elsif tg_op = 'INSERT' then
    if (select state from aid.cycle where id = new.cycle_id) <> 'draft' then
      raise exception 'aid-frozen' using errcode = 'ZJ002', detail = 'the cycle is decided';
    end if;
  elsif (old.cycle_id, old.person_id, old.household_id, old.amount_fen, old.by_family)
      is distinct from (new.cycle_id, new.person_id, new.household_id, new.amount_fen, new.by_family) then
    raise exception 'aid-frozen' using errcode = 'ZJ002', detail = 'who and how much is decided once';
  end if;
  return new;
end $$;
create trigger entitlement_while_deciding before insert or update or delete on aid.entitlement
  for each row execute function aid.only_while_deciding();
create function aid.only_once() returns trigger language plpgsql as $$
begin
  if (select state from aid.cycle where id = new.cycle_id) <> 'draft' then
    raise exception 'aid-frozen' using errcode = 'ZJ002', detail = 'the cycle is decided';
  end if;
  return new;
end $$;
create trigger candidate_only_once before insert on aid.candidate for each row execute function aid.only_once();
