import { serve } from '../../kernel/module/serving.ts'
import { electionRoutes } from './server/routes.ts'
import { seatingRoutes } from './server/seating-routes.ts'
import { secretRoundRoutes } from './server/secret-routes.ts'

export default serve({ routes: [electionRoutes, secretRoundRoutes, seatingRoutes] })
