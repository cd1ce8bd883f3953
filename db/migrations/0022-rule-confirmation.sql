-- Who vouched for a rule card that only memory vouched for, with which document. Rows are never changed: taking it back
-- is a row of its own, and each card's latest row counts.
create table kernel.rule_confirmation (
  id              bigint generated always as identity primary key,
  card_id         text collate "C" not null,
  verb            text collate "C" not null check (verb in ('confirm', 'withdraw')),
  document_number text not null check (document_number <> ''),
  words           text,
  officer_id      bigint not null,
  officer_name    text not null,
  office          text not null,
  at              timestamptz not null default now()
);
create index rule_confirmation_card on kernel.rule_confirmation (card_id, id desc);

create function kernel.rule_confirmation_is_append_only() returns trigger language plpgsql as $$
begin raise exception 'a confirmation is never edited; withdraw it' using errcode = 'ZJ001'; end $$;
create trigger rule_confirmation_is_append_only before update or delete on kernel.rule_confirmation
  for each row execute function kernel.rule_confirmation_is_append_only();
