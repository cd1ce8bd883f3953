import { serve } from '../../kernel/module/serving.ts'
import { hardshipRoutes } from './server/routes.ts'

export default serve({ routes: [hardshipRoutes] })
