import { sql } from 'kysely'
import { allows } from '../../../kernel/access/access.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import { audit } from '../../../kernel/audit/audit.ts'
import { conflict, notFound, refused } from '../../../kernel/contract/problem.ts'
import type { Db, Tx } from '../../../kernel/db/database.ts'
import type { FileOwner } from '../../../kernel/files/files.ts'
import { clausesOf, compareVersions, keyed, type Clause, type ClauseChange } from '../compare.ts'
import type { Disposition } from '../words.ts'
import { itemsOf } from './agenda.ts'
import { heldSession, visibleSession } from './seen.ts'

export interface PaperRow {
  id: number
  sessionId: number
  itemId: number | null
  title: string
  versions: number
  remarks: number
  open: number
}
export interface Remark {
  id: number
  versionNo: number
  clause: string | null
  words: string
  author: string
  delegation: string | null
  at: string
  disposition: Disposition | null
  answer: string | null
  becameNo: number | null
  answeredBy: string | null
  /** The clause before and after, where the remark became text. */
  before: string | null
  after: string | null
}
export interface PaperDetail {
  id: number
  sessionId: number
  sessionTitle: string
  itemId: number | null
  title: string
  versions: { no: number; note: string; author: string; createdAt: string; clauses: Clause[] }[]
  remarks: Remark[]
}

export async function papersOf(db: Db | Tx, sessionId: number): Promise<PaperRow[]> {
  const { rows } = await sql<PaperRow>`
    select p.id, p.session_id as "sessionId", p.item_id as "itemId", p.title,
      (select max(no) from congress.paper_version v where v.paper_id = p.id)::int as versions,
      (select count(*) from congress.remark r where r.paper_id = p.id)::int as remarks,
      (select count(*) from congress.remark r where r.paper_id = p.id and r.disposition is null)::int as open
    from congress.paper p where p.session_id = ${sessionId} order by p.id`.execute(db)
  return rows
}

async function paperRow(db: Db | Tx, id: number): Promise<{ sessionId: number; title: string }> {
  const { rows } = await sql<{ sessionId: number; title: string }>`
    select session_id as "sessionId", title from congress.paper where id = ${id}`.execute(db)
  if (!rows[0]) throw notFound('文件')
  return rows[0]
}

/** A paper with all its versions and remarks, for whoever sees its session. @throws Problem 404 */
export async function paperDetail(db: Db | Tx, actor: Actor, id: number): Promise<PaperDetail> {
  const row = await paperRow(db, id).catch(() => {
    throw notFound('文件')
  })
  const session = await visibleSession(db, actor, row.sessionId)
  const [paper, versions, remarks] = await Promise.all([
    sql<{ itemId: number | null }>`select item_id as "itemId" from congress.paper where id = ${id}`.execute(db),
    sql<
      PaperDetail['versions'][number]
    >`select no, note, author, created_at as "createdAt", clauses from congress.paper_version
      where paper_id = ${id} order by no`.execute(db),
    sql<
      Omit<Remark, 'before' | 'after'>
    >`select id, version_no as "versionNo", clause, words, author, delegation, at, disposition, answer,
      became_no as "becameNo", answered_by as "answeredBy" from congress.remark where paper_id = ${id} order by id`.execute(
      db,
    ),
  ])
  const wordsOf = (no: number | null, key: string | null): string | null =>
    versions.rows.find((one) => one.no === no)?.clauses.find((clause) => clause.key === key)?.text ?? null
  return {
    id,
    sessionId: row.sessionId,
    sessionTitle: session.title,
    itemId: paper.rows[0]!.itemId,
    title: row.title,
    versions: versions.rows,
    remarks: remarks.rows.map((remark) => ({
      ...remark,
      before: wordsOf(remark.versionNo, remark.clause),
      after: remark.becameNo === null ? null : wordsOf(remark.becameNo, remark.clause),
    })),
  }
}

