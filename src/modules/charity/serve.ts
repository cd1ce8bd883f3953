import { serve } from '../../kernel/module/serving.ts'
import { charityRoutes } from './server/routes.ts'

export default serve({ routes: [charityRoutes] })
