-- Who opened a guarded attachment (papers of an application, of a claim), found by the person it is about: `kernel/files/opening.ts`.
create index audit_file_about on kernel.audit (((detail ->> 'personId')::bigint), id desc) where action = 'files.open';
