import { serve } from '../../kernel/module/serving.ts'
import { endedFiles } from './server/retention.ts'
import { hardshipRoutes } from './server/routes.ts'

export default serve({ routes: [hardshipRoutes], retentions: [endedFiles] })
