import { defineModule, registerPermissions } from '../../kernel/module/manifest.ts'
import { appeals, applications } from './registers/applications.ts'
import { grants } from './registers/grants.ts'
import { refunds } from './registers/refunds.ts'

export default defineModule({
  name: 'aid',
  title: '帮扶项目',
  dependsOn: ['accounts', 'members', 'hardship', 'openness', 'funds'],
  permissions: [
    ...registerPermissions('aid', '帮扶项目'),
    { name: 'aid.manage', title: '设立帮扶项目、拟定名单', sensitive: true },
    { name: 'aid.sign', title: '分管审批帮扶批次', sensitive: true },
    { name: 'aid.approve', title: '审批帮扶批次', sensitive: true },
    { name: 'aid.pay', title: '发放帮扶资金', sensitive: true },
    { name: 'aid.read-confidential', title: '查看帮扶名单和不符合的原因', sensitive: true },
  ],
  registers: [grants, applications, appeals, refunds],
  navigation: [{ path: '/aid', title: '帮扶项目', permission: 'aid.read', group: '职工服务', order: 22 }],
  holds: [
    {
      what: '拟定名单当日的困难类别、家庭人口、收入与支出，申请理由、受助学生和学校（学籍号只留加密摘要）',
      basis: '帮扶资金的审批、公示和核查',
      retention: '随批次档案和发放凭证保存',
    },
    { what: '发放金额、签收方式、申诉和答复', basis: '实名发放和财务审计', retention: '随会计档案保存三十年' },
  ],
})
