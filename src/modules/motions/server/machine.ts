import { machine } from '../../../kernel/lifecycle/machine.ts'
import { seesMotion, seesSuggestion } from './seeing.ts'

const submit = 'motions.submit'
const sort = 'motions.sort'
const supervise = 'motions.supervise'
const handle = 'motions.handle'
const drop = { verb: '终止', to: 'dropped', permission: submit } as const

/**
 * 征集 → 审查立案 → 交办 → 承办答复 → 提案人评价 → (once more) → 办结. The state stands in motions.motion too, written in
 * the same transaction, so that lists can ask for it.
 */
export const motionMachine = machine({
  id: 'motions.motion',
  objectKind: 'motion',
  title: '提案办理',
  initial: 'draft',
  visible: seesMotion,
  states: {
    draft: { title: '草稿', moves: [{ verb: '提交', to: 'received', permission: submit }, drop] },
    returned: {
      title: '退回修改',
      waiting: { for: 'submitter', title: '待修改' },
      moves: [{ verb: '提交', to: 'received', permission: submit }, drop],
    },
    received: {
      title: '待审查立案',
      waiting: { for: { permission: sort }, title: '待审查立案' },
      moves: [
        { verb: '撤回', to: 'draft', permission: submit },
        { verb: '同意', to: 'filed', permission: sort },
        { verb: '退回', to: 'returned', permission: sort },
        { verb: '否决', to: 'rejected', permission: sort },
        // 转作意见, or merged into another.
        { verb: '终止', to: 'settled', permission: sort },
      ],
    },
    filed: {
      title: '已立案',
      waiting: { for: { permission: supervise }, title: '待交办' },
      moves: [
        { verb: '同意', to: 'handling', permission: supervise },
        // Found to be the same as another after it was filed.
        { verb: '终止', to: 'settled', permission: sort },
      ],
    },
    handling: {
      title: '承办中',
      moves: [
        { verb: '提交', to: 'replied', permission: handle },
        { verb: '退回', to: 'filed', permission: handle },
        { verb: '催办', permission: supervise },
      ],
    },
    replied: {
      title: '已答复，待提案人评价',
      moves: [
        { verb: '同意', to: 'closed', permission: submit },
        { verb: '退回', to: 'handling', permission: submit },
        // Not satisfied with the second handling either: that stands, and the matter is closed.
        { verb: '否决', to: 'closed', permission: submit },
        // Nobody can say: the slip had no name, or the mover doesn't answer.
        { verb: '终止', to: 'closed', permission: supervise },
        { verb: '催办', permission: supervise },
      ],
    },
    closed: { title: '已办结', final: true, moves: [] },
    rejected: { title: '不立案', final: true, moves: [] },
    settled: { title: '转作意见或并案', final: true, moves: [] },
    dropped: { title: '已放弃', final: true, moves: [] },
  },
})

export const suggestionMachine = machine({
  id: 'motions.suggestion',
  objectKind: 'suggestion',
  title: '合理化建议办理',
  initial: 'draft',
  visible: seesSuggestion,
  states: {
    draft: { title: '填写', moves: [{ verb: '提交', to: 'received', permission: submit }] },
    received: {
      title: '待评审',
      waiting: { for: { permission: sort }, title: '待评审建议' },
      moves: [
        { verb: '撤回', to: 'withdrawn', permission: submit },
        { verb: '同意', to: 'adopted', permission: sort },
        { verb: '否决', to: 'declined', permission: sort },
      ],
    },
    adopted: {
      title: '已采纳',
      waiting: { for: { permission: supervise }, title: '待登记实施结果' },
      moves: [{ verb: '同意', to: 'implemented', permission: supervise }],
    },
    implemented: { title: '已实施', final: true, moves: [] },
    declined: { title: '未采纳', final: true, moves: [] },
    withdrawn: { title: '已撤回', final: true, moves: [] },
  },
})
