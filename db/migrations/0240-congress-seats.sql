-- A seat may be the fruit of an election that the house held: the election writes it, nobody types it again. Where that election
-- is found invalid, its seats end with it and stay to be read; the seat they filled is vacant again.
alter table congress.delegate
  add elected_by   text collate "C",
  add annulled_for text,
  add check (annulled_for is null or (elected_by is not null and to_on is not null));
drop index congress.delegate_replaced;
create unique index delegate_replaced on congress.delegate (replaces_id) where replaces_id is not null and annulled_for is null;
create index delegate_elected_by on congress.delegate (elected_by) where elected_by is not null;
