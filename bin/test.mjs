#!/usr/bin/env node
// npm test: every check in turn; the last line is `N passed, N failed` (and `, N skipped` with the remedies above it).
//   node bin/test.mjs [all | unit | check | pg15 | e2e] [paths for vitest …]
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { findChromium } from './chromium.mjs'
import { environment, install, pinnedNode, root } from './install.mjs'
import { findPostgres, startPostgres } from './postgres.mjs'
import { buildWeb } from './web.mjs'

const [mode = 'all', ...paths] = process.argv.slice(2)
const count = { passed: 0, failed: 0, skipped: 0 }
const skips = []
const print = (line) => process.stdout.write(`${line}\n`)

install()
const env = environment({ CI: '1', NO_COLOR: '1' })
delete env.FORCE_COLOR
// Every test file loads half the product in a process of its own: compiled once, it is read from here.
env.NODE_COMPILE_CACHE ||= path.join(root, 'node_modules/.cache/compiled')
// Tests run on databases of their own; an installation's settings must not leak into the servers they start.
env.TEST_DATABASE_URL ||= env.DATABASE_URL ?? ''
for (const name of [
  'DATABASE_URL',
  'APP_DATABASE_URL',
  'PORT',
  'HOST',
  'DATA_DIR',
  'PUBLIC_URL',
  'BOX_PORT',
  'BOX_URL',
  'TLS_CERT',
  'TLS_KEY',
  'DEMO',
])
  delete env[name]

const bin = (name) => path.join(root, 'node_modules', name)

function run(words, { quiet = false, extra = {} } = {}) {
  return new Promise((resolve) => {
    const child = spawn(pinnedNode(), words, {
      cwd: root,
      env: { ...env, ...extra },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let text = ''
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk) => (quiet ? (text += chunk) : process.stdout.write(chunk)))
    child.on('close', (code) => resolve({ ok: code === 0, text }))
  })
}

function tally(name, ok, text = '') {
  count[ok ? 'passed' : 'failed']++
  print(`${ok ? 'passed' : 'FAILED'}  ${name}`)
  if (!ok) print(text.trimEnd())
}

function skip(name, remedy, tests = 1) {
  count.skipped += tests
  skips.push(`skipped: ${name} (${tests}). ${remedy}`)
}

async function check(name, ...words) {
  const { ok, text } = await run(words, { quiet: true })
  tally(name, ok, text)
}

const checks = async () => {
  print('Checking format, lint and types …')
  await Promise.all([
    check('format', bin('oxfmt/bin/oxfmt'), '--check'),
    check('lint', bin('oxlint/bin/oxlint'), '--quiet'),
    ...['server', 'web'].map((half) =>
      check(`types of the ${half}`, bin('typescript/bin/tsc'), '--pretty', 'false', '-p', `tsconfig.${half}.json`),
    ),
  ])
}

/** Runs vitest and adds up its own count; a file that can't even be loaded counts as one failure. */
async function vitest(name, words, extra) {
  const report = path.join(root, 'test-results', `${name}.json`)
  mkdirSync(path.dirname(report), { recursive: true })
  rmSync(report, { force: true })
  print(`Running ${name} tests …`)
  const { ok } = await run(
    [bin('vitest/vitest.mjs'), 'run', ...words, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
    { extra },
  )
  if (!existsSync(report)) return tally(`${name} tests`, false, 'vitest ended without a report')
  const result = JSON.parse(readFileSync(report, 'utf8'))
  const failed =
    result.numFailedTests +
    result.testResults.filter(
      (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
    ).length
  count.passed += result.numPassedTests
  // An error outside any test (an unhandled rejection) fails the run without a failed test.
  count.failed += ok ? failed : Math.max(failed, 1)
  for (const file of result.testResults)
    for (const each of file.assertionResults)
      if (!['passed', 'failed'].includes(each.status))
        skip(
          `${path.relative(root, file.name)}: ${each.fullName.trim()}`,
          'Remedy: run .ci/run as root once, which installs what the tests need',
        )
}

const unit = () => vitest('unit', ['--project=unit', '--project=architecture', '--project=cases', ...paths])

/** The oldest PostgreSQL on this machine that we support, if any: SQL must run on 15 as well as on the embedded 18. */
async function older(words) {
  const folder = findPostgres()
  if (!folder) return skip('tests on PostgreSQL 15', 'Remedy: apt-get install postgresql-15', 1)
  const server = await startPostgres(folder)
  print(`PostgreSQL in ${folder}`)
  try {
    await vitest('pg15', ['--project=unit', ...words], { TEST_DATABASE_URL: server.url })
  } finally {
    server.stop()
  }
}

async function endToEnd() {
  const folder = path.join(root, 'test/e2e')
  const stories = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.test.ts')).length : 0
  if (!stories) return
  const chromium = findChromium(print)
  if (!chromium)
    return skip(
      'stories in the browser',
      'Remedy: install Chromium (apt-get install chromium) or set CHROMIUM=/path/to/chrome',
      stories,
    )
  await vitest('e2e', ['--project=e2e', ...paths], { CHROMIUM: chromium })
}

async function web() {
  print('Building the web app …')
  tally('web build', buildWeb())
}

const smoke = [
  'src/kernel/testing',
  'src/kernel/backup',
  'src/kernel/jobs',
  'src/kernel/register',
  'src/kernel/facts',
  'src/modules/organisation',
  'src/modules/members',
]
const steps = {
  // Type checks use one core each for a while: the web app is built beside them.
  all: [() => Promise.all([checks(), web()]), unit, () => older(smoke), endToEnd],
  unit: [() => vitest('unit', ['--project=unit', ...paths])],
  check: [checks],
  pg15: [() => older(paths)],
  e2e: [web, endToEnd],
}
if (!steps[mode]) {
  print(`Unknown: ${mode}. One of ${Object.keys(steps).join(', ')}.`)
  process.exit(2)
}
for (const step of steps[mode]) await step()
for (const line of skips) print(line)
print(`${count.passed} passed, ${count.failed} failed${count.skipped ? `, ${count.skipped} skipped` : ''}`)
process.exit(count.failed ? 1 : 0)
