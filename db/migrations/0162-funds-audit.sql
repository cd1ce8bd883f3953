-- Audit by the 经费审查委员会 (工会法 第45条): plan, notice, working papers that point at vouchers, opinion, findings and
-- their rectification, report to the congress. Auditors read the journal and write here only.
create table funds.audit (
  id           bigint generated always as identity primary key,
  book_id      bigint not null references funds.book,
  -- the audited union, and whose committee audits it: its own or the union's above
  unit_id      bigint not null references organisation.unit,
  by_unit_id   bigint not null references organisation.unit,
  title        text   not null check (length(title) between 1 and 120),
  kind         text collate "C" not null check (kind in ('yearly', 'half', 'special', 'leaving')),
  -- the days whose books are audited
  from_on      date   not null,
  to_on        date   not null check (to_on >= from_on),
  scope        text   not null default '',
  state        text collate "C" not null default 'planned'
               check (state in ('planned', 'noticed', 'fieldwork', 'mending', 'closed', 'dropped')),
  lead         text   not null default '',
  members      text   not null default '',
  noticed_on   date,
  -- the first and the last day of the work in the books
  starts_on    date   not null,
  ends_on      date   not null check (ends_on >= starts_on),
  conclusion   text check (conclusion in ('合规', '基本合规', '需整改')),
  opinion      text,
  opined_on    date,
  -- what the audited union said to the draft
  reply        text,
  reported_on  date,
  reported_to  text,
  closed_on    date,
  version      int    not null default 1,
  created_by   bigint not null,
  created_name text   not null,
  created_at   timestamptz not null default now()
);
create index audit_unit on funds.audit (unit_id, id);

create table funds.audit_paper (
  id          bigint generated always as identity primary key,
  audit_id    bigint not null references funds.audit,
  no          int    not null,
  subject     text   not null check (length(subject) between 1 and 120),
  observation text   not null,
  basis       text   not null default '',
  amount_fen  bigint,
  made_by     bigint not null,
  made_name   text   not null,
  made_at     timestamptz not null default now(),
  unique (audit_id, no)
);
create table funds.audit_paper_voucher (
  paper_id   bigint not null references funds.audit_paper,
  voucher_id bigint not null references funds.voucher,
  primary key (paper_id, voucher_id)
);

create table funds.audit_finding (
  id           bigint generated always as identity primary key,
  audit_id     bigint not null references funds.audit,
  paper_id     bigint references funds.audit_paper,
  no           int    not null,
  title        text   not null check (length(title) between 1 and 120),
  basis        text   not null default '',
  amount_fen   bigint,
  demand       text   not null,
  due_on       date   not null,
  state        text collate "C" not null default 'open' check (state in ('open', 'answered', 'accepted')),
  answer       text,
  answered_on  date,
  answered_by  text,
  -- why the answer wasn't enough
  returned     text,
  accepted_on  date,
  accepted_by  text,
  made_at      timestamptz not null default now(),
  unique (audit_id, no)
);
create index audit_finding_open on funds.audit_finding (due_on) where state <> 'accepted';
