import { defineModule, registerPermissions } from '../../kernel/module/manifest.ts'
import { activityPlans, artworks, films, hosted } from './registers/culture.ts'
import { delegations, events } from './registers/events.ts'
import { teams, trainingSessions } from './registers/teams.ts'

export default defineModule({
  name: 'activities',
  title: '文体活动',
  dependsOn: [],
  permissions: registerPermissions('activities', '文体活动'),
  registers: [events, delegations, teams, trainingSessions, films, artworks, hosted, activityPlans],
  navigation: [],
  holds: [
    {
      what: '参加活动、入选和获奖的姓名',
      basis: '活动组织和经费核销',
      retention: '随活动凭证保存，期满按档案规定处理',
    },
  ],
})
