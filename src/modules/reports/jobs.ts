import { audit } from '../../kernel/audit/audit.ts'
import { defineJob } from '../../kernel/jobs/jobs.ts'
import { reconcile } from '../../kernel/facts/reconcile.ts'
import { catalogue } from '../../kernel/register/registry.ts'

/** Every night each measure is compared with its own recomputation; the outcome, good or bad, stands in the audit. */
export const nightlyReconcile = defineJob({
  name: 'reports.reconcile',
  title: '夜间核对',
  schedule: '20 2 * * *',
  run: async ({ db }) => {
    const system = {
      accountId: 0,
      personId: null,
      name: '夜间核对',
      grants: [],
      office: '系统',
      kind: 'system' as const,
    }
    await db.transaction().execute(async (tx) => {
      const { measures, differences } = await reconcile(tx, await catalogue(tx))
      await audit(tx, system, {
        action: 'reports.reconcile',
        objectKind: 'installation',
        summary: differences.length
          ? `核对 ${measures} 项，发现 ${differences.length} 处台账与数字不一致，请系统管理员运行 reconcile 查看`
          : `核对 ${measures} 项，全部一致`,
        detail: { measures, differences: differences.slice(0, 20) },
      })
    })
  },
})
