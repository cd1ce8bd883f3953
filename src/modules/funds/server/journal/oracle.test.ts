import { sql } from 'kysely'
import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { declarePermissions } from '../../../../kernel/access/access.ts'
import { testDatabase } from '../../../../kernel/testing/database.ts'
import module from '../../module.ts'
import { runOracle, type OracleResult } from './oracle.ts'

declarePermissions([...module.permissions, { name: 'organisation.restructure', title: '' }])
const { db } = await testDatabase()
const fixture = path.resolve(import.meta.dirname, '../../../../../test/fixtures/funds-oracle')

/** Runs and takes everything back. */
async function run(folder: string): Promise<OracleResult> {
  let result: OracleResult | undefined
  await expect(
    db.transaction().execute(async (tx) => {
      result = await runOracle(tx, folder)
      throw new Error('back')
    }),
  ).rejects.toThrow('back')
  return result!
}

test('the year of the oracle closes to the same trial balance and statements, to the fen', async () => {
  const { passed, failures } = await run(fixture)
  expect(failures).toEqual([])
  expect(passed).toBeGreaterThan(600)
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from funds.book`.execute(db)
  expect(rows).toEqual([{ n: 0 }])
}, 60_000)

test('one fen that differs is found', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'oracle-'))
  cpSync(fixture, folder, { recursive: true })
  const file = path.join(folder, 'vouchers.json')
  writeFileSync(file, readFileSync(file, 'utf8').replaceAll('"4750.00"', '"4750.01"'))
  const { failures } = await run(folder)
  expect(failures.some((failure) => failure.startsWith('trial_balance_postclose.csv 102 '))).toBe(true)
  expect(failures.some((failure) => failure.startsWith('income_expenditure_2025.csv 维权支出'))).toBe(true)
}, 60_000)
