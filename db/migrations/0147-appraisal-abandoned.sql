-- A round opened by mistake, or whose urn was lost with its machine, is given up with a reason: nothing of it is counted.
alter table appraisal.round
  add abandoned_for text,
  drop constraint round_state_check,
  add check (state in ('setup', 'open', 'closed', 'abandoned')),
  add check ((state = 'abandoned') = (abandoned_for is not null));