/** Two versions against each other, with the remarks that led from one to the other. @throws Problem 404 */
export async function comparePaper(
  db: Db | Tx,
  actor: Actor,
  id: number,
  from: number,
  to: number,
): Promise<{ changes: (ClauseChange & { remarks: Remark[] })[]; general: Remark[] }> {
  const paper = await paperDetail(db, actor, id)
  const [before, after] = [from, to].map((no) => paper.versions.find((one) => one.no === no))
  if (!before || !after) throw notFound('文件版本')
  const between = paper.remarks.filter((remark) => remark.versionNo >= from && remark.versionNo < to)
  return {
    changes: compareVersions(before.clauses, after.clauses).map((change) => ({
      ...change,
      remarks: between.filter((remark) => remark.clause === change.key),
    })),
    general: between.filter((remark) => remark.clause === null),
  }
}

/** Puts a paper before the session: its first version. @throws Problem 404 item, 409 `session-closed` */
export async function addPaper(
  tx: Tx,
  actor: Actor,
  sessionId: number,
  draft: { title: string; itemId?: number | null | undefined; text: string },
): Promise<number> {
  const session = await heldSession(tx, actor, sessionId, 'congress.write')
  if (session.state === 'closed' || session.state === 'cancelled')
    throw conflict('session-closed', '会议已经结束，不能再提交文件。')
  if (draft.itemId && !(await itemsOf(tx, sessionId)).some((item) => item.id === draft.itemId)) throw notFound('议题')
  const { rows } = await sql<{ id: number }>`insert into congress.paper (session_id, item_id, title, created_by)
    values (${sessionId}, ${draft.itemId ?? null}, ${draft.title}, ${actor.accountId}) returning id`.execute(tx)
  const id = rows[0]!.id
  await writeVersion(tx, actor, id, 1, clausesOf(draft.text), '初稿')
  await audit(tx, actor, {
    action: 'congress.add-paper',
    objectKind: 'congress-paper',
    objectId: id,
    unitId: session.unitId,
    summary: `${session.title}文件：${draft.title}`,
  })
  return id
}

const writeVersion = (tx: Tx, actor: Actor, paperId: number, no: number, clauses: readonly Clause[], note: string) =>
  sql`insert into congress.paper_version (paper_id, no, clauses, note, author, created_by)
    values (${paperId}, ${no}, ${JSON.stringify(clauses)}::jsonb, ${note}, ${actor.name}, ${actor.accountId})`.execute(
    tx,
  )

/** The next version. @param after the version it was written from @throws Problem 409 `edited-meanwhile` | `paper-settled` */
export async function addVersion(
  tx: Tx,
  actor: Actor,
  paperId: number,
  draft: { after: number; note: string; clauses: readonly { key?: string | null | undefined; text: string }[] },
): Promise<number> {
  const session = await heldSession(tx, actor, (await paperRow(tx, paperId)).sessionId, 'congress.write')
  const paper = await paperDetail(tx, actor, paperId)
  const last = paper.versions.at(-1)!
  if (draft.after !== last.no)
    throw conflict('edited-meanwhile', `别人已经改出了第 ${last.no} 稿，请刷新后在新稿上修改。`)
  const item = paper.itemId ? (await itemsOf(tx, session.id)).find((one) => one.id === paper.itemId) : undefined
  if (session.state === 'closed' || item?.state === 'done')
    throw conflict('paper-settled', '这份文件已经审议，有了结果；再要修改须重新提交大会。')
  const used = new Set(paper.versions.flatMap((version) => version.clauses.map((clause) => clause.key)))
  await writeVersion(tx, actor, paperId, last.no + 1, keyed(draft.clauses, used), draft.note)
  await audit(tx, actor, {
    action: 'congress.add-version',
    objectKind: 'congress-paper',
    objectId: paperId,
    unitId: session.unitId,
    summary: `“${paper.title}”第 ${last.no + 1} 稿：${draft.note}`,
  })
  return last.no + 1
}

