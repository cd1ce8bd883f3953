-- Which finding the last decision was taken on: whoever looked at the family doesn't decide on it, and nothing is decided twice.
alter table hardship.file add column decided_no int;
-- The union a file came from when its person moved.
alter table hardship.file add column moved_from bigint;
