-- Parents and pupils rate the teachers of their own class: a rater group may stand for one class, and a teacher says which
-- classes he teaches. A group without a class rates everybody.
alter table appraisal.rater_group add class text;
alter table appraisal.subject add classes text[] not null default '{}';

-- A group may vote on paper: two people count its sheets by hand and enter the same totals. No sheet and no code of it exist
-- here, and its figures stand by themselves, since the counting room knows them anyway.
alter table appraisal.rater_group add channel text collate "C" not null default 'slip' check (channel in ('slip', 'paper'));
create table appraisal.paper_count (
  group_id   bigint not null references appraisal.rater_group on delete cascade,
  slot       int    not null check (slot in (1, 2)),
  account_id bigint not null,
  name       text   not null,
  sheet      jsonb  not null,
  primary key (group_id, slot),
  unique (group_id, account_id)
);
alter table appraisal.cell add paper boolean not null default false;
alter table appraisal.cell drop constraint cell_valid_check, add check (valid >= 5 or paper and valid >= 1);
