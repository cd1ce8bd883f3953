-- How many records each register has of a year: asked whenever the list of registers is opened.
create index record_count on kernel.record (register, happened_on, unit_id) where state <> 'void';
