#!/usr/bin/env node
// npm run -s bench [-- --scale 0.1]: set-up, then the benchmark on the pinned Node.
import { spawn } from 'node:child_process'
import path from 'node:path'
import { environment, install, pinnedNode, root } from './install.mjs'

install()
const child = spawn(pinnedNode(), [path.join(root, 'bench/bench.ts'), ...process.argv.slice(2)], {
  env: environment(),
  stdio: 'inherit',
})
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => child.kill(signal))
child.on('exit', (code) => process.exit(code ?? 1))
