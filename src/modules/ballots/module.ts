import { defineModule } from '../../kernel/module/manifest.ts'

export default defineModule({
  name: 'ballots',
  title: '投票与表决',
  dependsOn: ['members', 'organisation'],
  permissions: [
    { name: 'ballots.read', title: '查看投票表决' },
    { name: 'ballots.write', title: '主持投票表决' },
    { name: 'ballots.count', title: '录入计票结果' },
  ],
  holds: [
    {
      what: '有选举权人名册（姓名、单位、是否到会领票），不含投给谁',
      basis: '核对选举人资格和法定人数',
      retention: '与选举档案一并长期保存',
    },
    {
      what: '没有账号的选举人的领票码（只存带密钥的散列）和领票签发记录',
      basis: '一人一票',
      retention: '异议期满即销毁',
    },
    { what: '记名表决的各人表态', basis: '会议决定公开表决的事项', retention: '与会议记录一并长期保存' },
  ],
})
