import { defineModule, registerPermissions } from '../../kernel/module/manifest.ts'
import { activities, contests, groupMeetings, healthTalks } from './registers/gatherings.ts'
import { benefits, farewells, gifts, groupSupports, venues, visits } from './registers/support.ts'

export default defineModule({
  name: 'retirees',
  title: '离退休工作',
  dependsOn: ['members', 'funds', 'rules'],
  permissions: registerPermissions('retirees', '离退休工作'),
  registers: [
    visits,
    activities,
    groupMeetings,
    groupSupports,
    gifts,
    farewells,
    healthTalks,
    contests,
    venues,
    benefits,
  ],
  navigation: [{ path: '/retirees', title: '退休职工', permission: 'retirees.write', group: '职工服务', order: 60 }],
  holds: [
    {
      what: '离退休人员活动邀请、走访慰问和福利领取名单',
      basis: '离退休人员服务管理',
      retention: '随凭证保存，期满按档案规定销毁',
    },
    { what: '健康讲座到场人员得到的服务类别（不含病情）', basis: '讲座组织和随访', retention: '保存三年' },
  ],
})
