-- Of what came back, what came in a later year than it was paid in: the year of the visit keeps its figures, the surplus is put right.
alter table care.event
  add column refunded_later_fen bigint not null default 0 check (refunded_later_fen >= 0),
  add check (refunded_later_fen <= refunded_fen);
