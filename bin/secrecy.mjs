#!/usr/bin/env node
// npm run -s test:secrecy: set-up, then the leak channels on the pinned Node.
import { spawn } from 'node:child_process'
import path from 'node:path'
import { environment, install, pinnedNode, root } from './install.mjs'

install()
const child = spawn(pinnedNode(), [path.join(root, 'test/secrecy/main.ts')], { env: environment(), stdio: 'inherit' })
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => child.kill(signal))
child.on('exit', (code) => process.exit(code ?? 1))
