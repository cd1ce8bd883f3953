import { defineModule, registerPermissions } from '../../kernel/module/manifest.ts'
import { audits, branchQuotas, payments, receipts, restrictedFunds } from './registers/funds.ts'

export default defineModule({
  name: 'funds',
  title: '经费管理',
  dependsOn: ['rules'],
  permissions: registerPermissions('funds', '经费管理'),
  registers: [receipts, payments, branchQuotas, audits, restrictedFunds],
  navigation: [],
  holds: [{ what: '缴款人、审批人和受益人姓名', basis: '经费管理和审查', retention: '按会计档案期限保存' }],
})
