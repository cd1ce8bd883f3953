-- The three questions read settings and the tree only: a statement over many rows may still be shared among workers.
alter function aid.opened_to_all() parallel safe;
alter function aid.opened_to() parallel safe;
alter function aid.opened() parallel safe;
