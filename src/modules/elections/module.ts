import { defineModule } from '../../kernel/module/manifest.ts'

export default defineModule({
  name: 'elections',
  title: '工会选举',
  dependsOn: ['ballots', 'congress', 'members', 'organisation', 'rules', 'union-building'],
  permissions: [
    { name: 'elections.read', title: '查看工会选举' },
    { name: 'elections.write', title: '办理工会选举' },
    { name: 'elections.approve', title: '批复下级工会选举' },
  ],
  holds: [
    { what: '候选人的姓名、简历和回避情况声明', basis: '候选人资格审查和公示', retention: '与选举档案一并长期保存' },
    { what: '会议到会情况、监票人和计票人', basis: '核对法定人数', retention: '与选举档案一并长期保存' },
  ],
})
