import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { recountFolder, reportText } from '../secret/recount.ts'

const root = path.resolve(import.meta.dirname, '../../../..')
const folder = path.join(root, 'test/vectors/own/election')
const receipt = path.join(folder, 'receipt.json')

test('an election published once is accepted for ever, with the same report of both verifiers', () => {
  const frozen = readFileSync(path.join(folder, 'report.json'), 'utf8')
  expect(JSON.parse(frozen)).toMatchObject({ accepted: true, ballots: 5 })
  expect(reportText(recountFolder(folder, { receipts: [receipt] }))).toBe(frozen)
  const python = spawnSync('python3', [path.join(root, 'verify/verify_ballots.py'), folder, '--receipt', receipt], {
    encoding: 'utf8',
  })
  expect(python.stdout).toBe(`${frozen}\n`)
})
