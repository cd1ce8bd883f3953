import { defineModule, registerPermissions } from '../../kernel/module/manifest.ts'
import { archives, campaigns, newsItems, papers, subscriptions, upperDocuments } from './registers/publicity.ts'

export default defineModule({
  name: 'publicity',
  title: '宣传信息',
  dependsOn: [],
  permissions: registerPermissions('publicity', '宣传信息'),
  registers: [newsItems, subscriptions, campaigns, papers, archives, upperDocuments],
  navigation: [],
  holds: [{ what: '作者姓名', basis: '信息采用和稿酬', retention: '随文书档案保存' }],
})
