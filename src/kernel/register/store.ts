import { sql } from 'kysely'
import type { Actor } from '../access/actor.ts'
import { audit } from '../audit/audit.ts'
import { conflict, notFound, refused } from '../contract/problem.ts'
import type { Db, Tx } from '../db/database.ts'
import { deriveFacts, type Countable } from '../facts/derive.ts'
import { postFacts, reverseFacts } from '../facts/post.ts'
import type { Register } from './declaration.ts'
import type { LineDraft, RecordDraft } from './draft.ts'

export type Source = 'desk' | 'phone' | 'import' | 'demo' | 'migration'

/**
 * Keeps many checked records at once: rows, lines and facts, each in one statement per thousand. The caller audits
 * (an import is one deed).
 * @returns the new ids, in the order of the drafts
 */
export async function insertRecords(
  tx: Tx,
  actor: Actor,
  register: Register,
  drafts: readonly RecordDraft[],
  source: Source,
  state: 'draft' | 'recorded' = 'recorded',
): Promise<number[]> {
  const ids: number[] = []
  for (let start = 0; start < drafts.length; start += 1000) {
    const part = drafts.slice(start, start + 1000)
    const { rows } = await sql<{ id: number }>`
      insert into kernel.record (register, unit_id, happened_on, ended_on, title, state, person_id, household_id,
        fields, source, import_id, sheet, row_no, kept_by, created_by, updated_by)
      select ${register.id}, unit_id, happened_on, ended_on, title, ${state}, person_id, household_id, fields, ${source},
        import_id, sheet, row_no, kept_by, ${actor.accountId}::bigint, ${actor.accountId}::bigint
      from unnest(
        ${part.map((draft) => draft.unitId)}::bigint[],
        ${part.map((draft) => draft.happenedOn)}::date[], ${part.map((draft) => draft.endedOn ?? null)}::date[],
        ${part.map((draft) => draft.title ?? null)}::text[],
        ${part.map((draft) => draft.personId ?? null)}::bigint[], ${part.map((draft) => draft.householdId ?? null)}::bigint[],
        ${part.map((draft) => JSON.stringify(draft.fields))}::jsonb[],
        ${part.map((draft) => draft.importId ?? null)}::bigint[], ${part.map((draft) => draft.sheet ?? null)}::text[],
        ${part.map((draft) => draft.rowNo ?? null)}::int[], ${part.map((draft) => draft.keptBy ?? null)}::text[]
      ) with ordinality as t (unit_id, happened_on, ended_on, title, person_id, household_id, fields, import_id, sheet, row_no, kept_by, place)
      order by place returning id`.execute(tx)
    // Ids are given in the order of the rows, in whichever order they come back.
    const partIds = rows.map((row) => row.id).toSorted((one, other) => one - other)
    const records: Countable[] = part.map((draft, index) => ({
      ...draft,
      id: partIds[index]!,
      lines: (draft.lines ?? []).map((line, at) => ({ ...line, lineNo: at + 1 })),
    }))
    await insertLines(tx, records)
    if (state === 'recorded')
      await postFacts(
        tx,
        actor,
        records.flatMap((record) => deriveFacts(register, record)),
      )
    ids.push(...partIds)
  }
  return ids
}

async function insertLines(tx: Tx, records: readonly Countable[]): Promise<void> {
  const lines = records.flatMap((record) => record.lines.map((line) => ({ ...line, recordId: record.id })))
  for (let start = 0; start < lines.length; start += 5000) {
    const part = lines.slice(start, start + 5000)
    await sql`
      insert into kernel.record_line (record_id, line_no, person_id, household_id, fields)
      select * from unnest(
        ${part.map((line) => line.recordId)}::bigint[], ${part.map((line) => line.lineNo)}::int[],
        ${part.map((line) => line.personId ?? null)}::bigint[], ${part.map((line) => line.householdId ?? null)}::bigint[],
        ${part.map((line) => JSON.stringify(line.fields))}::jsonb[])`.execute(tx)
  }
}

