import { serve } from '../../kernel/module/serving.ts'
import { checkUpRoutes } from './server/routes.ts'

export default serve({ routes: [checkUpRoutes] })
