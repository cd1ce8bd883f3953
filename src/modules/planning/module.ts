import { defineModule, registerPermissions } from '../../kernel/module/manifest.ts'
import { documents, jointMeetings, planItems, tasks } from './registers/planning.ts'

export default defineModule({
  name: 'planning',
  title: '党政工协同',
  dependsOn: [],
  permissions: registerPermissions('planning', '党政工协同'),
  registers: [jointMeetings, planItems, documents, tasks],
  navigation: [],
  holds: [{ what: '分管领导和责任人姓名', basis: '计划和任务管理', retention: '随文书档案保存' }],
})
