import { machine } from '../../../kernel/lifecycle/machine.ts'
import { allows } from '../../../kernel/access/access.ts'
import { sql } from 'kysely'
import { STATES } from '../words.ts'

const state = (name: keyof typeof STATES): string => STATES[name]

/** 拟定名单 → 公示 → 审批 → 发放. What was frozen at the first step stays, also when the cycle is ended. */
export const cycleLife = machine({
  id: 'aid.cycle',
  objectKind: 'aid-cycle',
  title: '帮扶批次',
  initial: 'draft',
  visible: async (db, actor, cycleId) => {
    const { rows } = await sql<{ unitId: number }>`
      select unit_id as "unitId" from aid.cycle where id = ${cycleId}`.execute(db)
    return rows[0] !== undefined && (await allows(db, actor, 'aid.read', rows[0].unitId))
  },
  states: {
    draft: {
      title: state('draft'),
      moves: [
        { verb: '提交', to: 'decided', permission: 'aid.manage' },
        { verb: '终止', to: 'ended', permission: 'aid.manage' },
      ],
    },
    decided: {
      title: state('decided'),
      waiting: { for: { permission: 'aid.manage' }, title: '待公示' },
      moves: [
        { verb: '公示', to: 'published', permission: 'aid.manage' },
        { verb: '终止', to: 'ended', permission: 'aid.manage' },
      ],
    },
    published: {
      title: state('published'),
      waiting: { for: { permission: 'aid.sign' }, title: '公示后审批' },
      moves: [
        {
          verb: '同意',
          to: 'approved',
          permission: 'aid.sign',
          requires: { publicity: '公示期满（不少于 5 个工作日），异议已经答复，且没有成立的异议' },
        },
        { verb: '终止', to: 'ended', permission: 'aid.sign' },
      ],
    },
    approved: {
      title: state('approved'),
      waiting: { for: { permission: 'aid.pay' }, title: '待发放' },
      moves: [
        { verb: '同意', to: 'paid', permission: 'aid.pay' },
        { verb: '终止', to: 'ended', permission: 'aid.approve' },
      ],
    },
    paid: { title: state('paid'), final: true, moves: [] },
    ended: { title: state('ended'), final: true, moves: [] },
  },
})
