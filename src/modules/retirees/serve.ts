import { serve } from '../../kernel/module/serving.ts'
import { retirementDue } from './server/retirements.ts'
import { retireeRoutes } from './server/routes.ts'

export default serve({ routes: [retireeRoutes], jobs: [retirementDue] })
