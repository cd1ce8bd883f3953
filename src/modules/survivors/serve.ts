import { serve } from '../../kernel/module/serving.ts'
import { refuseReversal } from '../funds/public.ts'
import { ageReminder } from './server/reminders.ts'
import { survivorRoutes } from './server/routes.ts'

// A list is undone by month and person, an employer's money by handing it back.
refuseReversal(
  'survivors/pay/',
  '这是遗属抚恤金发放的凭证，不能整张冲销。多发的请在遗属名下登记退出后“追回”，凭证自动记账。',
)
refuseReversal(
  'survivors/held/',
  '这是代管抚恤金收付的凭证，不能冲销。多收的请在“代管的抚恤金”里退还单位；金额有误的，请会计填制更正凭证。',
)
refuseReversal('survivors/', '这是追回抚恤金的凭证，不能冲销。登记有误的，请会计填制更正凭证并写明原因。')

export default serve({ routes: [survivorRoutes], jobs: [ageReminder] })
