import { sql } from 'kysely'
import { allows } from '../../../kernel/access/access.ts'
import { machine } from '../../../kernel/lifecycle/machine.ts'
import { STATES } from '../posts.ts'

const write = 'elections.write'
const approve = 'elections.approve'

/** An election's way: plan → 批复 → candidates → publicity → meeting → announcement → report → 批复. */
export const electionMachine = machine({
  id: 'elections.election',
  objectKind: 'election',
  title: '工会选举',
  initial: 'plan',
  states: {
    plan: {
      title: STATES.plan,
      moves: [
        { verb: '提交', to: 'review', permission: write },
        { verb: '终止', to: 'cancelled', permission: write },
      ],
    },
    review: {
      title: STATES.review,
      waiting: { for: { permission: approve }, title: '选举方案待批复' },
      moves: [
        { verb: '同意', to: 'preparing', permission: approve },
        { verb: '退回', to: 'plan', permission: approve },
        { verb: '撤回', to: 'plan', permission: write },
      ],
    },
    preparing: {
      title: STATES.preparing,
      waiting: { for: { permission: write }, title: '推荐候选人并公示' },
      moves: [
        { verb: '公示', to: 'publicity', permission: write },
        { verb: '终止', to: 'cancelled', permission: write },
      ],
    },
    publicity: {
      title: STATES.publicity,
      waiting: { for: { permission: write }, title: '公示期满召开选举大会' },
      moves: [
        { verb: '提交', to: 'meeting', permission: write },
        { verb: '退回', to: 'preparing', permission: write },
        { verb: '终止', to: 'cancelled', permission: write },
      ],
    },
    meeting: {
      title: STATES.meeting,
      waiting: { for: { permission: write }, title: '计票并宣布结果' },
      moves: [
        { verb: '公示', to: 'announced', permission: write },
        { verb: '终止', to: 'invalid', permission: write },
      ],
    },
    announced: {
      title: STATES.announced,
      waiting: { for: { permission: write }, title: '选举结果报上一级工会' },
      moves: [
        { verb: '提交', to: 'reported', permission: write },
        { verb: '终止', to: 'invalid', permission: write },
      ],
    },
    reported: {
      title: STATES.reported,
      waiting: { for: { permission: approve }, title: '选举结果待批复' },
      moves: [
        { verb: '同意', to: 'approved', permission: approve },
        { verb: '否决', to: 'refused', permission: approve },
        { verb: '终止', to: 'invalid', permission: write },
      ],
    },
    // Delegates' elections may be found invalid afterwards, by two (annulment.ts); a committee's stands.
    approved: { title: STATES.approved, moves: [{ verb: '终止', to: 'invalid', permission: approve }] },
    refused: { title: STATES.refused, final: true, moves: [] },
    invalid: { title: STATES.invalid, final: true, moves: [] },
    cancelled: { title: STATES.cancelled, final: true, moves: [] },
  },
  visible: async (db, actor, id) => {
    const { rows } = await sql<{
      unitId: number
    }>`select unit_id as "unitId" from elections.election where id = ${id}`.execute(db)
    return rows[0] !== undefined && (await allows(db, actor, 'elections.read', rows[0].unitId))
  },
})
