-- An outing's money: what was asked for through the union's funds, and what the journal says was paid.
alter table retirees.event
  add column request_id bigint,
  -- a request that was turned down may be made anew: each has its own place
  add column asked int not null default 0,
  add column paid_fen bigint not null default 0 check (paid_fen >= 0);
