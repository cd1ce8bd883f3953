import { defineJob } from '../../kernel/jobs/jobs.ts'
import { warnOfTerms } from './server/terms.ts'

/** Terms of office that run out come onto the desks every morning. */
export const termWarnings = defineJob({
  name: 'organisation.term-warnings',
  title: '提醒届满换届',
  schedule: '10 5 * * *',
  run: async ({ db, today }) => {
    await db.transaction().execute((tx) => warnOfTerms(tx, today()))
  },
})
