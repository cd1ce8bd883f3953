import { sql, type RawBuilder } from 'kysely'
import { allows, visibleTo } from '../../../kernel/access/access.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import { audit } from '../../../kernel/audit/audit.ts'
import { notFound, refused } from '../../../kernel/contract/problem.ts'
import { openKeys } from '../../../kernel/crypto/keys.ts'
import type { Db, Tx } from '../../../kernel/db/database.ts'
import { actsOf, type Act } from '../../../kernel/lifecycle/act.ts'
import { publicityOf, type Publicity } from '../../openness/public.ts'
import type { Category, Classified } from '../classify.ts'
import type { FileState } from '../words.ts'
import { withFiles } from './opening.ts'

export interface FileRow {
  id: number
  unitId: number
  unitName: string
  personId: number
  personName: string
  state: FileState
  category: Category | null
  filedOn: string | null
  reviewOn: string | null
  /** Its yearly review is past due. */
  overdue: boolean
}

export interface Version {
  id: number
  no: number
  reason: 'application' | 'check' | 'review'
  onDay: string
  ground: string
  relatives: { name: string; relation: string; incomeFen: number; note?: string }[]
  familySize: number
  incomeFen: number
  rigidFen: number
  lossFen: number
  accident: boolean
  exclusions: string[]
  visitors: string | null
  diagnosis: string | null
  verdict: Classified
  document: string | null
  by: string
  byId: number
  /** A later finding took its place: the number of that one. */
  closedBy: number | null
}

export interface File extends FileRow {
  liftedOn: string | null
  liftReason: string | null
  previousId: number | null
  versions: Version[]
  publicity: Publicity | null
  acts: Act[]
  /** It is the reader's own. */
  own: boolean
  /** The reader signs but keeps no files: names of relatives are masked and the diagnosis stays shut. */
  abridged: boolean
  /** Number of the finding that waits for a decision. */
  undecided: number | null
  movedFrom: string | null
}

const columns = (today: string) => sql`f.id, f.unit_id as "unitId", u.name as "unitName", f.person_id as "personId",
  p.name as "personName", f.state, f.category, f.filed_on as "filedOn", f.review_on as "reviewOn",
  coalesce(f.state = 'on-file' and f.review_on < ${today}::date, false) as overdue`
const joins = sql`hardship.file f join kernel.unit_name u on u.id = f.unit_id join kernel.person_name p on p.id = f.person_id`

/** Whoever keeps files sees them all, whoever signs those that are hung out or on file, a person the own ones. */
const visible = (actor: Actor): RawBuilder<boolean> =>
  sql<boolean>`(${visibleTo(actor, 'hardship.read-confidential', 'f.unit_id')} or f.person_id = ${actor.personId}
    or (f.state in ('published', 'on-file', 'lifted') and ${visibleTo(actor, 'hardship.approve', 'f.unit_id')}))`

export interface FileFilter {
  unitId?: number
  state?: string
  category?: string
  q?: string
  cursor?: number
}

/** Files of a unit and below, the newest first; a person without an office gets just the own ones. Keyset by id. */
export const listFiles = (
  db: Db,
  actor: Actor,
  filter: FileFilter,
  today: string,
): Promise<{ rows: FileRow[]; next: number | null }> =>
  withFiles(db, actor, async (tx) => {
    const size = 30
    const states =
      filter.state === 'overdue'
        ? sql`and f.state = 'on-file' and f.review_on < ${today}::date`
        : filter.state
          ? sql`and f.state = ${filter.state}`
          : sql``
    const { rows } = await sql<FileRow>`
      select ${columns(today)} from ${joins}
      where ${visible(actor)} ${states}
        ${filter.unitId ? sql`and exists (select from kernel.closure c where c.ancestor_id = ${filter.unitId} and c.descendant_id = f.unit_id and c.valid_to = 'infinity')` : sql``}
        ${filter.category ? sql`and f.category = ${filter.category}` : sql``}
        ${filter.q ? sql`and p.name like ${`%${filter.q.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`}` : sql``}
        ${filter.cursor ? sql`and f.id < ${filter.cursor}` : sql``}
      order by f.id desc limit ${size + 1}`.execute(tx)
    const more = rows.length > size
    if (more) rows.pop()
    return { rows, next: more ? rows.at(-1)!.id : null }
  })

/** How many files stand where: the tabs of the list. */
export const countFiles = (db: Db, actor: Actor, unitId: number, today: string): Promise<Record<string, number>> =>
  withFiles(db, actor, async (tx) => {
    const { rows } = await sql<{ state: string; n: number; overdue: number }>`
      select f.state, count(*)::int as n, count(*) filter (where f.state = 'on-file' and f.review_on < ${today}::date)::int as overdue
      from ${joins} where ${visible(actor)} and exists (
        select from kernel.closure c where c.ancestor_id = ${unitId} and c.descendant_id = f.unit_id and c.valid_to = 'infinity')
      group by f.state`.execute(tx)
    return {
      ...Object.fromEntries(rows.map((row) => [row.state, row.n])),
      overdue: rows.reduce((sum, row) => sum + row.overdue, 0),
    }
  })

