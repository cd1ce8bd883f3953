-- A record that a process keeps (an election, a motion, a claim): it counts, prints and exports like any other, and is
-- corrected where it was made. The address of that place, `elections/12`; null for records kept by hand.
alter table kernel.record add kept_by text collate "C";
create unique index record_kept_by on kernel.record (register, kept_by) where kept_by is not null and state <> 'void';
