-- The rows behind a figure, newest first, a page at a time.
create index fact_rows on kernel.fact (measure, id) where reversal_of is null and reversed_by is null;
