import { serve } from '../../kernel/module/serving.ts'
import { dueReminder } from './server/due-reminder.ts'
import { privacyRoutes } from './server/routes.ts'

export default serve({ routes: [privacyRoutes], jobs: [dueReminder] })
