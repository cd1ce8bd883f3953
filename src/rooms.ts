import './modules.ts'

/** What the server is made of besides its database: nothing of it is needed before the first question. */
export { firstStart } from './first-start.ts'
export { jobs } from './jobs.ts'
export { buildApp } from './kernel/http/app.ts'
export { startWorkers } from './kernel/jobs/jobs.ts'
export { createAuthenticate } from './modules/accounts/server/sessions.ts'
export { routes } from './routes.ts'
export { served } from './served.ts'
