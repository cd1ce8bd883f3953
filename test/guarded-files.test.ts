import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { recordFiles } from '../src/kernel/files/record-files.ts'
import { served } from '../src/served.ts'

test('papers of need and illness are guarded, and no other kind was forgotten or added unseen', () => {
  const owners = [recordFiles, ...served.flatMap((serving) => serving.fileOwners ?? [])]
  const guarded = owners.filter((owner) => owner.guards).map((owner) => owner.kind)
  expect(guarded.toSorted()).toEqual(['aid-application', 'mutual-aid-claim', 'record'])
})

test('bytes of attachments leave by the guarded door, and as originals of vouchers in the archive of a year', () => {
  const readers = readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .filter((name) => /\bstore\.read\(/.test(readFileSync(`src/${name}`, 'utf8')))
  expect(readers.toSorted()).toEqual(['kernel/files/routes.ts', 'modules/funds/server/statements/archive.ts'])
})
