-- Who holds the pool: the mutual-aid organisation, the union itself (an internal fund), or an insurer whose policy is bought.
-- And how a premium is shared, whom the plan is for, when one joins, how long one may appeal.
alter table mutual_aid.plan
  add column kind        text not null default 'organisation' check (kind in ('organisation', 'internal', 'bought')),
  add column audience    text not null default 'active' check (audience in ('active', 'women', 'retired', 'all')),
  add column union_fen   bigint not null default 0 check (union_fen >= 0),
  add column opens_on    date,
  add column closes_on   date,
  add column appeal_days int not null default 15 check (appeal_days between 1 and 365),
  add check (union_fen <= premium_fen),
  add check (closes_on >= opens_on);

-- Whom the organisation was told of, in one list.
create table mutual_aid.handover (
  id         bigint generated always as identity primary key,
  plan_id    bigint not null references mutual_aid.plan,
  unit_id    bigint not null,
  handed_on  date   not null,
  people     int    not null check (people > 0),
  amount_fen bigint not null check (amount_fen >= 0),
  created_by bigint not null,
  created_name text not null,
  created_at timestamptz not null default now()
);
create index handover_plan on mutual_aid.handover (plan_id);
alter table mutual_aid.enrolment
  -- how the own part was paid: through the union's account, or straight to whoever holds the pool
  add column paid_through text check (paid_through in ('account', 'direct', 'none')),
  add column handover_id  bigint references mutual_aid.handover;
update mutual_aid.enrolment set paid_through = 'direct' where paid_on is not null;
alter table mutual_aid.enrolment add check ((paid_on is null) = (paid_through is null));

-- Other people's money in the union's account (代管经费), one line a voucher: in above zero, out below. Never changed.
create table mutual_aid.movement (
  id         bigint generated always as identity primary key,
  plan_id    bigint not null references mutual_aid.plan,
  -- the union whose book it stands in
  book_unit_id bigint not null,
  kind       text   not null check (kind in ('premium', 'receipt', 'handover', 'claim')),
  amount_fen bigint not null check (amount_fen <> 0),
  on_day     date   not null,
  people     int    not null check (people >= 0),
  voucher_id bigint not null,
  voucher_no text   not null,
  source     text   not null unique,
  created_at timestamptz not null default now(),
  check ((kind in ('premium', 'receipt')) = (amount_fen > 0))
);
create index movement_plan on mutual_aid.movement (plan_id, book_unit_id);
create function mutual_aid.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'a movement of money is never changed' using errcode = 'ZJ003';
end $$;
create trigger movement_kept before update or delete on mutual_aid.movement
  for each row execute function mutual_aid.refuse_change();

alter table mutual_aid.claim
  -- the day it was approved or refused
  add column decided_on   date,
  add column examined_fen bigint check (examined_fen >= 0),
  add column paid_through text check (paid_through in ('account', 'direct')),
  add column voucher_id   bigint,
  add column voucher_no   text,
  -- one invoice is one invoice, however it is typed
  add column invoice_key  text generated always as
    (upper(regexp_replace(normalize(invoice_no, nfkc), '[[:space:]-]', '', 'g'))) stored;
update mutual_aid.claim set paid_through = 'direct' where paid_on is not null;
alter table mutual_aid.claim
  add check ((paid_on is null) = (paid_through is null)),
  add check ((voucher_id is null) or (paid_through = 'account'));
drop index mutual_aid.claim_invoice;
create index claim_invoice on mutual_aid.claim (invoice_key) where state not in ('refused', 'withdrawn', 'returned');

-- A second look at a claim that the number picked, by somebody who decided nothing in it.
create table mutual_aid.sample_review (
  id         bigint generated always as identity primary key,
  claim_id   bigint not null references mutual_aid.claim,
  outcome    text   not null check (outcome in ('sound', 'fault')),
  words      text   not null,
  created_by bigint not null,
  created_name text not null,
  created_at timestamptz not null default now()
);
create index sample_review_claim on mutual_aid.sample_review (claim_id);

-- One appeal a claim.
create table mutual_aid.appeal (
  claim_id    bigint primary key references mutual_aid.claim,
  grounds     text   not null,
  appealed_on date   not null,
  outcome     text check (outcome in ('granted', 'dismissed')),
  decided_on  date,
  created_by  bigint not null,
  check ((outcome is null) = (decided_on is null)),
  check (decided_on >= appealed_on)
);
