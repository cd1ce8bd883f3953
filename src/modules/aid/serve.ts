import { serve } from '../../kernel/module/serving.ts'
import { declareGranted, refuseReversal } from '../funds/public.ts'
import { applicationFiles, receiptFiles } from './server/aid-files.ts'
import { memberRoutes } from './server/member-routes.ts'
import { grantedByCycles } from './server/money.ts'
import { unpaidApplications } from './server/retention.ts'
import { aidRoutes } from './server/routes.ts'

// A payment is undone person by person, so that whoever keeps something stays helped; a refund is never undone.
refuseReversal(
  'aid/cycles/',
  '这是帮扶发放的凭证，不能整张冲销。请在批次的发放名单里，对退回的人登记“退回”（可以只退一部分），凭证自动记账。',
)
refuseReversal('aid/entitlements/', '这是帮扶款退回的凭证，不能冲销。退回登记有误的，请会计填制更正凭证并写明原因。')

declareGranted(grantedByCycles)

export default serve({
  routes: [aidRoutes, memberRoutes],
  fileOwners: [applicationFiles, receiptFiles],
  retentions: [unpaidApplications],
})
