-- A drive for motions belongs to a session of the congress kept here, where there is one; its name and first day follow it.
alter table motions.call add session_id bigint references congress.session;
create unique index call_of_session on motions.call (session_id, kind) where session_id is not null;

-- The best motions are chosen by a panel's points, or by the delegates in the hall on a ballot of a session.
alter table motions.panel
  add session_id bigint references congress.session,
  add method text collate "C" not null default 'points' check (method in ('points', 'ballot')),
  add check ((method = 'ballot') = (session_id is not null)),
  add check (method = 'points' or purpose = 'motion');
create table motions.panel_vote (
  vote_id  bigint primary key references ballots.vote,
  panel_id bigint not null references motions.panel,
  award    text   not null
);
create index panel_vote_panel on motions.panel_vote (panel_id);
