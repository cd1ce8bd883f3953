-- The door through which a programme sees standing findings is a view of the owner's: unlike a function's answer the planner
-- can join it, and nothing is copied. It shows no ground, no diagnosis, no visitor; the caller has checked who may see the answer.
create view hardship.standing_file as
  select person_id, unit_id, file_id, version_id, category, review_on, found_on, checked, family_size, income_fen, rigid_fen, spouse
  from hardship.standing_now;
drop function hardship.standing_of(bigint[]);
drop function hardship.standing(bigint[], bigint[]);
