import { serve } from '../../kernel/module/serving.ts'
import { refuseReversal } from '../funds/public.ts'
import { claimFiles } from './server/claim-files.ts'
import { renewalReminder } from './server/renewal-reminder.ts'
import { unpaidClaims } from './server/retention.ts'
import { mutualAidRoutes } from './server/routes.ts'

// What is held for a plan is put right where it is counted: by collecting, handing over and receiving.
refuseReversal(
  'mutual-aid/',
  '这是互助保障收付的凭证，不能在这里冲销：计划的代管款会与账不符。请打开“来源”核对计划或理赔；补助被银行退回的，在理赔里登记“退汇”；金额确有错误的，请会计填制更正凭证并写明原因。',
)

export default serve({
  routes: [mutualAidRoutes],
  fileOwners: [claimFiles],
  jobs: [renewalReminder],
  retentions: [unpaidClaims],
})
