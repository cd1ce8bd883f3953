// Runs on whatever Node (18 and up) the machine has: installs what is missing and finds the pinned Node.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..')
const marker = path.join(root, 'node_modules/.installed-from')
const needed = 24

/** Chinese progress on stderr, so that a command's own output stays clean. */
export const say = (line) => process.stderr.write(`${line}\n`)

/** Makes node_modules match the lockfile; does nothing when it already does. */
export function install() {
  const lock = readFileSync(path.join(root, 'package-lock.json'))
  const hash = createHash('sha256').update(lock).update(`${process.platform}-${process.arch}`).digest('hex')
  if (existsSync(marker) && readFileSync(marker, 'utf8') === hash) return
  if (!matches(JSON.parse(lock))) {
    say('正在安装所需的软件包（第一次约需一分钟）…')
    // Nothing we use needs an install script, and node_modules must be whole whatever NODE_ENV says.
    const flags = ['--ignore-scripts', '--include=dev', '--include=optional', '--no-audit', '--no-fund']
    if (!npm('ci', ...flags)) {
      say('按锁定版本安装没有成功，改用普通安装再试一次 …')
      if (!npm('install', '--no-save', ...flags)) {
        say('软件包没有装成。请检查网络（或设置 npm 镜像：npm config set registry <地址>）后重新运行。')
        process.exit(1)
      }
    }
  }
  writeFileSync(marker, hash)
}

/** Whether what npm last installed here is what the lockfile asks for (someone ran npm install by hand). */
function matches(lock) {
  try {
    const present = JSON.parse(readFileSync(path.join(root, 'node_modules/.package-lock.json'), 'utf8')).packages
    return Object.entries(lock.packages).every(
      ([name, entry]) => name === '' || (present[name] ? present[name].version === entry.version : entry.optional),
    )
  } catch {
    return false
  }
}

function npm(...words) {
  const result = spawnSync('npm', words, {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, npm_config_loglevel: 'error' },
  })
  return result.status === 0
}

/** The Node that package-lock.json pins for this platform, or this one if it is new enough. */
export function pinnedNode() {
  try {
    const require = createRequire(import.meta.url)
    const folder = path.dirname(require.resolve(`node-${process.platform}-${process.arch}/package.json`))
    const node = path.join(folder, 'bin/node')
    if (existsSync(node)) return node
  } catch {
    // no package for this platform
  }
  if (Number(process.versions.node.split('.')[0]) >= needed) return process.execPath
  say(`本机（${process.platform}-${process.arch}）没有随附的 Node，请安装 Node ${needed} 或更高版本后重新运行。`)
  process.exit(1)
}

/** What the pinned Node's children need: itself and the packages' programs first in PATH. */
export function environment(extra = {}) {
  const node = pinnedNode()
  const folders = [path.dirname(node), path.join(root, 'node_modules/.bin'), process.env.PATH ?? '']
  return {
    ...process.env,
    PATH: folders.join(path.delimiter),
    NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? path.join(root, 'node_modules/.cache/compiled'),
    ...extra,
  }
}
