import { serve } from '../../kernel/module/serving.ts'
import { accountRoutes } from './server/account-routes.ts'
import { sweepUrns } from './server/closing.ts'
import { roundRoutes, slipRoutes, suggestionRoutes } from './server/routes.ts'

export default serve({
  routes: [roundRoutes, suggestionRoutes, slipRoutes, accountRoutes],
  start: async (services) => {
    await sweepUrns(services)
    return async () => {}
  },
})
