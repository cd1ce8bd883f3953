import { serve } from '../../kernel/module/serving.ts'
import { voteRoutes } from './server/routes.ts'

export default serve({ routes: [voteRoutes] })
