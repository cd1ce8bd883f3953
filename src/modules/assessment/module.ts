import { defineModule, registerPermissions } from '../../kernel/module/manifest.ts'
import { commentatorOpinions, commentators, inspections, quarterly, shortcomings } from './registers/assessment.ts'

export default defineModule({
  name: 'assessment',
  title: '考核评价',
  dependsOn: [],
  permissions: registerPermissions('assessment', '考核评价'),
  registers: [quarterly, commentators, commentatorOpinions, inspections, shortcomings],
  navigation: [],
  holds: [{ what: '评论员姓名和意见提出人', basis: '工会考核评价', retention: '考核周期结束后保存三年' }],
})
