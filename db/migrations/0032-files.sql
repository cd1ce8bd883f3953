-- Attachments. The bytes lie outside the database under their SHA-256; here stands what they are and what they belong to.
create table kernel.file (
  id          bigint generated always as identity primary key,
  sha256      bytea  not null check (length(sha256) = 32),
  bytes       bigint not null check (bytes > 0),
  -- as found in the bytes, not as the name says
  media_type  text collate "C" not null,
  name        text   not null check (length(name) between 1 and 200),
  created_at  timestamptz not null default now(),
  created_by  bigint not null
);
create index file_sha256 on kernel.file (sha256);

-- Who may read a file is who may read the object it is linked to. A link taken away stays as history.
create table kernel.file_link (
  id          bigint generated always as identity primary key,
  file_id     bigint not null references kernel.file,
  object_kind text collate "C" not null,
  object_id   bigint not null,
  linked_at   timestamptz not null default now(),
  linked_by   bigint not null,
  removed_at  timestamptz,
  removed_by  bigint,
  check ((removed_at is null) = (removed_by is null))
);
create index file_link_object on kernel.file_link (object_kind, object_id) where removed_at is null;
create index file_link_file on kernel.file_link (file_id);
