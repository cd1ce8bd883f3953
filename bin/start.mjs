#!/usr/bin/env node
// npm start: set-up, web app, then the server on the pinned Node.
import { spawn } from 'node:child_process'
import path from 'node:path'
import { environment, install, pinnedNode, root } from './install.mjs'
import { buildWeb } from './web.mjs'

install()
if (!buildWeb()) process.exit(1)

// The channel tells the server when this process is killed: it must not outlive us and hold the port.
const server = spawn(pinnedNode(), [path.join(root, 'src/server.ts')], {
  env: environment(),
  stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
})
const stop = () => server.kill('SIGTERM')
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, stop)
// npm killed outright can't pass the signal on; then we have another parent than before.
const parent = process.ppid
if (process.env.npm_lifecycle_event) setInterval(() => process.ppid !== parent && stop(), 1000).unref()
server.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGTERM' ? 0 : 1)))
