-- What a scope reads of the closure, without visiting the table: units below one, with the period it holds.
create index closure_below on kernel.closure (ancestor_id, descendant_id) include (valid_from, valid_to);
