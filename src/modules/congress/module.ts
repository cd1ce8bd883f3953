import { defineModule, registerPermissions } from '../../kernel/module/manifest.ts'
import { delegateElection, delegateTraining } from './registers/delegates.ts'
import { meeting } from './registers/meetings.ts'
import { motion, motionAward } from './registers/motions.ts'
import { participation } from './registers/participation.ts'
import { agenda, session } from './registers/sessions.ts'
import { consultation, questionnaire, reviewPanel, suggestion } from './registers/suggestions.ts'

export default defineModule({
  name: 'congress',
  title: '民主管理',
  dependsOn: ['ballots', 'members', 'organisation', 'rules'],
  permissions: [
    ...registerPermissions('congress', '民主管理'),
    { name: 'congress.run', title: '主持大会（签到、表决、闭会）' },
    { name: 'congress.sign-in', title: '办理大会签到' },
    { name: 'congress.attend', title: '以代表身份参加大会' },
  ],
  registers: [
    session,
    agenda,
    meeting,
    delegateElection,
    delegateTraining,
    motion,
    motionAward,
    suggestion,
    reviewPanel,
    consultation,
    questionnaire,
    participation,
  ],
  navigation: [],
  holds: [
    {
      what: '职工代表、提案人、建议人和参会人的姓名与意见',
      basis: '职工民主管理',
      retention: '随大会档案保存；参会签到满两届后清理',
    },
  ],
})
