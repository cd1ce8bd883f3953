import { serve } from '../../kernel/module/serving.ts'
import { paperRoutes } from './server/paper-routes.ts'
import { paperFiles } from './server/papers.ts'
import { projectRoutes } from './server/project-routes.ts'
import { sessionRoutes } from './server/session-routes.ts'
import { termRoutes } from './server/term-routes.ts'

export default serve({ routes: [termRoutes, sessionRoutes, paperRoutes, projectRoutes], fileOwners: [paperFiles] })
