import { serve } from '../../kernel/module/serving.ts'
import { privacyRoutes } from './server/routes.ts'

export default serve({ routes: [privacyRoutes] })
