import { defineModule } from '../../kernel/module/manifest.ts'

export default defineModule({
  name: 'accounts',
  title: '账号与权限',
  dependsOn: ['organisation', 'members'],
  permissions: [
    { name: 'accounts.read', title: '查看账号、任职与权限' },
    { name: 'accounts.manage', title: '建立与停用账号、打印激活条' },
    { name: 'accounts.appoint', title: '任免职务与授权' },
    { name: 'accounts.appoint-administrators', title: '任免系统、安全、审计管理员', sensitive: true },
    { name: 'accounts.reset', title: '重置密码' },
    { name: 'accounts.read-audit', title: '查看审计日志', sensitive: true },
    { name: 'accounts.system', title: '系统设置与备份', sensitive: true },
  ],
  navigation: [
    { path: '/accounts/offices', title: '账号与任职', permission: 'accounts.read', group: '系统', order: 10 },
    { path: '/accounts/access', title: '谁能看到', permission: 'accounts.read', group: '系统', order: 20 },
    { path: '/accounts/audit', title: '审计日志', permission: 'accounts.read-audit', group: '系统', order: 30 },
  ],
  holds: [
    { what: '登录名、密码的单向散列、第二因素、登录记录', basis: '账号安全', retention: '账号停用后 6 个月' },
    { what: '任职与授权', basis: '工会组织档案', retention: '长期' },
  ],
})
