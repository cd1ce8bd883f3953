import { serve } from '../../kernel/module/serving.ts'
import { incomeRoutes } from './server/income/routes.ts'
import { recomputes } from './server/journal/facts.ts'

export default serve({ routes: [incomeRoutes], recomputes })
