import { serve } from '../../kernel/module/serving.ts'
import { ageReminder } from './server/reminders.ts'
import { survivorRoutes } from './server/routes.ts'

export default serve({ routes: [survivorRoutes], jobs: [ageReminder] })
