import { serve } from '../../kernel/module/serving.ts'
import { assetRoutes } from './server/assets/asset-routes.ts'
import { auditRoutes } from './server/audit/audit-routes.ts'
import { bankRoutes } from './server/bank/bank-routes.ts'
import { incomeRoutes } from './server/income/routes.ts'
import { recomputes } from './server/journal/facts.ts'

export default serve({ routes: [assetRoutes, auditRoutes, bankRoutes, incomeRoutes], recomputes })
