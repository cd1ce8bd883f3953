/** What other modules may call. The caller checks its own permission; see `server/publish.ts`. */
export { publicityOf, publish, takeDown, type Publication, type Publicity } from './server/publish.ts'