const named = (register: Register, draft: { title?: string | null; happenedOn: string }): string =>
  `${register.title}：${draft.happenedOn}${draft.title ? ` ${draft.title}` : ''}`

/** Keeps one record from a form. `draft` waits without facts; `recorded` counts at once. */
export async function createRecord(
  db: Db,
  actor: Actor,
  register: Register,
  draft: RecordDraft,
  state: 'draft' | 'recorded',
  source: Source = 'desk',
): Promise<number> {
  if (register.historyOnly && source === 'desk')
    throw refused('history-only', '这个登记簿只收历史资料，请用导入功能录入。')
  return db.transaction().execute(async (tx) => {
    const [id] = await insertRecords(tx, actor, register, [draft], source, state)
    await act(tx, actor, id!, state === 'draft' ? '保存' : '提交', null, state)
    await audit(tx, actor, {
      action: 'register.create',
      objectKind: 'record',
      objectId: id!,
      unitId: draft.unitId,
      summary: `${state === 'draft' ? '保存草稿' : '登记'}${named(register, draft)}`,
    })
    return id!
  })
}

interface Kept {
  id: number
  register: string
  unitId: number
  state: 'draft' | 'recorded' | 'void'
  version: number
  title: string | null
  happenedOn: string
  keptBy: string | null
}

/** Refuses a change by hand of what a process filed (see kept.ts). @throws Problem 422 `kept` */
function refuseKept(keptBy: string | null): void {
  if (keptBy) throw refused('kept', '这条记录由业务办理自动生成，不能直接修改或作废。请打开它的来源，在那里更正。')
}

/** The record, locked for the rest of the transaction. @throws Problem 404 */
async function lockRecord(tx: Tx, id: number): Promise<Kept> {
  const { rows } = await sql<Kept>`
    select id, register, unit_id as "unitId", state, version, title, happened_on as "happenedOn", kept_by as "keptBy"
    from kernel.record where id = ${id} for update`.execute(tx)
  if (!rows[0]) throw notFound()
  return rows[0]
}

/**
 * Replaces a record's content. A recorded one has its facts reversed and posted anew, so no figure is ever edited.
 * @returns the new version
 * @throws Problem 409 `stale` when somebody else saved in between; 422 `void` for a voided record
 */
export async function updateRecord(
  db: Db,
  actor: Actor,
  register: Register,
  id: number,
  version: number,
  draft: RecordDraft,
  state: 'draft' | 'recorded',
): Promise<number> {
  return db.transaction().execute(async (tx) => {
    const kept = await lockRecord(tx, id)
    if (kept.state === 'void') throw refused('void', '这条记录已作废，不能修改。')
    refuseKept(kept.keptBy)
    if (kept.version !== version) throw conflict('stale', '这条记录刚被别人修改过。请刷新后核对，再保存您的修改。')
    if (kept.state === 'recorded' && state === 'draft')
      throw refused('recorded', '已提交的记录不能改回草稿；如有错误请修改后保存，或作废。')
    await sql`
      update kernel.record set unit_id = ${draft.unitId}, happened_on = ${draft.happenedOn}::date,
        ended_on = ${draft.endedOn ?? null}::date, title = ${draft.title ?? null}, state = ${state},
        person_id = ${draft.personId ?? null}, household_id = ${draft.householdId ?? null},
        fields = ${JSON.stringify(draft.fields)}::jsonb, version = version + 1, updated_at = now(), updated_by = ${actor.accountId}
      where id = ${id}`.execute(tx)
    await sql`delete from kernel.record_line where record_id = ${id}`.execute(tx)
    const record: Countable = { ...draft, id, lines: withNumbers(draft.lines) }
    await insertLines(tx, [record])
    if (kept.state === 'recorded') await reverseFacts(tx, actor, 'record', [id], '修改记录')
    if (state === 'recorded') await postFacts(tx, actor, deriveFacts(register, record))
    await act(tx, actor, id, state === 'recorded' && kept.state === 'draft' ? '提交' : '修改', kept.state, state)
    await audit(tx, actor, {
      action: 'register.update',
      objectKind: 'record',
      objectId: id,
      unitId: draft.unitId,
      summary: `修改${named(register, draft)}`,
    })
    return version + 1
  })
}

