import { sql } from 'kysely'
import { allows } from '../../../kernel/access/access.ts'
import { machine } from '../../../kernel/lifecycle/machine.ts'

const publish = 'openness.publish'
const write = 'openness.write'

/** Draft → approval → published → taken down. Publishing is an office's word, drafting is not. */
export const itemMachine = machine({
  id: 'openness.item',
  objectKind: 'openness-item',
  title: '公开事项',
  initial: 'draft',
  states: {
    draft: {
      title: '草稿',
      moves: [
        { verb: '提交', to: 'submitted', permission: write },
        { verb: '终止', to: 'dropped', permission: write },
      ],
    },
    submitted: {
      title: '待审批',
      moves: [
        { verb: '同意', to: 'published', permission: publish },
        { verb: '退回', to: 'returned', permission: publish },
        { verb: '否决', to: 'dropped', permission: publish },
        { verb: '撤回', to: 'draft', permission: write },
        { verb: '催办', permission: write },
      ],
      waiting: { for: { permission: publish }, title: '待审批公开事项' },
    },
    returned: {
      title: '已退回',
      moves: [
        { verb: '提交', to: 'submitted', permission: write },
        { verb: '终止', to: 'dropped', permission: write },
      ],
      waiting: { for: 'submitter', title: '请修改后再提交' },
    },
    published: {
      title: '公开中',
      moves: [{ verb: '终止', to: 'ended', permission: publish }],
    },
    ended: { title: '已撤下', final: true, moves: [] },
    dropped: { title: '已作废', final: true, moves: [] },
  },
  async visible(db, actor, id) {
    const { rows } = await sql<{ unitId: number }>`
      select unit_id as "unitId" from openness.item where id = ${id}`.execute(db)
    return !!rows[0] && allows(db, actor, 'openness.read', rows[0].unitId)
  },
})
