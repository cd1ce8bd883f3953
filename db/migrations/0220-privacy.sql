create schema privacy;
-- What a person said to one use of their data at a time; the newest word counts, silence is no.
create table privacy.consent (
  id        bigint generated always as identity primary key,
  person_id bigint not null,
  use       text   not null check (use in ('photo', 'named', 'comparison', 'reminder')),
  given     boolean not null,
  said_at   timestamptz not null default now(),
  said_by   bigint not null
);
create index consent_newest on privacy.consent (person_id, use, id desc);
