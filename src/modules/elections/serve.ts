import { serve } from '../../kernel/module/serving.ts'
import { electionRoutes } from './server/routes.ts'

export default serve({ routes: [electionRoutes] })