/** Whoever sees the session may remark on a paper; delegates speak with their delegation's name. */
export async function addRemark(
  tx: Tx,
  actor: Actor,
  paperId: number,
  draft: { versionNo: number; clause?: string | null | undefined; words: string },
): Promise<number> {
  const paper = await paperDetail(tx, actor, paperId)
  const session = await visibleSession(tx, actor, paper.sessionId)
  if (session.state === 'closed' || session.state === 'cancelled')
    throw conflict('session-closed', '会议已经结束，不再收集意见。')
  const version = paper.versions.find((one) => one.no === draft.versionNo)
  if (!version) throw notFound('文件版本')
  if (draft.clause && !version.clauses.some((clause) => clause.key === draft.clause)) throw notFound('条款')
  const { rows: own } = await sql<{ name: string }>`
    select p.name from congress.panel p join congress.panel_seat s on s.panel_id = p.id join congress.delegate d on d.id = s.delegate_id
    where p.term_id = ${session.termId} and p.kind = 'delegation' and d.person_id = ${actor.personId}`.execute(tx)
  const { rows } = await sql<{ id: number }>`
    insert into congress.remark (paper_id, version_no, clause, words, author, delegation, account_id)
    values (${paperId}, ${draft.versionNo}, ${draft.clause ?? null}, ${draft.words}, ${actor.name}, ${own[0]?.name ?? null}, ${actor.accountId}) returning id`.execute(
    tx,
  )
  return rows[0]!.id
}

/**
 * Answers a remark. One that was adopted names the later version in which it became text.
 * @throws Problem 404, 422 `became-missing` | `became-same`
 */
export async function answerRemark(
  tx: Tx,
  actor: Actor,
  remarkId: number,
  given: { disposition: Disposition; answer: string; becameNo?: number | null | undefined },
): Promise<void> {
  const { rows } = await sql<{
    paperId: number
  }>`select paper_id as "paperId" from congress.remark where id = ${remarkId}`.execute(tx)
  if (!rows[0]) throw notFound('意见')
  const session = await heldSession(tx, actor, (await paperRow(tx, rows[0].paperId)).sessionId, 'congress.write')
  const paper = await paperDetail(tx, actor, rows[0].paperId)
  const remark = paper.remarks.find((one) => one.id === remarkId)!
  const became = given.disposition === 'declined' ? null : (given.becameNo ?? null)
  if (given.disposition === 'adopted') {
    const changed = paper.versions.find((one) => one.no === became && one.no > remark.versionNo)
    if (!changed)
      throw refused('became-missing', '采纳的意见要写明改在哪一稿：请先改出新稿，再选新稿。', {
        becameNo: '请选择改后的稿',
      })
    const words = changed.clauses.find((clause) => clause.key === remark.clause)?.text ?? null
    if (remark.clause && words === remark.before)
      throw refused('became-same', `第 ${became} 稿里这一条没有变化，请核对是否选对了稿。`, {
        becameNo: '这一条没有变化',
      })
  }
  await sql`update congress.remark set disposition = ${given.disposition}, answer = ${given.answer}, became_no = ${became},
    answered_by = ${actor.name}, answered_at = now() where id = ${remarkId}`.execute(tx)
  await audit(tx, actor, {
    action: 'congress.answer-remark',
    objectKind: 'congress-paper',
    objectId: paper.id,
    unitId: session.unitId,
    summary: `答复对“${paper.title}”的意见`,
  })
}

/** Attachments: papers' by those who see the session, changed by those who write it. */
export const paperFiles: FileOwner = {
  kind: 'congress-paper',
  async mayRead({ db }, actor, id) {
    await visibleSession(db, actor, (await paperRow(db, id)).sessionId)
  },
  async mayChange({ db }, actor, id) {
    const row = await paperRow(db, id)
    const session = await visibleSession(db, actor, row.sessionId)
    if (!(await allows(db, actor, 'congress.write', session.unitId))) throw notFound('文件')
    if (session.state === 'closed') throw conflict('session-closed', '会议已经结束，不能再增减附件。')
    return { unitId: session.unitId, title: `“${row.title}”` }
  },
}
