import { serve } from '../../kernel/module/serving.ts'
import { clearing } from './secret/clear.ts'
import { clearRoutes } from './secret/clear-routes.ts'
import { codeRoutes } from './secret/code-routes.ts'
import { publicationRoutes } from './secret/publication-routes.ts'
import { secretRoutes } from './secret/routes.ts'
import { startSecret } from './secret/start.ts'
import { stationRoutes } from './secret/station-routes.ts'
import { voteRoutes } from './server/routes.ts'

export default serve({
  routes: [voteRoutes, secretRoutes, stationRoutes, publicationRoutes, codeRoutes, clearRoutes],
  jobs: [clearing],
  start: startSecret,
})
