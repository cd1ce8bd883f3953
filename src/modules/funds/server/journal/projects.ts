import { sql } from 'kysely'
import type { Actor } from '../../../../kernel/access/actor.ts'
import { audit } from '../../../../kernel/audit/audit.ts'
import { conflict, notFound, refused } from '../../../../kernel/contract/problem.ts'
import type { Tx } from '../../../../kernel/db/database.ts'
import { requireDeed } from './access.ts'
import type { Book } from './books.ts'

export interface NewProject {
  code: string
  name: string
  /** tied = 专项, free = 非专项 */
  fundKind: 'tied' | 'free'
  purpose?: string | null | undefined
  donor?: string | null | undefined
  document?: string | null | undefined
  openedOn: string
}

/** Registers a project. Its fund kind stays: it decides where its money closes to. @returns its id */
export async function addProject(tx: Tx, actor: Actor, book: Book, project: NewProject): Promise<number> {
  await requireDeed(tx, actor, 'funds.prepare', book.unitId)
  const { rows } = await sql<{ id: number }>`
    insert into funds.project (book_id, code, name, fund_kind, purpose, donor, document, opened_on, created_by)
    values (${book.id}, ${project.code}, ${project.name}, ${project.fundKind}, ${project.purpose ?? null}, ${project.donor ?? null},
      ${project.document ?? null}, ${project.openedOn}, ${actor.accountId}) on conflict (book_id, code) do nothing returning id`.execute(
    tx,
  )
  if (!rows[0]) throw conflict('project-exists', `已有编码为 ${project.code} 的项目。请换一个编码。`)
  await audit(tx, actor, {
    action: 'funds.add-project',
    objectKind: 'funds-project',
    objectId: rows[0].id,
    unitId: book.unitId,
    summary: `登记项目 ${project.code} ${project.name}`,
  })
  return rows[0].id
}

/** Ends a project: what is left moves to the surplus at the year's end (结转转入). */
export async function finishProject(
  tx: Tx,
  actor: Actor,
  book: Book,
  projectId: number,
  finishedOn: string,
): Promise<void> {
  await requireDeed(tx, actor, 'funds.close', book.unitId)
  const { rows } = await sql<{ name: string; openedOn: string; finishedOn: string | null; later: boolean }>`
    select p.name, p.opened_on as "openedOn", p.finished_on as "finishedOn",
      exists (select from funds.entry e where e.project_id = p.id and e.on_date > ${finishedOn}) as later
    from funds.project p where p.id = ${projectId} and p.book_id = ${book.id} for update`.execute(tx)
  const project = rows[0]
  if (!project) throw notFound('项目')
  if (project.finishedOn) throw conflict('project-finished', `项目“${project.name}”已于 ${project.finishedOn} 结束。`)
  if (finishedOn < project.openedOn || project.later)
    throw refused('finished-too-early', '结束日期早于项目的开始日期或最后一笔收支。', {
      finishedOn: '请核对结束日期。',
    })
  await sql`update funds.project set finished_on = ${finishedOn} where id = ${projectId}`.execute(tx)
  await audit(tx, actor, {
    action: 'funds.finish-project',
    objectKind: 'funds-project',
    objectId: projectId,
    unitId: book.unitId,
    summary: `项目“${project.name}”结束`,
  })
}
