import { serve } from '../../kernel/module/serving.ts'
import { eventFiles } from './server/event-files.ts'
import { careRoutes } from './server/routes.ts'

export default serve({ routes: [careRoutes], fileOwners: [eventFiles] })
