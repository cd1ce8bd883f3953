import { defineModule, registerPermissions } from '../../kernel/module/manifest.ts'
import { bloodDonations, donations, villagePairings } from './registers/giving.ts'
import { campaigns, exchanges, shows, volunteerings } from './registers/taking-part.ts'

export default defineModule({
  name: 'charity',
  title: '社会公益',
  dependsOn: ['funds', 'hardship', 'members', 'openness', 'privacy'],
  permissions: registerPermissions('charity', '社会公益'),
  registers: [bloodDonations, volunteerings, donations, villagePairings, exchanges, shows, campaigns],
  navigation: [
    { path: '/charity/drives', title: '募捐和结对', permission: 'charity.read', group: '职工服务', order: 70 },
  ],
  holds: [
    { what: '献血、志愿服务、义演参加人员和捐赠金额', basis: '公益活动组织和公示', retention: '活动结束后保存五年' },
    { what: '结对帮扶户姓名和所得钱物', basis: '结对帮扶台账', retention: '帮扶结束后保存五年' },
  ],
})
