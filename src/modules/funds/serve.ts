import { serve } from '../../kernel/module/serving.ts'
import { assetRoutes } from './server/assets/asset-routes.ts'
import { auditRoutes } from './server/audit/audit-routes.ts'
import { openFindings } from './server/audit/holds.ts'
import { bankRoutes } from './server/bank/bank-routes.ts'
import { budgetRecomputes } from './server/budget/facts.ts'
import { budgetRoutes } from './server/budget/routes.ts'
import { incomeRoutes } from './server/income/routes.ts'
import { recomputes } from './server/journal/facts.ts'
import { bookRoutes } from './server/journal/routes.ts'
import { voucherFiles, voucherRoutes } from './server/journal/voucher-routes.ts'
import { notesRoutes } from './server/notes/routes.ts'
import { publicationRoutes } from './server/publication/routes.ts'
import { requestFiles } from './server/spending/files.ts'
import { spendingRoutes } from './server/spending/routes.ts'
import { statementRoutes } from './server/statements/statement-routes.ts'
import { tillRoutes } from './server/till/routes.ts'
import { visitRoutes } from './server/visits/routes.ts'

export default serve({
  routes: [
    bookRoutes,
    voucherRoutes,
    statementRoutes,
    notesRoutes,
    publicationRoutes,
    visitRoutes,
    assetRoutes,
    tillRoutes,
    auditRoutes,
    bankRoutes,
    incomeRoutes,
    spendingRoutes,
    budgetRoutes,
  ],
  recomputes: { ...recomputes, ...budgetRecomputes },
  fileOwners: [voucherFiles, requestFiles],
  holds: [openFindings],
})