/**
 * Replaces the content of recorded records, many at once: their facts are reversed and posted anew. For imports; the
 * caller audits.
 */
export async function rewriteRecords(
  tx: Tx,
  actor: Actor,
  register: Register,
  changes: readonly { id: number; draft: RecordDraft }[],
): Promise<void> {
  if (!changes.length) return
  const ids = changes.map((change) => change.id)
  await sql`
    update kernel.record r set unit_id = t.unit_id, happened_on = t.happened_on, ended_on = t.ended_on, title = t.title, state = 'recorded',
      person_id = t.person_id, household_id = t.household_id, fields = t.fields, version = r.version + 1, updated_at = now(), updated_by = ${actor.accountId}
    from unnest(
      ${ids}::bigint[], ${changes.map(({ draft }) => draft.unitId)}::bigint[], ${changes.map(({ draft }) => draft.happenedOn)}::date[],
      ${changes.map(({ draft }) => draft.endedOn ?? null)}::date[], ${changes.map(({ draft }) => draft.title ?? null)}::text[],
      ${changes.map(({ draft }) => draft.personId ?? null)}::bigint[], ${changes.map(({ draft }) => draft.householdId ?? null)}::bigint[],
      ${changes.map(({ draft }) => JSON.stringify(draft.fields))}::jsonb[]
    ) as t (id, unit_id, happened_on, ended_on, title, person_id, household_id, fields) where r.id = t.id`.execute(tx)
  await sql`delete from kernel.record_line where record_id = any(${ids}::bigint[])`.execute(tx)
  await reverseFacts(tx, actor, 'record', ids, '导入更新')
  const records: Countable[] = changes.map(({ id, draft }) => ({ ...draft, id, lines: withNumbers(draft.lines) }))
  await insertLines(tx, records)
  await postFacts(
    tx,
    actor,
    records.flatMap((record) => deriveFacts(register, record)),
  )
}

const withNumbers = (lines: readonly LineDraft[] = []): Countable['lines'] =>
  lines.map((line, at) => ({ ...line, lineNo: at + 1 }))

/** Voids records for a reason: they stay readable, their facts are reversed. @throws Problem 409 `stale` */
export async function voidRecord(
  db: Db,
  actor: Actor,
  register: Register,
  id: number,
  version: number,
  reason: string,
): Promise<void> {
  if (!reason.trim()) throw refused('reason-missing', '请写明作废原因。', { reason: '请写明作废原因' })
  await db.transaction().execute(async (tx) => {
    const kept = await lockRecord(tx, id)
    if (kept.state === 'void') throw refused('void', '这条记录已经作废。')
    refuseKept(kept.keptBy)
    if (kept.version !== version) throw conflict('stale', '这条记录刚被别人修改过。请刷新后再作废。')
    await sql`update kernel.record set state = 'void', void_reason = ${reason.trim()}, version = version + 1,
      updated_at = now(), updated_by = ${actor.accountId} where id = ${id}`.execute(tx)
    await reverseFacts(tx, actor, 'record', [id], `作废：${reason.trim()}`)
    await act(tx, actor, id, '作废', kept.state, 'void', reason.trim())
    await audit(tx, actor, {
      action: 'register.void',
      objectKind: 'record',
      objectId: id,
      unitId: kept.unitId,
      summary: `作废${named(register, kept)}（${reason.trim()}）`,
    })
  })
}

async function act(
  tx: Tx,
  actor: Actor,
  id: number,
  verb: string,
  from: string | null,
  to: string,
  words: string | null = null,
): Promise<void> {
  await sql`insert into kernel.act (object_kind, object_id, verb, from_state, to_state, words, actor_id, actor_name, office)
    values ('record', ${id}, ${verb}, ${from}, ${to}, ${words}, ${actor.accountId}, ${actor.name}, ${actor.office})`.execute(
    tx,
  )
}
