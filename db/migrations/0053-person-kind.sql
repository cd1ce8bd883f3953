-- The importer tells members from contacts when it resolves a name.
create or replace view kernel.person_name as
  select id, name, staff_no, unit_id, merged_into, kind from members.person;
create or replace view kernel.household_name as
  select h.id, p.name as head_name, h.unit_id, h.head_id from members.household h join members.person p on p.id = h.head_id;
