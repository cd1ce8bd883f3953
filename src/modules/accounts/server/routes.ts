import type { Routes } from '../../../kernel/http/app.ts'
import { adminRoutes } from './admin-routes.ts'
import { factorRoutes } from './factor-routes.ts'
import { officeRoutes } from './office-routes.ts'
import { sessionRoutes } from './session-routes.ts'

/** Everything the accounts module answers; for `buildApp`. */
export const routes: readonly Routes[] = [sessionRoutes, ...factorRoutes, officeRoutes, adminRoutes]
