import { defineModule, registerPermissions } from '../../kernel/module/manifest.ts'
import { childrenGifts, crewEscorts, festivals, heatRelief, homeVisits } from './registers/rounds.ts'
import { dueVisits, standards, standingRules } from './registers/rules.ts'
import { householdVisits, injuries, visits } from './registers/visits.ts'

export default defineModule({
  name: 'care',
  title: '走访慰问',
  dependsOn: ['funds', 'members', 'rules', 'welfare'],
  permissions: [
    ...registerPermissions('care', '走访慰问'),
    { name: 'care.oblige', title: '规定必访事项' },
    { name: 'care.read-confidential', title: '查看工伤慰问等保密台账', sensitive: true },
  ],
  registers: [
    visits,
    injuries,
    householdVisits,
    standards,
    standingRules,
    dueVisits,
    homeVisits,
    heatRelief,
    childrenGifts,
    crewEscorts,
    festivals,
  ],
  navigation: [{ path: '/care/events', title: '走访事项', permission: 'care.read', group: '职工服务', order: 10 }],
  holds: [
    {
      what: '慰问对象姓名、事由、当事人亲属关系、慰问金额',
      basis: '工会走访慰问和经费核销',
      retention: '随慰问凭证保存，期满按档案规定销毁',
    },
    { what: '工伤职工的治疗阶段和诉求', basis: '工伤慰问跟踪', retention: '结案后保存五年' },
    { what: '职工子女姓名和学段', basis: '儿童节慰问', retention: '慰问凭证核销后保存五年' },
  ],
})
