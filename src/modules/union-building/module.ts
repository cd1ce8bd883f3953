import { defineModule, registerPermissions } from '../../kernel/module/manifest.ts'
import { body, meeting, rule } from './registers/bodies.ts'
import { brand, evidence, homeWork } from './registers/brands.ts'
import { checklist, committee, demonstration } from './registers/committees.ts'
import { directElectionCheck, election, nominee } from './registers/elections.ts'
import { employerCheck, founding, ledgerChange, membershipCheck } from './registers/founding.ts'
import { guidance, memberNote } from './registers/guidance.ts'
import { branchAppraisal, home, rating } from './registers/homes.ts'
import { exchange, officerFile, officerTraining } from './registers/officers.ts'

export default defineModule({
  name: 'union-building',
  title: '组织建设与建家',
  dependsOn: [],
  permissions: [
    ...registerPermissions('union-building', '组织建设与建家'),
    { name: 'union-building.read-confidential', title: '查看会员呼声与需求', sensitive: true },
  ],
  registers: [
    founding,
    employerCheck,
    membershipCheck,
    ledgerChange,
    election,
    directElectionCheck,
    nominee,
    committee,
    checklist,
    demonstration,
    body,
    rule,
    meeting,
    officerTraining,
    officerFile,
    exchange,
    guidance,
    memberNote,
    home,
    rating,
    branchAppraisal,
    evidence,
    brand,
    homeWork,
  ],
  navigation: [],
  holds: [
    { what: '工会干部、委员、当选人的姓名和职务', basis: '工会选举与任职备案', retention: '作为组织史料长期保存' },
    { what: '会员反映的呼声、情绪和需求', basis: '了解会员情况、服务会员', retention: '回应后两年' },
  ],
})
