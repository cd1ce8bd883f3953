import { defineModule, registerPermissions } from '../../kernel/module/manifest.ts'
import { commendation, contest, salesSupport } from './registers/contests.ts'
import { achievement, project } from './registers/innovation.ts'
import { chiefWorker, excellence, pairing, team } from './registers/people.ts'
import { skillContest, topTen } from './registers/skills.ts'
import { teachingContest } from './registers/teaching.ts'

export default defineModule({
  name: 'competitions',
  title: '竞赛创新',
  dependsOn: [],
  permissions: registerPermissions('competitions', '竞赛创新'),
  registers: [
    contest,
    commendation,
    salesSupport,
    project,
    achievement,
    skillContest,
    topTen,
    teachingContest,
    excellence,
    team,
    chiefWorker,
    pairing,
  ],
  navigation: [],
  holds: [
    {
      what: '参赛、获奖、项目组成员和师徒的姓名、成绩、名次',
      basis: '组织劳动竞赛和技术创新',
      retention: '成绩五年，获奖和称号作为荣誉史料长期保存',
    },
  ],
})
