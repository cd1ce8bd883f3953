import { sql } from 'kysely'
import { defineJob } from '../../kernel/jobs/jobs.ts'

/** What nobody needs any more: ended sessions after half a year, failures and ceremonies after a week. */
export const sweep = defineJob({
  name: 'accounts.sweep',
  title: '清理过期登录记录',
  schedule: '40 3 * * *',
  run: async ({ db }) => {
    await sql`delete from accounts.challenge where expires_at < now()`.execute(db)
    await sql`delete from accounts.sign_in_failure where at < now() - interval '7 days'`.execute(db)
    await sql`delete from accounts.session
      where coalesce(ended_at, least(expires_at, last_seen_at)) < now() - interval '6 months'`.execute(db)
  },
})
