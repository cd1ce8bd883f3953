import { defineModule, registerPermissions } from '../../kernel/module/manifest.ts'

/** Home of the registers that units make for themselves: their rows live in kernel.custom_register. */
export default defineModule({
  name: 'registers',
  title: '自建登记簿',
  dependsOn: [],
  permissions: [
    ...registerPermissions('registers', '自建登记簿'),
    { name: 'registers.design', title: '设计登记簿和字段' },
  ],
  navigation: [
    { path: '/registers/design', title: '自建登记簿', permission: 'registers.design', group: '设置', order: 30 },
  ],
})
