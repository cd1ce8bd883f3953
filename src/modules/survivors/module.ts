import { defineModule } from '../../kernel/module/manifest.ts'

export default defineModule({
  name: 'survivors',
  title: '遗属供养',
  dependsOn: ['funds', 'hardship', 'members'],
  permissions: [
    { name: 'survivors.read', title: '查看遗属供养' },
    { name: 'survivors.write', title: '登记遗属和复核' },
    { name: 'survivors.import', title: '导入遗属名册' },
    { name: 'survivors.export', title: '导出遗属名册和发放表' },
    { name: 'survivors.approve', title: '审批遗属抚恤金', sensitive: true },
    { name: 'survivors.read-confidential', title: '查看遗属名册和发放明细', sensitive: true },
  ],
  navigation: [
    {
      path: '/survivors',
      title: '遗属供养',
      permission: 'survivors.read-confidential',
      group: '职工服务',
      order: 24,
    },
  ],
  holds: [
    {
      what: '遗属姓名、出生日期、与亡故职工关系、居住地和联系方式（加密保存）',
      basis: '遗属供养的认定、年度复核和发放',
      retention: '退出供养后保存十年',
    },
  ],
})
