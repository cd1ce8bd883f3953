import { recordFiles } from './kernel/files/record-files.ts'
import { fileRoutes } from './kernel/files/routes.ts'
import type { Routes } from './kernel/http/app.ts'
import { importKinds } from './imports.ts'
import { exportRoutes } from './kernel/exporter/routes.ts'
import { importRoutes } from './kernel/importer/routes.ts'
import { lifecycleRoutes } from './kernel/lifecycle/routes.ts'
import { noticeRoutes } from './kernel/notices/routes.ts'
import { customRoutes } from './kernel/register/custom-routes.ts'
import { registerRoutes } from './kernel/register/routes.ts'
import { routes as accountRoutes } from './modules/accounts/server/routes.ts'
import { memberRoutes } from './modules/members/server/routes.ts'
import { memberPaperRoutes } from './modules/members/server/paper-routes.ts'
import { organisationRoutes } from './modules/organisation/server/routes.ts'
import { termRoutes } from './modules/organisation/server/term-routes.ts'
import { pickerRoutes } from './modules/members/server/picker.ts'
import { factRoutes } from './modules/reports/server/figure-routes.ts'
import { reportRoutes } from './modules/reports/server/report-routes.ts'
import { ruleRoutes } from './modules/rules/server/routes.ts'
import { served } from './served.ts'

/** Everything the server answers, in the order it is added. */
export const routes: readonly Routes[] = [
  ...accountRoutes,
  registerRoutes,
  exportRoutes,
  customRoutes,
  fileRoutes([recordFiles, ...served.flatMap((serving) => serving.fileOwners ?? [])]),
  memberRoutes,
  memberPaperRoutes,
  organisationRoutes,
  termRoutes,
  pickerRoutes,
  factRoutes,
  reportRoutes,
  lifecycleRoutes,
  noticeRoutes,
  ruleRoutes,
  ...served.flatMap((serving) => serving.routes ?? []),
  (app, services) => importRoutes(importKinds(services.config.dataDir))(app, services),
]
