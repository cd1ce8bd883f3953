import type pg from 'pg'

/** A table as the backup sees it. */
export interface Table {
  schema: string
  name: string
  /** Columns with data of their own: no generated ones. */
  columns: string[]
}

export const quoted = (table: Pick<Table, 'schema' | 'name'>): string =>
  `${quoteIdent(table.schema)}.${quoteIdent(table.name)}`
export const quoteIdent = (name: string): string => `"${name.replaceAll('"', '""')}"`

/**
 * Schemas that are not the installation's data: the list of migrations is written by migrating, and jobs that wait are
 * made anew from what they were to do.
 */
const notData = ['information_schema', 'public', 'kernel_migration', 'pgboss']

/** Every table with data, a partitioned one as a whole, by name. */
export async function dataTables(client: pg.Client): Promise<Table[]> {
  const { rows } = await client.query<Table>(
    `select n.nspname as schema, c.relname as name,
       array_agg(a.attname::text order by a.attnum) filter (where a.attgenerated = '') as columns
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
       join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
     where c.relkind in ('r', 'p') and not c.relispartition and c.relpersistence = 'p'
       and n.nspname not like 'pg\\_%' and n.nspname <> all ($1)
     group by 1, 2 order by 1, 2`,
    [notData],
  )
  return rows
}

export interface SequencePosition {
  schema: string
  name: string
  /** null: never used */
  last: number | null
}

/** Where the id sequences stand. */
export async function sequencePositions(client: pg.Client): Promise<SequencePosition[]> {
  const { rows } = await client.query<SequencePosition>(
    `select schemaname as schema, sequencename as name, last_value as last from pg_sequences
     where schemaname not like 'pg\\_%' and schemaname <> all ($1) order by 1, 2`,
    [notData],
  )
  return rows
}
