/** What the command line and other modules may call. */
export { domainTitle } from './genres.ts'
export { generateReport } from './server/generate.ts'
export { figureJson, figuresIn, reportDocx } from './server/output.ts'
export { createReport, orderOf } from './server/reports.ts'
