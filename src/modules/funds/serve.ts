import { serve } from '../../kernel/module/serving.ts'
import { recomputes } from './server/journal/facts.ts'

export default serve({ recomputes })
