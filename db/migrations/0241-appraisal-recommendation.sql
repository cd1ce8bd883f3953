-- 民主推荐: the thing rated is a post to be filled, the form names people for it, chosen from a list or written. While the round is
-- open names lie in the urn like every sheet; at the close only names that enough forms bear come in, the rest as two sums.
alter table appraisal.round add write_ins boolean not null default true;
alter table appraisal.subject
  -- how many names a form may bear for this post; null: the subject is graded
  add seats        int check (seats between 1 and 20),
  -- [{name, post, personId}] to choose from; empty: names are written
  add nominees     jsonb not null default '[]',
  add other_people int check (other_people >= 0),
  add other_votes  int check (other_votes >= 0);
create table appraisal.recommended (
  subject_id bigint not null references appraisal.subject,
  position   int    not null,
  name       text   not null,
  person_id  bigint references members.person,
  votes      int    not null check (votes >= 5),
  primary key (subject_id, position)
);
