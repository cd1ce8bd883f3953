import { serve } from '../../kernel/module/serving.ts'
import { claimFiles } from './server/claim-files.ts'
import { renewalReminder } from './server/renewal-reminder.ts'
import { mutualAidRoutes } from './server/routes.ts'

export default serve({ routes: [mutualAidRoutes], fileOwners: [claimFiles], jobs: [renewalReminder] })
