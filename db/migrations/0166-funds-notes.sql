-- 附注 of a year's statements (工会会计制度 第四部分): figures come from the books each time; these are the words that somebody
-- adds or changes. Every version stays, the latest counts.
create table funds.statement_note (
  id          bigint generated always as identity primary key,
  book_id     bigint   not null references funds.book,
  year        smallint not null,
  section     text collate "C" not null check (section ~ '^[a-z-]{2,30}$'),
  words       text     not null check (length(words) <= 4000),
  edited_by   bigint   not null,
  edited_name text     not null,
  edited_at   timestamptz not null default now()
);
create index statement_note_latest on funds.statement_note (book_id, year, section, id desc);
