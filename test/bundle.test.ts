import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { beforeAll, expect, test } from 'vitest'

/** What a browser downloads before it can show a page, from Vite's manifest: the entry, the route, and all they import. */
const dist = path.resolve(import.meta.dirname, '../dist')

interface Chunk {
  file: string
  imports?: string[]
}
let manifest: Record<string, Chunk>

beforeAll(async () => {
  if (!existsSync(path.join(dist, '.vite/manifest.json'))) await (await import('vite')).build({ logLevel: 'error' })
  manifest = JSON.parse(readFileSync(path.join(dist, '.vite/manifest.json'), 'utf8')) as Record<string, Chunk>
}, 120_000)

/** Gzipped kB of script that the given modules need in all. */
function scriptKilobytes(modules: readonly string[]): number {
  const seen = new Set<string>()
  const add = (name: string): void => {
    const chunk = manifest[name]
    if (!chunk) throw new Error(`${name} is not in the manifest`)
    if (seen.has(name)) return
    seen.add(name)
    for (const next of chunk.imports ?? []) add(next)
  }
  for (const name of modules) add(name)
  const files = new Set([...seen].map((name) => manifest[name]!.file).filter((file) => file.endsWith('.js')))
  let bytes = 0
  for (const file of files) bytes += gzipSync(readFileSync(path.join(dist, file))).length
  return bytes / 1000
}

test.each([
  ['the workbench', 'pages/desk/Desk.tsx', 250],
  ['the sign-in page', 'pages/door/SignIn.tsx', 250],
  ['the catalogue', 'pages/registers/Catalogue.tsx', 250],
  ['a register list', 'pages/registers/RecordList.tsx', 380],
  ['the members list', 'pages/members/Members.tsx', 380],
  ['the reports list', 'pages/reports/Reports.tsx', 380],
])('%s loads no more script than its budget', (_page, module, budget) => {
  expect(scriptKilobytes(['index.html', module])).toBeLessThanOrEqual(budget)
})
