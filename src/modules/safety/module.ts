import { defineModule, registerPermissions } from '../../kernel/module/manifest.ts'
import { ankangCup, sentinel, supervisor } from './registers/contests.ts'
import { campaign, exchangeMeeting, surveillance, training } from './registers/health.ts'
import { accident, inspection } from './registers/inspections.ts'

export default defineModule({
  name: 'safety',
  title: '安全生产与劳动保护',
  dependsOn: [],
  permissions: [
    ...registerPermissions('safety', '安全生产与劳动保护'),
    { name: 'safety.read-confidential', title: '查看事故和职业健康记录', sensitive: true },
  ],
  registers: [inspection, accident, ankangCup, sentinel, supervisor, campaign, surveillance, exchangeMeeting, training],
  navigation: [],
  holds: [
    { what: '哨长、哨兵、监督员的姓名和称号', basis: '群众性安全生产活动', retention: '聘期结束后三年' },
    {
      what: '受伤职工、职业健康受检职工的姓名和结果（单独授权查看）',
      basis: '工会劳动保护监督检查',
      retention: '事故记录长期保存；体检记录三年',
    },
  ],
})
