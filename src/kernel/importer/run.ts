import { sql } from 'kysely'
import type { Actor } from '../access/actor.ts'
import { audit } from '../audit/audit.ts'
import { notFound, Problem, refused } from '../contract/problem.ts'
import type { Db, Tx } from '../db/database.ts'
import type {
  CheckReport,
  CommitOutcome,
  ImportKind,
  ImportRun,
  RowError,
  RowStatus,
  StagedRow,
  StoredRow,
} from './kind.ts'

export interface Upload {
  unitId: number
  year: number | null
  fileName: string
  sha256: string
  /** The workbook on disk. */
  file: string
}

export interface Preview extends ImportRun {
  counts: Record<RowStatus, number>
  notices: string[]
  sheets: { name: string; headers: string[]; register?: string }[]
  outcome: { sentence: string } | null
  author: string
  createdAt: string
}

/** Rows go over as one JSON text: half the work of a dozen arrays, whose every element would be escaped by itself. */
const stage =
  (tx: Tx, importId: number) =>
  async (rows: readonly StagedRow[]): Promise<void> => {
    const sent = rows.map(({ errors, ...row }) => (errors?.length ? { ...row, errors } : row))
    await sql`
      insert into kernel.import_row (import_id, sheet, row_no, status, errors, parsed, original, group_no, target_id)
      select ${importId}::bigint, sheet, "rowNo", status, errors, parsed, original, "groupNo", "targetId"
      from json_to_recordset(${JSON.stringify(sent)}::json) as r
        (sheet text, "rowNo" int, status text, errors jsonb, parsed jsonb, original jsonb, "groupNo" bigint, "targetId" bigint)`.execute(
      tx,
    )
  }

/**
 * Checks an uploaded workbook and keeps the verdict on every row; nothing else changes. A workbook that cannot be read
 * leaves a failed run with the sentence why.
 * @throws Problem what the kind says of the workbook as a whole
 */
export async function checkUpload(
  db: Db,
  actor: Actor,
  kind: ImportKind,
  upload: Upload,
  today: string,
): Promise<Preview> {
  await kind.authorise(db, actor, upload.unitId)
  if (kind.needsYear && !upload.year) throw refused('year-missing', '请选择台账所属的年份。', { year: '请选择年份' })
  const { rows } = await sql<{ id: number }>`
    insert into kernel.import_run (kind, unit_id, year, file_name, sha256, created_by, author)
    values (${kind.kind}, ${upload.unitId}, ${upload.year}, ${upload.fileName}, ${upload.sha256}, ${actor.accountId}, ${actor.name}) returning id`.execute(
    db,
  )
  const id = rows[0]!.id
  try {
    await db.transaction().execute(async (tx) => {
      await sql`set local statement_timeout = '10min'`.execute(tx)
      const run: ImportRun = {
        id,
        kind: kind.kind,
        unitId: upload.unitId,
        year: upload.year,
        fileName: upload.fileName,
        status: 'uploaded',
      }
      const report: CheckReport = await kind.check({ tx, actor, run, file: upload.file, today, stage: stage(tx, id) })
      const { numAffectedRows } =
        await sql`update kernel.import_run set status = 'checked', sheets = ${JSON.stringify(report.sheets)}::jsonb,
        notices = ${JSON.stringify(report.notices)}::jsonb where id = ${id} and status = 'uploaded'`.execute(tx)
      if (!numAffectedRows) throw refused('import-discarded', '这次导入在读取时已被放弃。')
    })
  } catch (error) {
    const sentence = error instanceof Problem ? error.message : '读取工作簿时出错，请检查文件后重试。'
    await sql`update kernel.import_run set status = 'failed', outcome = ${JSON.stringify({ sentence })}::jsonb
      where id = ${id} and status = 'uploaded'`.execute(db)
    throw error
  }
  return previewOf(db, id)
}

export async function previewOf(db: Db | Tx, id: number): Promise<Preview> {
  const { rows } = await sql<Preview>`
    select id, kind, unit_id as "unitId", year, file_name as "fileName", status, sheets, notices, outcome, author, created_at as "createdAt",
      (select jsonb_object_agg(status, n) from (
        select status, count(*)::int as n from kernel.import_row where import_id = r.id group by status) c) as counts
    from kernel.import_run r where id = ${id}`.execute(db)
  if (!rows[0]) throw notFound('导入')
  return { ...rows[0], counts: Object.assign({ new: 0, update: 0, same: 0, error: 0 }, rows[0].counts) }
}

export interface ShownRow {
  id: number
  sheet: string
  rowNo: number
  status: RowStatus
  errors: RowError[]
  original: string[] | null
  /** Of a row that would be written: whom and what it is about, in a few words. */
  summary: string | null
}

