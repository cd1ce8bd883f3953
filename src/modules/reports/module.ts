import { defineModule } from '../../kernel/module/manifest.ts'

export default defineModule({
  name: 'reports',
  title: '工作报告',
  dependsOn: ['organisation'],
  permissions: [
    { name: 'reports.figures', title: '查看统计数字' },
    { name: 'reports.read', title: '查看工作报告' },
    { name: 'reports.write', title: '起草工作报告' },
    { name: 'reports.sign', title: '签发工作报告' },
    { name: 'reports.export', title: '导出工作报告' },
  ],
  navigation: [
    { path: '/figures', title: '统计数字', permission: 'reports.figures', group: '报告', order: 10 },
    { path: '/reports', title: '工作报告', permission: 'reports.read', group: '报告', order: 20 },
  ],
})
