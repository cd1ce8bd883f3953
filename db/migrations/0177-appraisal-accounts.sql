-- A rater group may fill its sheets with the members' own accounts: a secret vote of the ballots module, a paper and a key of
-- its own per person who is rated, so that the sheets of one rater can't be joined.
alter table appraisal.rater_group add by_account boolean not null default false;
-- ballots.vote of such a group; its roll and its scrutineers stand there
alter table appraisal.rater_group add vote_id bigint check (vote_id is null or by_account);
