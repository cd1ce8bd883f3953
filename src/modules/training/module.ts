import { defineModule, registerPermissions } from '../../kernel/module/manifest.ts'
import { campaign, culture, nomination } from './registers/campaigns.ts'
import { course, coverage } from './registers/courses.ts'
import { degree } from './registers/degrees.ts'
import { lecture, speech } from './registers/lectures.ts'
import { leadershipStudy, research, studyTour } from './registers/outside.ts'
import { film, lawStudy, quiz, reading, study } from './registers/study.ts'

export default defineModule({
  name: 'training',
  title: '素质提升',
  dependsOn: [],
  permissions: registerPermissions('training', '素质提升'),
  registers: [
    study,
    lawStudy,
    quiz,
    course,
    coverage,
    degree,
    reading,
    film,
    campaign,
    nomination,
    lecture,
    speech,
    culture,
    studyTour,
    research,
    leadershipStudy,
  ],
  navigation: [],
  holds: [
    {
      what: '学员、参赛者、听讲人的姓名、成绩、学历进展和资助金额',
      basis: '职工素质工程和教育培训',
      retention: '培训记录五年；获奖和学历资料随职工档案',
    },
  ],
})
