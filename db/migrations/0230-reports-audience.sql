-- Whom a report is for. One for outside holds small groups of delicate matters back; inside it is exact.
alter table reports.report add column audience text collate "C" not null default 'inside' check (audience in ('inside', 'outside'));