/** A file row for the transaction that acts on it, locked. @throws Problem 404 when not there or not visible */
export async function lockFile(tx: Tx, actor: Actor, fileId: number, today: string): Promise<FileRow> {
  const { rows } = await sql<FileRow>`
    select ${columns(today)} from ${joins} where f.id = ${fileId} and ${visible(actor)} for update of f`.execute(tx)
  if (!rows[0]) throw notFound('困难档案')
  return rows[0]
}

/** Versions of a file, the newest first, diagnoses opened. */
export async function versionsOf(tx: Tx, dataDir: string, fileId: number): Promise<Version[]> {
  const { rows } = await sql<Version & { sealed: Buffer | null }>`
    select v.id, v.no, v.reason, v.on_day as "onDay", v.ground, v.family as relatives,
      jsonb_array_length(v.family)::int + 1 as "familySize", v.income_fen as "incomeFen", v.rigid_fen as "rigidFen",
      v.loss_fen as "lossFen", v.accident, v.exclusions, v.visitors, v.diagnosis_sealed as sealed, v.verdict, r.document,
      v.created_name as by, v.created_by as "byId", lead(v.no) over (order by v.no) as "closedBy"
    from hardship.version v left join hardship.parameter r on r.id = v.parameter_id
    where v.file_id = ${fileId} order by v.no desc`.execute(tx)
  const keys = rows.some((row) => row.sealed) ? openKeys(dataDir) : null
  return rows.map(({ sealed, ...row }) => ({
    ...row,
    diagnosis: sealed && keys ? keys.open(sealed, 'hardship.version.diagnosis_sealed') : null,
  }))
}

/**
 * Opens a file: every opening by somebody else is written down with its reason, before anything is shown.
 * @throws Problem 404, 422 `reason-missing`
 */
export const openFile = (
  db: Db,
  dataDir: string,
  actor: Actor,
  fileId: number,
  reason: string,
  today: string,
): Promise<File> =>
  withFiles(db, actor, async (tx) => {
    const { rows } = await sql<File>`
      select ${columns(today)}, f.lifted_on as "liftedOn", f.lift_reason as "liftReason", f.previous_id as "previousId",
        coalesce(f.person_id = ${actor.personId}, false) as own, f.decided_no as undecided,
        (select name from kernel.unit_name old where old.id = f.moved_from) as "movedFrom"
      from ${joins} where f.id = ${fileId} and ${visible(actor)}`.execute(tx)
    const [file] = rows
    if (!file) throw notFound('困难档案')
    if (!file.own) {
      if (reason.trim().length < 4)
        throw refused('reason-missing', '困难档案涉及家庭隐私，请写明查看原因（至少 4 个字），系统会记录。', {
          reason: '请写明查看原因（至少 4 个字）',
        })
      await audit(tx, actor, {
        action: 'hardship.open',
        objectKind: 'hardship-file',
        objectId: fileId,
        unitId: file.unitId,
        summary: `查看困难档案 ${fileId}，原因：${reason.trim()}`,
      })
    }
    const versions = await versionsOf(tx, dataDir, fileId)
    const abridged = !file.own && !(await allows(tx, actor, 'hardship.read-confidential', file.unitId))
    const [latest] = versions
    return {
      ...file,
      abridged,
      undecided:
        file.state === 'on-file' && latest?.reason === 'review' && latest.no > (file.undecided ?? 0) ? latest.no : null,
      versions: abridged ? versions.map(abridge) : versions,
      publicity: await publicityOf(tx, sourceOf(fileId), today),
      acts: await actsOf(tx, 'hardship-file', fileId),
    }
  })

/** Who opened a file, for the person it is about and for those who may read it: the newest first. */
export const openingsOf = (
  db: Db,
  actor: Actor,
  fileId: number,
  today: string,
): Promise<{ who: string; office: string; at: string; summary: string }[]> =>
  withFiles(db, actor, async (tx) => {
    await lockFile(tx, actor, fileId, today)
    const { rows } = await sql<{ who: string; office: string; at: string; summary: string }>`
      select actor_name as who, office, at, summary from kernel.audit
      where object_kind = 'hardship-file' and object_id = ${fileId} and action = 'hardship.open' order by id desc limit 200`.execute(
      tx,
    )
    return rows
  })

/** What somebody who only signs needs: the arithmetic, not the illness or the names. */
const abridge = (version: Version): Version => ({
  ...version,
  diagnosis: null,
  relatives: version.relatives.map((relative) => ({ ...relative, name: maskedName(relative.name) })),
})

/** 马春燕 → 马*燕, 李强 → 李*. */
export const maskedName = (name: string): string => {
  const letters = [...name]
  if (letters.length < 3) return `${letters[0]}*`
  return `${letters[0]}${'*'.repeat(letters.length - 2)}${letters.at(-1)}`
}

export const sourceOf = (fileId: number): string => `hardship/files/${fileId}`

/** The actor's own files, whatever office they hold, the newest first. */
export const ownFilesOf = (db: Db, actor: Actor): Promise<{ id: number; state: FileState }[]> =>
  withFiles(db, actor, async (tx) => {
    const { rows } = await sql<{ id: number; state: FileState }>`
      select id, state from hardship.file where person_id = ${actor.personId} order by id desc`.execute(tx)
    return rows
  })
