import { defineModule, registerPermissions } from '../../kernel/module/manifest.ts'
import { form } from './registers/forms.ts'
import { leader, performance } from './registers/people.ts'

export default defineModule({
  name: 'appraisal',
  title: '民主评议',
  dependsOn: ['assessment', 'ballots', 'congress', 'members', 'openness', 'organisation', 'union-building'],
  permissions: [
    ...registerPermissions('appraisal', '民主评议'),
    { name: 'appraisal.run', title: '组织评议：开始、发评议条、结束、上报' },
    { name: 'appraisal.read-confidential', title: '查看评议结果', sensitive: true },
  ],
  registers: [leader, performance, form],
  navigation: [],
  holds: [
    {
      what: '被评议人、被推荐人、被考核人的姓名、票数和等次',
      basis: '民主评议领导干部',
      retention: '随评议档案保存五年；评议人不记名，不保存其身份',
    },
    {
      what: '述职报告、评论员名单和评论员建议',
      basis: '民主评议、工会评论员工作',
      retention: '随评议档案保存五年；评议中写的意见不记名，与评议票分开保存',
    },
  ],
})
