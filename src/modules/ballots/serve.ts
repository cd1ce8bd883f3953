import { serve } from '../../kernel/module/serving.ts'
import { secretRoutes } from './secret/routes.ts'
import { startSecret } from './secret/start.ts'
import { voteRoutes } from './server/routes.ts'

export default serve({ routes: [voteRoutes, secretRoutes], start: startSecret })
