import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { manifests } from '../src/modules.ts'
import { mechanismsPage, registersPage } from '../src/modules/registers/handbook.ts'

const registers = manifests.flatMap((manifest) => manifest.registers ?? [])
const page = (name: string): string => readFileSync(path.resolve(import.meta.dirname, '../docs', name), 'utf8')

it('the generated pages are fresh (npm run -s zhijia -- docs)', () => {
  expect(page('mechanisms.md')).toBe(mechanismsPage(registers))
  expect(page('registers.md')).toBe(registersPage(registers))
})
