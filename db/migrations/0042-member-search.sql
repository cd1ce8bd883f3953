-- A search by name among a million walks the index alone: who is in sight (unit) and who was merged stand in it.
drop index members.person_name;
create index person_name on members.person (name text_pattern_ops, id) include (unit_id, merged_into);
