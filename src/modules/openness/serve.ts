import { defineJob } from '../../kernel/jobs/jobs.ts'
import { serve } from '../../kernel/module/serving.ts'
import { itemFiles } from './server/item-files.ts'
import { remind } from './server/overdue.ts'
import { boardRoutes, dutyRoutes, itemRoutes } from './server/routes.ts'

const reminders = defineJob({
  name: 'openness.reminders',
  title: '提醒应公开事项',
  schedule: '20 5 * * *',
  run: async ({ db, today }) => {
    const system = { accountId: 0, personId: null, name: '系统', grants: [], office: '系统', kind: 'system' } as const
    await db.transaction().execute((tx) => remind(tx, system, today()))
  },
})

export default serve({ routes: [itemRoutes, dutyRoutes, boardRoutes], jobs: [reminders], fileOwners: [itemFiles] })
