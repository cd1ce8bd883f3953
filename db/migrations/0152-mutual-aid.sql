create schema mutual_aid;

-- A plan's period with its numbers. A change is another version; claims keep the version they were made under.
create table mutual_aid.plan (
  id           bigint generated always as identity primary key,
  unit_id      bigint not null,
  scheme       text   not null,
  title        text   not null,
  organiser    text   not null,
  starts_on    date   not null,
  ends_on      date   not null check (ends_on > starts_on),
  premium_fen  bigint not null check (premium_fen >= 0),
  waiting_days int    not null check (waiting_days between 0 and 365),
  claim_days   int    not null check (claim_days between 1 and 1095),
  causes       jsonb  not null,
  hospitals    jsonb  not null,
  papers       jsonb  not null,
  formula      jsonb  not null,
  caps         jsonb  not null,
  document     text   not null,
  created_by   bigint not null,
  created_at   timestamptz not null default now(),
  unique (unit_id, scheme, starts_on)
);

create table mutual_aid.enrolment (
  id          bigint generated always as identity primary key,
  plan_id     bigint not null references mutual_aid.plan,
  unit_id     bigint not null,
  person_id   bigint not null,
  enrolled_on date   not null,
  unbroken    boolean not null,
  paid_on     date,
  created_by  bigint not null,
  unique (plan_id, person_id)
);
create index enrolment_person on mutual_aid.enrolment (person_id);

create table mutual_aid.claim (
  id           bigint generated always as identity primary key,
  plan_id      bigint not null references mutual_aid.plan,
  unit_id      bigint not null,
  person_id    bigint not null,
  cause        text   not null,
  category     text,
  event_on     date   not null,
  filed_on     date   not null,
  hospital     text   not null,
  days         int    not null check (days >= 0),
  total_fen    bigint not null check (total_fen >= 0),
  own_fen      bigint not null check (own_fen >= 0),
  excluded     boolean not null,
  invoice_no   text   not null,
  papers       jsonb  not null,
  -- claimed, computed by the machine, approved by people, paid: each kept
  claimed_fen  bigint not null check (claimed_fen >= 0),
  computed_fen bigint,
  approved_fen bigint check (approved_fen >= 0),
  paid_fen     bigint,
  paid_on      date,
  adjustment   text,
  sampled      boolean not null default false,
  state        text   not null default 'filed',
  previous_id  bigint references mutual_aid.claim,
  created_by   bigint not null,
  created_at   timestamptz not null default now(),
  check (own_fen <= total_fen),
  check ((paid_fen is null) = (paid_on is null))
);
create index claim_list on mutual_aid.claim (unit_id, id desc);
create index claim_person on mutual_aid.claim (plan_id, person_id);
-- One invoice, one claim that stands; a refused one may be filed again.
create index claim_invoice on mutual_aid.claim (invoice_no) where state <> 'refused';
