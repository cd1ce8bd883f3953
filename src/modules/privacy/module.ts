import { defineModule } from '../../kernel/module/manifest.ts'

export default defineModule({
  name: 'privacy',
  title: '个人信息',
  dependsOn: ['hardship', 'members', 'rules'],
  permissions: [{ name: 'privacy.clean-up', title: '办理个人信息到期清理', sensitive: true }],
  holds: [{ what: '本人对照片、署名、信息比对、健康提醒的同意和撤回', basis: '本人分项同意', retention: '随会籍保存' }],
})
