// Finds a Chromium for the browser stories; as root on Debian it installs the distribution's.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome']

/** @returns {string | null} path of the executable */
export function findChromium(print) {
  if (process.env.CHROMIUM) return existsSync(process.env.CHROMIUM) ? process.env.CHROMIUM : null
  const found = onPath() ?? playwrights()
  if (found || process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return found
  print('Installing Chromium with apt-get …')
  const options = { stdio: 'ignore', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } }
  spawnSync('apt-get', ['update', '-qq'], options)
  spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-noto-cjk'], options)
  return onPath()
}

function onPath() {
  for (const folder of (process.env.PATH ?? '').split(path.delimiter))
    for (const name of names) if (existsSync(path.join(folder, name))) return path.join(folder, name)
  return null
}

/** Browsers that Playwright downloaded for other projects. */
function playwrights() {
  const cache = process.env.PLAYWRIGHT_BROWSERS_PATH ?? path.join(os.homedir(), '.cache/ms-playwright')
  if (!existsSync(cache)) return null
  for (const name of readdirSync(cache).filter((entry) => entry.startsWith('chromium-'))) {
    for (const folder of ['chrome-linux64', 'chrome-linux']) {
      const file = path.join(cache, name, folder, 'chrome')
      if (existsSync(file)) return file
    }
  }
  return null
}
