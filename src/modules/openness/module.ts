import { defineModule, registerPermissions } from '../../kernel/module/manifest.ts'
import { board, inspection, mailbox } from './registers/channels.ts'
import { announcement, fee, item } from './registers/items.ts'
import { charter, coverage, publicity } from './registers/systems.ts'

export default defineModule({
  name: 'openness',
  title: '公开工作',
  dependsOn: ['congress', 'members', 'organisation'],
  permissions: [
    ...registerPermissions('openness', '公开工作'),
    { name: 'openness.publish', title: '批准公开、撤下和确定公开目录' },
    { name: 'openness.inspect', title: '检查公开工作' },
    { name: 'openness.board', title: '看公开栏、提出意见' },
    { name: 'openness.read-confidential', title: '查看意见箱来信来电', sensitive: true },
  ],
  registers: [item, fee, announcement, board, mailbox, inspection, coverage, charter, publicity],
  navigation: [],
  holds: [
    {
      what: '意见箱、信箱来信人的姓名和反映的内容',
      basis: '听取和办理职工意见',
      retention: '办结后三年；匿名来信不记姓名',
    },
    {
      what: '实名提出询问、异议的职工和所提内容；不记名提出的不保存任何身份信息',
      basis: '听取职工对公开事项的意见',
      retention: '随公开事项保存三年',
    },
  ],
})
