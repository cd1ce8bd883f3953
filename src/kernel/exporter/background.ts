import { mkdir, readdir, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { sql } from 'kysely'
import type { Actor } from '../access/actor.ts'
import { audit } from '../audit/audit.ts'
import { notFound, refused } from '../contract/problem.ts'
import type { Db } from '../db/database.ts'
import type { Services } from '../http/services.ts'
import { defineJob, enqueue } from '../jobs/jobs.ts'
import { notify } from '../notices/notices.ts'
import type { ListFilter } from '../register/list.ts'
import { catalogue, unitsOf } from '../register/registry.ts'
import { type ExportNote, writeRegisterExport } from './register-export.ts'

/** From so many records on an export is written by a worker, and nobody waits before an open page. */
export const LARGE = 20_000
/** Days a finished export can be fetched; then the copy goes. */
const keptDays = 7

interface Wanted {
  register: string
  title: string
  unitId: number | null
  filter: ListFilter
  note: ExportNote
}

interface Row {
  id: number
  register: string
  request: { actor: Actor; filter: ListFilter; note: ExportNote }
  name: string
  state: 'waiting' | 'done' | 'failed'
}

const folderOf = (dataDir: string): string => path.join(dataDir, 'exports')
const fileOf = (dataDir: string, id: number): string => path.join(folderOf(dataDir), String(id))

/** Asks a worker for an export. The actor's rights at this moment are those it is written with. @returns its id */
export async function orderExport(db: Db, actor: Actor, wanted: Wanted): Promise<number> {
  return db.transaction().execute(async (tx) => {
    const { rows } = await sql<{ id: number }>`
      insert into kernel.export (account_id, register, unit_id, request, name)
      values (${actor.accountId}, ${wanted.register}, ${wanted.unitId},
        ${JSON.stringify({ actor, filter: wanted.filter, note: wanted.note })}::jsonb,
        ${`${wanted.title}-${wanted.note.at}.${wanted.note.format ?? 'xlsx'}`})
      returning id`.execute(tx)
    const { id } = rows[0]!
    await audit(tx, actor, {
      action: 'register.export',
      objectKind: 'register',
      unitId: wanted.unitId,
      summary: `导出《${wanted.title}》（后台）${wanted.note.reason ? `，用途：${wanted.note.reason}` : ''}`,
      detail: { register: wanted.register, filter: wanted.filter, exportId: id },
    })
    await enqueue(tx, writeExport, { id })
    return id
  })
}

/** Writes an export that was asked for, then tells who asked. Written anew when the worker died half-way. */
export const writeExport = defineJob<{ id: number }>({
  name: 'export.write',
  title: '后台导出',
  run: async ({ db, config }, { id }) => {
    const { rows } = await sql<Row>`
      select id, register, request, name, state from kernel.export where id = ${id} and state = 'waiting'`.execute(db)
    const [row] = rows
    if (!row) return
    const { actor, filter, note } = row.request
    const register = (await catalogue(db, unitsOf(actor))).register(row.register)
    await mkdir(folderOf(config.dataDir), { recursive: true, mode: 0o700 })
    const records = await writeRegisterExport(db, actor, register, filter, note, fileOf(config.dataDir, id))
    await db.transaction().execute(async (tx) => {
      await sql`update kernel.export set state = 'done', records = ${records}, finished_at = now() where id = ${id}`.execute(
        tx,
      )
      await notify(tx, {
        accountIds: [actor.accountId],
        title: `《${register.title}》已导出，共 ${records} 条`,
        body: `${keptDays} 天内可以下载。`,
        link: `/api/exports/${id}/file`,
      })
    })
  },
})

/**
 * The file of a finished export, for whoever asked for it and nobody else.
 * @throws Problem 404 | 422 `export-waiting`, `export-gone`
 */
export async function exportedFile(
  { db, config }: Services,
  actor: Actor,
  id: number,
): Promise<{ file: string; name: string; bytes: number; register: string; unitId: number | null }> {
  const { rows } = await sql<{ name: string; state: string; register: string; unitId: number | null }>`
    select name, state, register, unit_id as "unitId" from kernel.export
    where id = ${id} and account_id = ${actor.accountId}`.execute(db)
  const [row] = rows
  if (!row) throw notFound('导出文件')
  if (row.state === 'waiting') throw refused('export-waiting', '文件还在生成，完成后会在消息里通知您。')
  const file = fileOf(config.dataDir, id)
  const found = await stat(file).catch(() => null)
  if (!found) throw refused('export-gone', '文件已过保存期或不在这台服务器上，请重新导出。')
  return { file, bytes: found.size, ...row }
}

/** Deletes exports past their days. */
export const forgetExports = defineJob({
  name: 'export.forget',
  title: '清除旧的导出文件',
  schedule: '50 2 * * *',
  run: async ({ db, config }) => {
    const { rows } = await sql<{ id: number }>`
      delete from kernel.export where created_at < now() - make_interval(days => ${keptDays}) returning id`.execute(db)
    const gone = new Set(rows.map((row) => String(row.id)))
    for (const name of await readdir(folderOf(config.dataDir)).catch(() => []))
      if (gone.has(name)) await rm(fileOf(config.dataDir, Number(name)), { force: true })
  },
})
