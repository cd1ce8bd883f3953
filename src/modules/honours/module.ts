import { defineModule, registerPermissions } from '../../kernel/module/manifest.ts'
import { awards, contestResults, modelCare, selections } from './registers/honours.ts'

export default defineModule({
  name: 'honours',
  title: '评先树优',
  dependsOn: [],
  permissions: registerPermissions('honours', '评先树优'),
  registers: [awards, contestResults, selections, modelCare],
  navigation: [],
  holds: [
    {
      what: '获奖人、候选人姓名和奖励金额',
      basis: '评先选优和荣誉管理',
      retention: '荣誉台账永久保存，候选资料保存三年',
    },
  ],
})
