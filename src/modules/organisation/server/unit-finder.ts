import { sql } from 'kysely'
import type { Tx } from '../../../kernel/db/database.ts'

/** The unit a cell means, or the sentence why it means none. */
export type FindUnit = (text: string | null) => number | string

/** Reads the units at and below one into memory (a city has some 14,000) and finds them by code, name or short name. */
export async function unitFinder(tx: Tx, rootId: number): Promise<FindUnit> {
  const { rows } = await sql<{
    id: number
    code: string
    name: string
    shortName: string | null
    parentName: string | null
  }>`
    select u.id, u.code, u.name, u.short_name as "shortName", p.name as "parentName"
    from kernel.closure c join organisation.unit u on u.id = c.descendant_id
    left join organisation.unit p on p.id = u.parent_id
    where c.ancestor_id = ${rootId} and c.valid_to = 'infinity' and (u.dissolved_on is null or u.dissolved_on > current_date)`.execute(
    tx,
  )
  const byCode = new Map(rows.map((row) => [row.code.toLowerCase(), row.id]))
  const byName = new Map<string, Set<number>>()
  const add = (name: string, id: number): void => {
    const key = name.normalize('NFKC').replace(/\s/g, '')
    byName.set(key, (byName.get(key) ?? new Set()).add(id))
  }
  for (const row of rows) {
    add(row.name, row.id)
    if (row.shortName && row.shortName !== row.name) add(row.shortName, row.id)
    // «装配车间/一组»: the parent's name tells groups of one name apart.
    if (row.parentName) add(`${row.parentName}/${row.name}`, row.id)
  }
  return (text) => {
    if (!text) return rootId
    const code = byCode.get(text.toLowerCase())
    if (code) return code
    const named = byName.get(
      text
        .normalize('NFKC')
        .replace(/\s/g, '')
        .replace(/[／\\>-]/g, '/'),
    )
    if (!named) return `本单位及下级中没有“${text}”，请按组织机构中的名称或编号填写，或先建立该单位。`
    if (named.size > 1) return `有 ${named.size} 个单位叫“${text}”，请改填单位编号，或写成“上级名称/单位名称”。`
    return [...named][0]!
  }
}
