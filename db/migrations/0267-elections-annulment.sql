-- An approved election of delegates turns out to be invalid: one person proposes with the reason and the document that says so, a
-- second confirms, and only then the election ends and the seats it gave with it.
create table elections.annulment (
  id              bigint generated always as identity primary key,
  election_id     bigint not null references elections.election,
  reason          text   not null,
  -- number of the paper that finds the election invalid, and its day: from then on the seats are gone
  document        text   not null,
  decided_on      date   not null,
  state           text   collate "C" not null default 'proposed' check (state in ('proposed', 'confirmed', 'dropped')),
  proposed_by     bigint not null,
  proposed_person bigint,
  proposed_name   text   not null,
  answered_by     bigint,
  answered_name   text,
  answered_on     date,
  check ((state = 'proposed') = (answered_by is null)),
  check ((answered_by is null) = (answered_name is null) and (answered_by is null) = (answered_on is null)),
  check (state <> 'confirmed' or answered_by <> proposed_by)
);
create unique index annulment_open on elections.annulment (election_id) where state = 'proposed';
create index annulment_election on elections.annulment (election_id);
