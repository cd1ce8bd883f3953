import { defineModule, registerPermissions } from '../../kernel/module/manifest.ts'
import { funds, reliefs, warmthRounds } from './registers/aid.ts'
import { cases, covers, stations } from './registers/cases.ts'
import { contacts, files, surveys } from './registers/files.ts'
import { fundraisings, pupilPairings, studyExchanges } from './registers/giving.ts'
import { survivorPay, survivorReviews } from './registers/survivors.ts'

export default defineModule({
  name: 'hardship',
  title: '困难帮扶',
  dependsOn: ['members', 'openness'],
  permissions: [
    ...registerPermissions('hardship', '困难帮扶'),
    { name: 'hardship.approve', title: '审批困难档案', sensitive: true },
    { name: 'hardship.set-standard', title: '设定困难标准' },
    { name: 'hardship.read-confidential', title: '查看困难档案和救助明细', sensitive: true },
  ],
  registers: [
    files,
    contacts,
    surveys,
    warmthRounds,
    reliefs,
    funds,
    survivorReviews,
    survivorPay,
    fundraisings,
    pupilPairings,
    studyExchanges,
    cases,
    covers,
    stations,
  ],
  navigation: [
    {
      path: '/hardship/files',
      title: '困难档案',
      permission: 'hardship.read-confidential',
      group: '职工服务',
      order: 20,
    },
  ],
  holds: [
    {
      what: '困难职工及家庭的致困原因、收入、健康、住房情况',
      basis: '困难职工建档立卡和救助审批',
      retention: '在档期间保存，脱困或注销后保存五年',
    },
    { what: '救助金额、受助学生和学校', basis: '救助发放与核销', retention: '随救助凭证保存，期满按档案规定销毁' },
    { what: '遗属姓名、与亡故职工关系、供养情况', basis: '遗属供养复核和抚恤金发放', retention: '退出供养后保存十年' },
    { what: '捐款人姓名和金额', basis: '募捐公示与核销', retention: '募捐结束后保存十年' },
  ],
})
