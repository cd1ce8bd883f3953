#!/usr/bin/env node
// npm run -s cases [-- 002 003-7]: six real reports' figures, reproduced from ledgers, on a database of its own.
import { spawn } from 'node:child_process'
import path from 'node:path'
import { environment, install, pinnedNode, root } from './install.mjs'

install()
const child = spawn(pinnedNode(), [path.join(root, 'test/cases/run.ts'), ...process.argv.slice(2)], {
  env: environment(),
  stdio: 'inherit',
})
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => child.kill(signal))
child.on('exit', (code) => process.exit(code ?? 1))
