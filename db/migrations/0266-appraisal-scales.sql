-- A question of an appraisal may have answers of its own. By the questions' order: null takes the round's grades, as every round
-- so far does; {grades: [{title, points}], good} where it differs. Points of null are choices without better and worse: counted, never scored.
alter table appraisal.round
  add scales jsonb not null default '[]',
  drop constraint round_good_grades_check,
  add check (good_grades >= 0);
