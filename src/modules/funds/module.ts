import { defineModule, registerPermissions } from '../../kernel/module/manifest.ts'
import { budgetMetrics } from './budget-metrics.ts'
import { journalMetrics } from './metrics.ts'
import { audits, branchQuotas, payments, receipts, restrictedFunds } from './registers/funds.ts'

export default defineModule({
  name: 'funds',
  title: '经费管理',
  dependsOn: ['organisation', 'members', 'rules', 'accounts', 'openness'],
  permissions: [
    ...registerPermissions('funds', '经费管理'),
    { name: 'funds.apply', title: '申请经费' },
    { name: 'funds.reimburse', title: '报销本人垫付的支出' },
    { name: 'funds.sign', title: '分管审批经费支出', sensitive: true },
    { name: 'funds.prepare', title: '填制记账凭证' },
    { name: 'funds.review', title: '审核记账凭证', sensitive: true },
    { name: 'funds.approve', title: '审批经费支出', sensitive: true },
    { name: 'funds.post', title: '记账', sensitive: true },
    { name: 'funds.pay', title: '收付现金和银行款项', sensitive: true },
    { name: 'funds.close', title: '建账、结账', sensitive: true },
    { name: 'funds.audit', title: '经费审查', sensitive: true },
    { name: 'funds.visit', title: '外部审计人员查账', sensitive: true },
  ],
  registers: [receipts, payments, branchQuotas, audits, restrictedFunds],
  metrics: [...journalMetrics, ...budgetMetrics],
  navigation: [],
  holds: [{ what: '缴款人、审批人和受益人姓名', basis: '经费管理和审查', retention: '按会计档案期限保存' }],
})
