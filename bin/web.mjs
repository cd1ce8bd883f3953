// Builds the web app when its sources are newer than the build.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { environment, pinnedNode, root, say } from './install.mjs'

const marker = path.join(root, 'dist/.sources')

/** Returns false when the build failed; its words are already on stderr. */
export function buildWeb() {
  if (!existsSync(path.join(root, 'src/web/index.html'))) return true
  const hash = sources()
  if (existsSync(marker) && readFileSync(marker, 'utf8') === hash) return true
  say('正在生成网页（约十秒）…')
  const vite = path.join(root, 'node_modules/vite/bin/vite.js')
  const result = spawnSync(pinnedNode(), [vite, 'build', '--logLevel', 'warn'], {
    cwd: root,
    env: environment({ NODE_ENV: 'production' }),
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  if (result.status !== 0) return false
  writeFileSync(marker, hash)
  return true
}

/** Contents of everything the app may import: the declarations in src/ are shared by server and web. */
function sources() {
  const hash = createHash('sha256')
  for (const file of ['package-lock.json', 'vite.config.ts']) hash.update(readFileSync(path.join(root, file)))
  const walk = (folder) => {
    for (const entry of readdirSync(folder, { withFileTypes: true }).toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
      const place = path.join(folder, entry.name)
      if (entry.isDirectory()) {
        if (entry.name !== 'server') walk(place)
      } else if (!/\.test\.tsx?$|\.md$/.test(entry.name)) hash.update(place).update(readFileSync(place))
    }
  }
  walk(path.join(root, 'src'))
  return hash.digest('hex')
}
