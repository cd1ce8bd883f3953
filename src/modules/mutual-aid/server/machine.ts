import { machine } from '../../../kernel/lifecycle/machine.ts'
import { STATES } from '../words.ts'

const examine = 'mutual-aid.write'
const decide = 'mutual-aid.approve'

/** 申请 → 初审 → 审批 → 支付. Paying is a deed of its own with its day and sum. */
export const claimLife = machine({
  id: 'mutual-aid.claim',
  objectKind: 'mutual-aid-claim',
  title: '互助保障理赔',
  initial: 'filed',
  // The acts are read with the claim, whose visibility the module decides.
  visible: async () => false,
  states: {
    filed: {
      title: STATES.filed,
      waiting: { for: { permission: examine }, title: '待初审' },
      moves: [
        { verb: '同意', to: 'examined', permission: examine },
        { verb: '退回', to: 'returned', permission: examine },
        { verb: '否决', to: 'refused', permission: examine },
        { verb: '终止', to: 'withdrawn', permission: examine },
      ],
    },
    examined: {
      title: STATES.examined,
      waiting: { for: { permission: decide }, title: '待审批' },
      moves: [
        { verb: '同意', to: 'approved', permission: decide },
        { verb: '退回', to: 'returned', permission: decide },
        { verb: '否决', to: 'refused', permission: decide },
      ],
    },
    approved: { title: STATES.approved, final: true, moves: [] },
    returned: { title: STATES.returned, final: true, moves: [] },
    // An appeal is a deed of its own (decide.ts): the claimant has no office.
    refused: { title: STATES.refused, moves: [{ verb: '提交', to: 'appealed', permission: examine }] },
    appealed: {
      title: STATES.appealed,
      waiting: { for: { permission: decide }, title: '待决定申诉' },
      moves: [
        { verb: '同意', to: 'examined', permission: decide },
        { verb: '否决', to: 'refused', permission: decide },
      ],
    },
    withdrawn: { title: STATES.withdrawn, final: true, moves: [] },
  },
})
