-- 党组织副职经选举兼任工会主席 (工会法 第十条, 企业工会主席产生办法): what the candidate is in the party organisation, so that
-- the register knows by which route a chair came to office.
alter table elections.candidate add party_post text;
