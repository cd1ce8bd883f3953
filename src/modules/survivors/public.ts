/** What the composition roots may call. */
export { survivorsImport } from './server/roster-import.ts'
