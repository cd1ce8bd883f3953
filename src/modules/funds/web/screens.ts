import { moduleScreens } from '../../../web/screens.ts'
import { processPath } from './process-paths.ts'
import { processMenu, processScreens } from './process-screens.ts'

/** Pages of the room; each loads when it is opened. */
export default moduleScreens({
  screens: processScreens,
  menu: processMenu,
  origins: { 'funds-budget': () => processPath.budget },
})
