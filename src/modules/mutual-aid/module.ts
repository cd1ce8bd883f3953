import { defineModule, registerPermissions } from '../../kernel/module/manifest.ts'
import { claims, contributions, enrolments } from './registers/insurance.ts'
import { inpatientSubsidies, maternityClaims, pensionDrives, rules, savings } from './registers/medical.ts'

export default defineModule({
  name: 'mutual-aid',
  title: '互助保障',
  dependsOn: ['accounts', 'members', 'funds'],
  permissions: [
    ...registerPermissions('mutual-aid', '互助保障'),
    { name: 'mutual-aid.manage', title: '设立互助计划' },
    { name: 'mutual-aid.approve', title: '审批互助理赔' },
    { name: 'mutual-aid.read-confidential', title: '查看住院补助和理赔明细', sensitive: true },
  ],
  registers: [enrolments, claims, contributions, inpatientSubsidies, maternityClaims, rules, savings, pensionDrives],
  navigation: [
    { path: '/mutual-aid/claims', title: '互助理赔', permission: 'mutual-aid.read', group: '职工服务', order: 30 },
  ],
  holds: [
    { what: '参保人员名单、类别和保费', basis: '组织职工参加互助保障', retention: '保障期满后保存五年' },
    {
      what: '住院日期、医院、自付和补助金额',
      basis: '互助医疗补助审核',
      retention: '随补助凭证保存，期满按档案规定销毁',
    },
    { what: '生育保险报销项目和金额', basis: '协助职工办理生育保险', retention: '报销后保存五年' },
  ],
})
