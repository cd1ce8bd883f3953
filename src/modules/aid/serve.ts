import { serve } from '../../kernel/module/serving.ts'
import { applicationFiles, receiptFiles } from './server/aid-files.ts'
import { memberRoutes } from './server/member-routes.ts'
import { aidRoutes } from './server/routes.ts'

export default serve({ routes: [aidRoutes, memberRoutes], fileOwners: [applicationFiles, receiptFiles] })
