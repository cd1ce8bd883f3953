import { serve } from '../../kernel/module/serving.ts'
import { eventFiles } from './server/event-files.ts'
import { visitPhotos } from './server/retention.ts'
import { careRoutes } from './server/routes.ts'
import { roundRoutes } from './server/rounds/routes.ts'

export default serve({ routes: [careRoutes, roundRoutes], fileOwners: [eventFiles], retentions: [visitPhotos] })
