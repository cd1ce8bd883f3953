import { sql } from 'kysely'
import { randomUUID } from 'node:crypto'
import type { Actor } from '../../../kernel/access/actor.ts'
import { audit } from '../../../kernel/audit/audit.ts'
import { conflict } from '../../../kernel/contract/problem.ts'
import type { Tx } from '../../../kernel/db/database.ts'
import type { Services } from '../../../kernel/http/services.ts'
import { rates } from '../contract.ts'
import { scaleAt } from '../words.ts'
import { countBoxes, discardBoxes, voidBoxes } from './accounts.ts'
import { partition } from '../suppression.ts'
import { keepRound } from './keeping.ts'
import { countNames, keepNames } from './names.ts'
import { agreedPapers, type PaperCount } from './paper.ts'
import { roundToRun, type Round } from './rounds.ts'
import { atUrn, destroyUrn, readUrn, type Urn } from './urn.ts'

/** A sheet counts when what the plan asks for is filled in; an empty one never does. */
export const isValid = (marks: readonly number[], whole: Round['whole']): boolean =>
  whole === 'complete' ? marks.every((mark) => mark >= 0) : (marks[0] ?? -1) >= 0

export interface CellTally {
  subjectId: number
  position: number
  groupIds: number[]
  weight: number
  valid: number
  /** Counted by hand: stands by itself, however few. */
  paper: boolean
  /** `[criterion, grade or -1, sheets]` */
  tallies: [number, number, number][]
}
type Counted = Pick<Round, 'whole' | 'criteria' | 'grades' | 'goodGrades' | 'scales' | 'least' | 'subjects' | 'groups'>

/** Pure: what an urn and the sheets counted by hand come to. Cells are formed for each subject by its valid sheets. */
export function countUrn(
  round: Counted,
  urn: Pick<Urn, 'sheets'>,
  papers: readonly PaperCount[] = [],
): { subjects: { id: number; returned: number; valid: number }[]; cells: CellTally[] } {
  const subjects = round.subjects.map((subject) => {
    const returned = urn.sheets.filter((sheet) => sheet[1] === subject.id)
    const valid = returned.filter((sheet) => isValid(sheet.slice(2), round.whole))
    const onPaper = papers.filter((paper) => paper.subjects.some((one) => one.subjectId === subject.id))
    const paperCells = onPaper.flatMap((paper) => paperCell(round, subject.id, paper))
    const cells = [...slipCells(round, subject, valid), ...paperCells].map((cell, position) => ({
      ...cell,
      subjectId: subject.id,
      position,
    }))
    return {
      id: subject.id,
      returned: returned.length + onPaper.reduce((sum, paper) => sum + paper.returned, 0),
      valid: valid.length + paperCells.reduce((sum, cell) => sum + cell.valid, 0),
      cells,
    }
  })
  return {
    subjects: subjects.map(({ id, returned, valid }) => ({ id, returned, valid })),
    cells: subjects.flatMap((subject) => subject.cells),
  }
}
type Cell = Omit<CellTally, 'subjectId' | 'position'>

/** Groups of one name in the classes of a subject are one kind of rater; kinds too small are counted together. */
function slipCells(round: Counted, subject: Round['subjects'][number], valid: readonly number[][]): Cell[] {
  const groups = round.groups.filter((group) => group.channel !== 'paper' && rates(group, subject))
  const kinds = [...new Set(groups.map((group) => group.name))].map((name) =>
    groups.filter((group) => group.name === name),
  )
  const idsOf = (first: number): number[] => kinds.find((kind) => kind[0]!.id === first)!.map((group) => group.id)
  return partition(
    kinds.map((kind) => ({
      groupId: kind[0]!.id,
      weight: kind[0]!.weight,
      valid: valid.filter((sheet) => kind.some((group) => group.id === sheet[0])).length,
    })),
    round.least,
  ).map((cell) => {
    const groupIds = cell.groupIds.flatMap(idsOf)
    const within = valid.filter((sheet) => groupIds.includes(sheet[0]!))
    const tallies = round.criteria.flatMap((_, criterion) =>
      [-1, ...scaleAt(round, criterion).grades.keys()].map((grade): [number, number, number] => [
        criterion,
        grade,
        within.filter((sheet) => sheet[criterion + 2] === grade).length,
      ]),
    )
    return { ...cell, groupIds, paper: false, tallies }
  })
}

/** A group that voted on paper: its totals are known to those who counted, so that merging would hide nothing. */
function paperCell(round: Counted, subjectId: number, paper: PaperCount): Cell[] {
  const { counts } = paper.subjects.find((one) => one.subjectId === subjectId)!
  const sum = (of: readonly number[]): number => of.reduce((total, count) => total + count, 0)
  const valid = sum(counts[0]!)
  if (!valid) return []
  const tallies = round.criteria.flatMap((_, criterion): [number, number, number][] => [
    [criterion, -1, valid - sum(counts[criterion] ?? [])],
    ...scaleAt(round, criterion).grades.map((_grade, grade): [number, number, number] => [
      criterion,
      grade,
      counts[criterion]?.[grade] ?? 0,
    ]),
  ])
  const group = round.groups.find((one) => one.id === paper.groupId)!
  return [{ groupIds: [group.id], weight: group.weight, valid, paper: true, tallies }]
}

/**
 * Closes a round: the urn is counted, and only tallies of enough sheets enter PostgreSQL, in one transaction. Codes go, remarks
 * come in under random ids and in their order, then the urn is overwritten and deleted. Sheets are kept nowhere: a pattern
 * over several criteria would be a signature.
 */
