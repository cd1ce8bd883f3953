import { sql } from 'kysely'
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { testDatabase } from '../../../../kernel/testing/database.ts'
import { CLASS_WORDS } from '../../words.ts'

const { db } = await testDatabase()

test('the chart in the database is the one of the regulation', async () => {
  const csv = readFileSync(new URL('../../chart/accounts.csv', import.meta.url), 'utf8')
  const prescribed = csv
    .trim()
    .split(/\r?\n/)
    .slice(1)
    .map((line) => line.split(','))
    .map(([code, name, parent, accountClass, side, mainTable]) => ({
      code,
      name,
      parent: parent || null,
      class: accountClass,
      side,
      mainTable: mainTable === '1',
    }))
  const { rows } = await sql<{
    code: string
    name: string
    parent: string | null
    class: keyof typeof CLASS_WORDS
    side: string
    mainTable: boolean
  }>`
    select a.code, a.name, p.code as parent, a.class, case a.side when 'debit' then '借' else '贷' end as side,
      a.main_table as "mainTable"
    from funds.account a left join funds.account p on p.id = a.parent_id where a.book_id is null order by a.code`.execute(
    db,
  )
  expect(rows).toHaveLength(116)
  expect(rows.map((row) => ({ ...row, class: CLASS_WORDS[row.class] }))).toEqual(
    prescribed.toSorted((one, other) => (one.code! < other.code! ? -1 : 1)),
  )
  // 24 main accounts of a grassroots union.
  expect(rows.filter((row) => row.mainTable && !row.parent)).toHaveLength(24)
})
