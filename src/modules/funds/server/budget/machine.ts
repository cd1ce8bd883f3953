import { sql } from 'kysely'
import { allows } from '../../../../kernel/access/access.ts'
import { machine } from '../../../../kernel/lifecycle/machine.ts'
import type { BudgetState } from '../../budget-contract.ts'

/** 编制 → 工会委员会集体审议 → 经费审查委员会审查 → 生效; an adjustment goes the same way as the original. */
export const budgetMachine = machine({
  id: 'funds.budget',
  objectKind: 'funds-budget',
  title: '年度预算审批',
  initial: 'draft',
  visible: async (db, actor, budgetId) => {
    const { rows } = await sql<{ unitId: number }>`
      select k.unit_id as "unitId" from funds.budget b join funds.book k on k.id = b.book_id where b.id = ${budgetId}`.execute(
      db,
    )
    return rows[0] !== undefined && allows(db, actor, 'funds.read', rows[0].unitId)
  },
  states: {
    draft: {
      title: '编制中',
      moves: [
        { verb: '提交', to: 'committee', permission: 'funds.prepare' },
        { verb: '终止', to: 'dropped', permission: 'funds.prepare' },
      ],
    },
    committee: {
      title: '待工会委员会审议',
      waiting: { for: { permission: 'funds.approve' }, title: '待工会委员会审议' },
      moves: [
        { verb: '撤回', to: 'draft', permission: 'funds.prepare' },
        {
          verb: '同意',
          to: 'audit',
          permission: 'funds.approve',
          requires: { minutes: '工会委员会集体审议的会议纪要' },
        },
        { verb: '退回', to: 'draft', permission: 'funds.approve' },
      ],
    },
    audit: {
      title: '待经审会审查',
      waiting: { for: { permission: 'funds.audit' }, title: '待经审会审查' },
      moves: [
        { verb: '同意', to: 'approved', permission: 'funds.audit' },
        { verb: '退回', to: 'draft', permission: 'funds.audit' },
      ],
    },
    approved: { title: '已生效', final: true, moves: [] },
    dropped: { title: '已终止', final: true, moves: [] },
  },
})

/** SQL: where a budget stands, from its last act. */
export const budgetStateSql = (column: string) => sql<BudgetState>`coalesce((select x.to_state from kernel.act x
  where x.object_kind = 'funds-budget' and x.object_id = ${sql.ref(column)} and x.to_state is not null
  order by x.id desc limit 1), 'draft')`
