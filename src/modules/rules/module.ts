import { defineModule } from '../../kernel/module/manifest.ts'

export default defineModule({
  name: 'rules',
  title: '规则依据',
  dependsOn: [],
  permissions: [
    { name: 'rules.confirm', title: '核对确认规则依据', sensitive: true },
    { name: 'rules.calendar', title: '维护放假调休安排' },
  ],
  navigation: [
    { path: '/rules', title: '规则依据', permission: 'rules.confirm', group: '系统', order: 40 },
    { path: '/rules/calendar', title: '放假调休', permission: 'rules.calendar', group: '系统', order: 41 },
  ],
})
