import { serve } from '../../kernel/module/serving.ts'
import { refuseReversal } from '../funds/public.ts'
import { charityRoutes } from './server/routes.ts'

refuseReversal(
  'charity/',
  '这是募捐收付的凭证，不能在这里冲销：捐款的余额会与账不符。请打开“来源”核对募捐活动；金额确有错误的，请会计填制更正凭证并写明原因。',
)

export default serve({ routes: [charityRoutes] })
