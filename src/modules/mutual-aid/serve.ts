import { serve } from '../../kernel/module/serving.ts'
import { mutualAidRoutes } from './server/routes.ts'

export default serve({ routes: [mutualAidRoutes] })
