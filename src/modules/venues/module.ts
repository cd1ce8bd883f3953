import { defineModule, registerPermissions } from '../../kernel/module/manifest.ts'
import { assets, attendance, boards, bookings, loans, places } from './registers/venues.ts'

export default defineModule({
  name: 'venues',
  title: '阵地建设',
  dependsOn: [],
  permissions: registerPermissions('venues', '阵地建设'),
  registers: [places, attendance, bookings, loans, assets, boards],
  navigation: [],
  holds: [{ what: '借阅人、保管人姓名', basis: '图书和资产管理', retention: '归还或处置后保存一年' }],
})
