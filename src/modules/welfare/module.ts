import { defineModule, registerPermissions } from '../../kernel/module/manifest.ts'
import { goodDeeds, guidances } from './registers/deeds.ts'
import { childAwards, matchedPairs, matchmakings, schoolPlaces, weddingAnniversaries } from './registers/family.ts'
import { canteenIssues, issues, procurements } from './registers/goods.ts'
import { birthdays, checkUps, healthProgrammes } from './registers/health.ts'
import { trips, tripSurveys } from './registers/trips.ts'

export default defineModule({
  name: 'welfare',
  title: '福利健康',
  dependsOn: ['members', 'privacy'],
  permissions: [
    ...registerPermissions('welfare', '福利健康'),
    { name: 'welfare.read-confidential', title: '查看牵手登记等保密台账', sensitive: true },
  ],
  registers: [
    checkUps,
    birthdays,
    healthProgrammes,
    trips,
    tripSurveys,
    issues,
    procurements,
    goodDeeds,
    childAwards,
    schoolPlaces,
    matchmakings,
    matchedPairs,
    weddingAnniversaries,
    guidances,
    canteenIssues,
  ],
  navigation: [
    { path: '/welfare/check-ups', title: '职工体检', permission: 'welfare.read', group: '职工服务', order: 60 },
  ],
  holds: [
    { what: '体检名单、是否提示复查（不含检查结果）', basis: '组织职工体检', retention: '保存三年' },
    {
      what: '职工生日、领取物品和证件编号',
      basis: '生日慰问和福利发放',
      retention: '随发放凭证保存，期满按档案规定销毁',
    },
    { what: '职工子女姓名、学段、录取学校', basis: '子女学习奖励和入学协调', retention: '办结后保存五年' },
    { what: '联谊牵手双方姓名', basis: '本人同意的联谊登记', retention: '本人要求即删除，否则保存三年' },
  ],
})
