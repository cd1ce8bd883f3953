import { defineModule, registerPermissions } from '../../kernel/module/manifest.ts'
import { jobNotice, migrant, recoveryTrip, station } from './registers/away.ts'
import { bargaining, contract, contractCheck, restructuring } from './registers/bargaining.ts'
import { dispute, mediationBody } from './registers/disputes.ts'
import { familyLoan, familyVisit, summerClass, zeroTuition } from './registers/families.ts'
import { claim, employerTraining, legalAid, postCompetition, reemployment } from './registers/legal.ts'
import { appeal, listening, survey, talk } from './registers/opinions.ts'
import { petition, risk, stabilityReport } from './registers/petitions.ts'
import { petitionReview, specialGroup } from './registers/special.ts'
import { incident, lawInspection } from './registers/supervision.ts'

export default defineModule({
  name: 'rights',
  title: '权益维护',
  dependsOn: [],
  permissions: [
    ...registerPermissions('rights', '权益维护'),
    { name: 'rights.read-confidential', title: '查看争议、信访和谈心记录', sensitive: true },
  ],
  registers: [
    bargaining,
    contract,
    contractCheck,
    restructuring,
    mediationBody,
    dispute,
    incident,
    lawInspection,
    legalAid,
    employerTraining,
    claim,
    reemployment,
    postCompetition,
    petition,
    stabilityReport,
    risk,
    specialGroup,
    petitionReview,
    survey,
    talk,
    listening,
    appeal,
    station,
    recoveryTrip,
    jobNotice,
    migrant,
    summerClass,
    zeroTuition,
    familyVisit,
    familyLoan,
  ],
  navigation: [],
  holds: [
    {
      what: '争议当事人、信访人、谈心对象的姓名和事由（单独授权查看）',
      basis: '劳动争议调解、信访接待和职工思想工作',
      retention: '结案后五年',
    },
    { what: '留守儿童、外出务工人员及其家庭的姓名和困难', basis: '外出务工服务', retention: '服务结束后两年' },
  ],
})