export async function closeRound(services: Services, actor: Actor, id: number): Promise<void> {
  const { db, config, today } = services
  await atUrn(id, () => db.transaction().execute((tx) => closeWithin(services, tx, actor, id, today())))
  destroyUrn(config.dataDir, id)
}

/** The part of the close that is one transaction; the caller holds the urn and destroys it after the commit. */
export async function closeWithin(
  { config }: Pick<Services, 'config'>,
  tx: Tx,
  actor: Actor,
  id: number,
  today: string,
): Promise<void> {
  const round = await roundToRun(tx, actor, id, 'appraisal.run')
  if (round.state !== 'open') throw conflict('round-not-open', '这次评议还没有开始或已经结束。')
  const urn = readUrn(config.dataDir, id)
  const papers = await agreedPapers(tx, round)
  const boxes = await countBoxes(tx, actor, round)
  const { subjects, cells } = countUrn(round, { sheets: [...urn.sheets, ...boxes.sheets] }, papers)
  await sql`update appraisal.subject s set returned = c.returned, valid = c.valid
    from jsonb_to_recordset(${JSON.stringify(subjects)}::jsonb) as c (id bigint, returned int, valid int)
    where s.id = c.id`.execute(tx)
  await sql`update appraisal.rater_group g set returned = (
      select count(*) from appraisal.code c
      where c.group_id = g.id and c.hash = any(${urn.used.map((hash) => Buffer.from(hash, 'hex'))}::bytea[]))
    where g.round_id = ${id} and g.channel = 'slip' and not g.by_account`.execute(tx)
  await sql`update appraisal.rater_group g set issued = c.issued, returned = c.returned
    from jsonb_to_recordset(${JSON.stringify([...papers, ...boxes.groups])}::jsonb) as c ("groupId" bigint, issued int, returned int)
    where g.id = c."groupId"`.execute(tx)
  await sql`
    with cell as (
      insert into appraisal.cell (round_id, subject_id, position, group_ids, weight, valid, paper)
      select ${id}, c."subjectId", c.position, array(select jsonb_array_elements_text(c."groupIds")::bigint), c.weight, c.valid, c.paper
      from jsonb_to_recordset(${JSON.stringify(cells)}::jsonb)
        as c ("subjectId" bigint, position int, "groupIds" jsonb, weight int, valid int, paper boolean)
      returning id, subject_id, position)
    insert into appraisal.tally (cell_id, criterion, grade, sheets)
    select cell.id, (t.value ->> 0)::int, (t.value ->> 1)::int, (t.value ->> 2)::int
    from jsonb_to_recordset(${JSON.stringify(cells)}::jsonb) as c ("subjectId" bigint, position int, tallies jsonb)
      join cell on cell.subject_id = c."subjectId" and cell.position = c.position
      cross join jsonb_array_elements(c.tallies) t`.execute(tx)
  await keepNames(
    tx,
    countNames(
      round,
      urn.names ?? [],
      papers,
      cells.map((cell) => cell.subjectId),
    ),
  )
  // Words of fewer people than may be counted are not kept: the hand would be known by the style alone.
  if (urn.used.length >= round.least) {
    const remarks = urn.remarks
      .map(([subjectId, words]) => ({ id: randomUUID(), subjectId: subjectId || null, words }))
      .toSorted((one, other) => (one.id < other.id ? -1 : 1))
    await sql`insert into appraisal.remark (id, round_id, subject_id, words)
      select m.id, ${id}, m."subjectId", m.words
      from jsonb_to_recordset(${JSON.stringify(remarks)}::jsonb) as m (id uuid, "subjectId" bigint, words text)`.execute(
      tx,
    )
  }
  await sql`delete from appraisal.code where round_id = ${id}`.execute(tx)
  await sql`update appraisal.round set state = 'closed', closed_on = ${today}::date, version = version + 1
    where id = ${id}`.execute(tx)
  await keepRound(tx, actor, id)
  await audit(tx, actor, {
    action: 'appraisal.close',
    objectKind: 'appraisal-round',
    objectId: id,
    unitId: round.unitId,
    summary: `结束评议“${round.title}”，收回 ${urn.used.length + [...papers, ...boxes.groups].reduce((sum, group) => sum + group.returned, 0)} 份`,
  })
}

/** Gives a round up: opened by mistake, or its urn was lost. Codes and sheets go uncounted, the reason stays. */
export async function abandonRound(services: Services, actor: Actor, id: number, reason: string): Promise<void> {
  const { db, config } = services
  const votes = await atUrn(id, () =>
    db.transaction().execute(async (tx) => {
      const round = await roundToRun(tx, actor, id, 'appraisal.run')
      if (round.state !== 'setup' && round.state !== 'open')
        throw conflict('round-over', '这次评议已经结束或作废，不能再作废。')
      await sql`delete from appraisal.code where round_id = ${id}`.execute(tx)
      await sql`update appraisal.round set state = 'abandoned', abandoned_for = ${reason}, version = version + 1
        where id = ${id}`.execute(tx)
      await audit(tx, actor, {
        action: 'appraisal.abandon',
        objectKind: 'appraisal-round',
        objectId: id,
        unitId: round.unitId,
        summary: `作废评议“${round.title}”：${reason}`,
      })
      return voidBoxes(tx, actor, round, reason)
    }),
  )
  destroyUrn(config.dataDir, id)
  await discardBoxes(services, votes)
}

/** Urns of rounds that closed while the server was killed between the commit and the deletion. */
export async function sweepUrns({ db, config }: Pick<Services, 'db' | 'config'>): Promise<void> {
  const { rows } = await sql<{
    id: number
  }>`select id from appraisal.round where state in ('closed', 'abandoned')`.execute(db)
  for (const { id } of rows) destroyUrn(config.dataDir, id)
}
