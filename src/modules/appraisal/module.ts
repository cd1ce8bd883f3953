import { defineModule, registerPermissions } from '../../kernel/module/manifest.ts'
import { form } from './registers/forms.ts'
import { leader, performance } from './registers/people.ts'

export default defineModule({
  name: 'appraisal',
  title: '民主评议',
  dependsOn: [],
  permissions: [
    ...registerPermissions('appraisal', '民主评议'),
    { name: 'appraisal.read-confidential', title: '查看评议结果', sensitive: true },
  ],
  registers: [leader, performance, form],
  navigation: [],
  holds: [
    {
      what: '被评议人、被考核人的姓名、票数和等次',
      basis: '民主评议领导干部',
      retention: '随评议档案保存五年；评议人不记名，不保存其身份',
    },
  ],
})