export async function rowsOf(
  db: Db | Tx,
  importId: number,
  filter: { status?: RowStatus; sheet?: string; after?: number; limit: number },
): Promise<{ rows: ShownRow[]; next: number | null }> {
  const { rows } = await sql<ShownRow>`
    select id, sheet, row_no as "rowNo", status, coalesce(errors, '[]') as errors, original,
      nullif(concat_ws(' ', parsed->>'name', parsed->>'staffNo', parsed->>'happenedOn', parsed->>'title',
        parsed->'person'->>'name'), '') as summary
    from kernel.import_row
    where import_id = ${importId} ${filter.status ? sql`and status = ${filter.status}` : sql``}
      ${filter.sheet === undefined ? sql`` : sql`and sheet = ${filter.sheet}`} ${filter.after ? sql`and id > ${filter.after}` : sql``}
    order by id limit ${filter.limit + 1}`.execute(db)
  const more = rows.length > filter.limit
  if (more) rows.pop()
  return { rows, next: more ? (rows.at(-1)?.id ?? null) : null }
}

async function* staged(
  tx: Tx,
  importId: number,
  statuses: readonly RowStatus[],
  batchSize: number,
): AsyncGenerator<StoredRow[]> {
  let after = 0
  for (;;) {
    const { rows } = await sql<StoredRow>`
      select id, sheet, row_no as "rowNo", status, errors, parsed, group_no as "groupNo", target_id as "targetId" from kernel.import_row
      where import_id = ${importId} and status = any(${statuses}::text[]) and id > ${after} order by id limit ${batchSize}`.execute(
      tx,
    )
    if (!rows.length) return
    yield rows
    after = rows.at(-1)!.id
  }
}

/**
 * Writes what was checked, in one transaction: all of it, or only the good rows.
 * @param mode `all` is refused while any row has an error
 * @returns the exact statement of what was done
 * @throws Problem 422 `import-done` for a run that was committed or discarded; `rows-with-errors`
 */
export async function commitRun(
  db: Db,
  actor: Actor,
  kind: ImportKind,
  id: number,
  mode: 'all' | 'good',
  today: string,
): Promise<{ sentence: string; outcome: CommitOutcome }> {
  return db.transaction().execute(async (tx) => {
    await sql`set local statement_timeout = '10min'`.execute(tx)
    const { rows } = await sql<ImportRun>`
      select id, kind, unit_id as "unitId", year, file_name as "fileName", status from kernel.import_run where id = ${id} for update`.execute(
      tx,
    )
    const run = rows[0]
    if (!run) throw notFound('导入')
    if (run.status !== 'checked')
      throw refused(
        'import-done',
        run.status === 'committed' ? '这次导入已经完成，不能重复写入。' : '这次导入已放弃或未通过读取，请重新上传。',
      )
    await kind.authorise(tx, actor, run.unitId)
    const { counts } = await previewOf(tx, id)
    if (mode === 'all' && counts.error)
      throw refused(
        'rows-with-errors',
        `还有 ${counts.error} 行有错误。请下载错误表改正后重新上传，或选择“只导入正确的行”。`,
      )
    const outcome = await kind.commit({
      tx,
      actor,
      run,
      today,
      rows: (statuses, size = 2000) => staged(tx, id, statuses, size),
    })
    const { measure } = kind
    const sentence = [
      `${kind.title}“${run.fileName}”已导入：新增 ${outcome.created} ${measure}，更新 ${outcome.updated} ${measure}，相同跳过 ${outcome.same} ${measure}，错误 ${counts.error} 行${counts.error ? '未导入' : ''}。`,
      ...(outcome.notes ?? []),
    ].join('')
    await sql`update kernel.import_run set status = 'committed', committed_at = now(), outcome = ${JSON.stringify({ sentence, ...outcome })}::jsonb where id = ${id}`.execute(
      tx,
    )
    // What was written lives on in its own tables; the copy with names and numbers goes.
    await sql`delete from kernel.import_row where import_id = ${id} and status <> 'error'`.execute(tx)
    await audit(tx, actor, {
      action: `${kind.kind}.import`,
      objectKind: 'import',
      objectId: id,
      unitId: run.unitId,
      summary: sentence,
    })
    return { sentence, outcome }
  })
}

/** Gives up a run that waits for its commit, or whose check was cut off (a server that was killed leaves it `uploaded`). */
export async function discardRun(db: Db, actor: Actor, id: number): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const { rows } = await sql<{
      unitId: number
    }>`update kernel.import_run set status = 'discarded' where id = ${id} and status in ('uploaded', 'checked') returning unit_id as "unitId"`.execute(
      tx,
    )
    if (!rows[0]) throw refused('import-done', '这次导入已经完成或放弃。')
    await sql`delete from kernel.import_row where import_id = ${id}`.execute(tx)
    await audit(tx, actor, {
      action: 'import.discard',
      objectKind: 'import',
      objectId: id,
      unitId: rows[0].unitId,
      summary: '放弃一次导入',
    })
  })
}
