import { forgetExports, writeExport } from './kernel/exporter/background.ts'
import { sweepStrays } from './kernel/files/forget.ts'
import { forgetImports } from './kernel/importer/forget.ts'
import type { Job } from './kernel/jobs/jobs.ts'
import { sweep } from './modules/accounts/jobs.ts'
import { termWarnings } from './modules/organisation/jobs.ts'
import { nightlyReconcile } from './modules/reports/jobs.ts'
import { served } from './served.ts'

/** Everything the workers do. */
export const jobs: readonly Job<never>[] = [
  sweep,
  nightlyReconcile,
  termWarnings,
  forgetImports,
  writeExport,
  forgetExports,
  sweepStrays,
  ...served.flatMap((serving) => serving.jobs ?? []),
]
