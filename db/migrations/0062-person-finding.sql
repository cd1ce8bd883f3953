-- A roster's people mostly come with an ID number, and then only those without one can be the same by name: few.
create index person_without_id on members.person (name, unit_id)
  where id_no_hash is null and merged_into is null and kind = 'member';

-- A search by name reads the index alone, in the order of the list, as the search by initials does.
drop index members.person_name;
create index person_name on members.person (name text_pattern_ops, id) include (unit_id) where merged_into is null;
