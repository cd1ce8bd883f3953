-- Ports: what the kernel may know of people and units. Their modules own the tables; the kernel reads these names only.
create view kernel.person_name as
  select id, name, staff_no, unit_id, merged_into from members.person;
create view kernel.household_name as
  select h.id, p.name as head_name, h.unit_id from members.household h join members.person p on p.id = h.head_id;
create view kernel.unit_name as
  select id, code, name, type, layer_id from organisation.unit;

-- A unit's year is read by unit; a figure's rows by measure (fact_live).
create index fact_unit on kernel.fact (unit_id, on_date) where reversal_of is null and reversed_by is null;
