-- In-app messages to an account. They tell; what must be done is a to-do.
create table kernel.notice (
  id         bigint generated always as identity primary key,
  account_id bigint not null,
  title      text not null,
  body       text,
  link       text,
  at         timestamptz not null default now(),
  read_at    timestamptz
);
create index notice_account on kernel.notice (account_id, id desc);
create index notice_unread on kernel.notice (account_id) where read_at is null;

-- The to-do centre asks for what is open by account and by office.
create index todo_account on kernel.todo (account_id) where done_at is null and account_id is not null;
create index todo_permission on kernel.todo (permission, unit_id) where done_at is null and account_id is null;
