import { serve } from '../../kernel/module/serving.ts'
import { defineJob } from '../../kernel/jobs/jobs.ts'
import { motionFiles, suggestionFiles } from './server/file-owners.ts'
import { suggestionRoutes } from './server/more-routes.ts'
import { motionRoutes } from './server/routes.ts'
import { urgeAll } from './server/urging.ts'

/** 催办: who is soon due or late hears of it every morning. */
const urging = defineJob({
  name: 'motions.urging',
  title: '提案催办',
  schedule: '20 5 * * *',
  run: async ({ db, today }) => {
    await db.transaction().execute((tx) => urgeAll(tx, today()))
  },
})

export default serve({
  routes: [motionRoutes, suggestionRoutes],
  jobs: [urging],
  fileOwners: [motionFiles, suggestionFiles],
})
