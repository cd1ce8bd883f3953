import { defineModule } from '../../kernel/module/manifest.ts'

export default defineModule({
  name: 'motions',
  title: '提案与合理化建议',
  dependsOn: ['accounts', 'ballots', 'congress', 'members', 'organisation'],
  permissions: [
    { name: 'motions.read', title: '查看提案和合理化建议' },
    { name: 'motions.submit', title: '提交提案、意见和合理化建议' },
    { name: 'motions.second', title: '附议提案' },
    { name: 'motions.handle', title: '承办提案' },
    { name: 'motions.sort', title: '提案审查立案' },
    { name: 'motions.supervise', title: '提案交办、督办和评优' },
  ],
  holds: [
    {
      what: '提案人、附议人、建议人的姓名和意见；匿名投递的不记任何身份',
      basis: '职工民主管理',
      retention: '随职工代表大会档案保存；草稿和未提交的附议一年后可清理',
    },
  ],
})
