import { machine } from '../../../kernel/lifecycle/machine.ts'
import { STATES } from '../words.ts'

const decide = 'hardship.approve'
const check = 'hardship.write'
const state = (name: keyof typeof STATES): string => STATES[name]

/** 申请 → 受理核查 → 公示 → 审批 → 在档. Reviewing and lifting happen on file and keep their own rows. */
export const fileLife = machine({
  id: 'hardship.file',
  objectKind: 'hardship-file',
  title: '困难职工建档',
  initial: 'draft',
  // The acts are read with the file, which asks for a reason and logs the opening; nobody reads them by themselves.
  visible: async () => false,
  states: {
    draft: {
      title: state('draft'),
      moves: [
        { verb: '提交', to: 'applied', permission: check },
        { verb: '撤回', to: 'withdrawn', permission: check },
      ],
    },
    applied: {
      title: state('applied'),
      waiting: { for: { permission: check }, title: '待入户核查' },
      moves: [
        { verb: '撤回', to: 'withdrawn', permission: check },
        { verb: '退回', to: 'draft', permission: check },
        {
          verb: '同意',
          to: 'checked',
          permission: check,
          requires: { visit: '入户核查记录', qualifies: '符合困难类别的核查结论' },
        },
        { verb: '否决', to: 'rejected', permission: check },
      ],
    },
    checked: {
      title: state('checked'),
      waiting: { for: { permission: check }, title: '待公示' },
      moves: [
        { verb: '公示', to: 'published', permission: check },
        { verb: '退回', to: 'draft', permission: check },
      ],
    },
    published: {
      title: state('published'),
      waiting: { for: { permission: decide }, title: '公示后审批' },
      moves: [
        {
          verb: '同意',
          to: 'on-file',
          permission: decide,
          requires: { publicity: '公示期满（不少于 5 个工作日）且异议已经答复、没有成立的异议' },
        },
        { verb: '退回', to: 'draft', permission: decide },
        { verb: '否决', to: 'rejected', permission: decide },
      ],
    },
    'on-file': { title: state('on-file'), final: true, moves: [] },
    rejected: { title: state('rejected'), final: true, moves: [] },
    withdrawn: { title: state('withdrawn'), final: true, moves: [] },
  },
})
