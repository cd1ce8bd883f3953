-- What a visit costs leaves through the union's books: the request for it is drawn up in the visit's own deed.
alter table care.event
  -- what was written down at the visit, for corrections: a returned amount files the record anew
  add column visit       jsonb,
  add column request_id  bigint,
  -- how many requests the event has had: one that was refused can be asked again
  add column asked       int    not null default 0,
  add column refunded_fen bigint not null default 0 check (refunded_fen >= 0),
  add column signed_by   text,
  add column signed_on   date,
  add check ((signed_by is null) = (signed_on is null));
create index event_request on care.event (request_id) where request_id is not null;
