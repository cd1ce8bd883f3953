import { sql } from 'kysely'
import type { Actor } from '../../../kernel/access/actor.ts'
import { audit } from '../../../kernel/audit/audit.ts'
import { loadCalendar } from '../../../kernel/calendar/calendar-days.ts'
import { addDays } from '../../../kernel/calendar/days.ts'
import { conflict, notFound } from '../../../kernel/contract/problem.ts'
import type { Db, Tx } from '../../../kernel/db/database.ts'
import { fileById, linkFile } from '../../../kernel/files/files.ts'
import { mediaOf } from '../../../kernel/files/media.ts'
import { writeAct } from '../../../kernel/lifecycle/act.ts'
import { duesOf } from '../periods.ts'
import type { Audience, Kind, Rhythm } from '../words.ts'
import { checkDays, keepItems } from './items.ts'
import { kindOfUnit } from './coverage.ts'

export interface Publication {
  unitId: number
  title: string
  /** What the unit calls its disclosure; by the kind of the unit when left out. */
  kind?: Kind
  /** 财务收支, 职工福利 …; 其他 when left out. */
  category?: string
  /** Plain text; blank lines part paragraphs. Callers leave out what may not be public: no ID number, no diagnosis. */
  body: string
  /** Ids of files that are kept already (`kernel.file`). */
  attachments?: readonly number[]
  /** First and last day, `YYYY-MM-DD`. */
  from: string
  until: string
  audience?: Audience
  /** Asks for objections and lasts at least so many working days (never fewer than five): 公示. */
  publicity?: { workingDays: number }
  /**
   * Answers the unit's duty of this category whose title holds the words, for the period that ends with the last day: the
   * calendar then has it. None is needed.
   */
  answers?: { words: string; lastDay: string }
  /** Path of the thing in the app without the leading slash: `funds/periods/12`. One open publication for each. */
  source: string
}

/**
 * Publishes something another module has decided: it hangs at once, for that module's own approval stands behind it, and
 * files its record of the register. The caller checks its own permission.
 * @returns the item's id
 * @throws Problem 409 `published-already`, 422 `item-days` | `publicity-short`
 */
export async function publish(tx: Tx, actor: Actor, publication: Publication): Promise<number> {
  const draft = {
    fromOn: publication.from,
    untilOn: publication.until,
    publicity: publication.publicity !== undefined,
  }
  await checkDays(tx, draft, publication.publicity?.workingDays)
  const known = await sql`select from openness.item
    where source = ${publication.source} and state = 'published'`.execute(tx)
  if (known.rows.length) throw conflict('published-already', '这一事项已经在公开栏上，不必重复公开。')
  const duty = publication.answers ? await dutyAnswered(tx, publication, publication.answers) : null
  const kind = publication.kind ?? duty?.kind ?? (await kindOfUnit(tx, publication.unitId)) ?? '厂务公开'
  const { rows } = await sql<{ id: number }>`
    insert into openness.item (unit_id, duty_id, period, kind, category, title, body, channel, audience, from_on, until_on, publicity,
      state, published_on, source, created_by)
    values (${publication.unitId}, ${duty?.id ?? null}, ${duty?.period ?? null}, ${kind}, ${publication.category ?? '其他'}, ${publication.title}, ${publication.body},
      '公开栏', ${publication.audience ?? 'layer'}, ${publication.from}::date, ${publication.until}::date,
      ${draft.publicity}, 'published', ${publication.from}::date, ${publication.source}, ${actor.accountId})
    returning id`.execute(tx)
  const id = rows[0]!.id
  await writeAct(tx, actor, { objectKind: 'openness-item', objectId: id, verb: '公示', from: null, to: 'published' })
  for (const fileId of publication.attachments ?? []) {
    const file = await fileById(tx, fileId)
    await linkFile(
      tx,
      actor,
      {
        sha256: file.sha256.toString('hex'),
        bytes: file.bytes,
        media: mediaOf(file.mediaType)!,
        name: file.name,
        objectKind: 'openness-item',
        objectId: id,
      },
      { unitId: publication.unitId, title: `“${publication.title}”` },
    )
  }
  await audit(tx, actor, {
    action: 'openness.publish',
    objectKind: 'openness-item',
    objectId: id,
    unitId: publication.unitId,
    summary: `公开“${publication.title}”，${publication.from}至${publication.until}`,
    detail: { source: publication.source },
  })
  await keepItems(tx, actor, [id])
  return id
}

/** The duty that a publication answers: of several, the one with the longest period, for it is asked for least often. */
async function dutyAnswered(
  tx: Tx,
  { unitId, category }: Publication,
  { words, lastDay }: NonNullable<Publication['answers']>,
): Promise<{ id: number; kind: Kind; period: string } | null> {
  const { rows } = await sql<{
    id: number
    kind: Kind
    rhythm: Rhythm
    withinDays: number
    startsOn: string
    endedOn: string | null
  }>`
    select id, kind, rhythm, within_days as "withinDays", starts_on as "startsOn", ended_on as "endedOn" from openness.duty
    where unit_id = ${unitId} and category = ${category ?? '其他'} and strpos(title, ${words}) > 0 order by id`.execute(
    tx,
  )
  const calendar = await loadCalendar(tx)
  const { rows: answered } = await sql<{ dutyId: number; period: string }>`
    select duty_id as "dutyId", period from openness.item
    where duty_id = any(${rows.map((row) => row.id)}::bigint[]) and state = 'published'`.execute(tx)
  const open = rows.flatMap((duty) =>
    duesOf(duty, lastDay, addDays(lastDay, 400), calendar)
      .filter((due) => due.to === lastDay)
      .filter((due) => !answered.some((one) => one.dutyId === duty.id && one.period === due.period))
      .map((due) => ({ id: duty.id, kind: duty.kind, period: due.period, from: due.from })),
  )
  return open.toSorted((one, other) => one.from.localeCompare(other.from))[0] ?? null
}

export interface Publicity {
  itemId: number
  state: 'published' | 'ended'
  fromOn: string
  untilOn: string
  objections: number
  /** Objections without an answer: the period has not passed while there are any. */
  unanswered: number
  /** Objections found to be right. */
  upheld: number
  /** The last day is over, nothing waits for an answer, and no objection was right. */
  passed: boolean
}

/** How the (latest) publication of a thing stands; null when it never hung. @param today `YYYY-MM-DD` */
export async function publicityOf(db: Db | Tx, source: string, today: string): Promise<Publicity | null> {
  const { rows } = await sql<Publicity>`
    select i.id as "itemId", i.state, i.from_on as "fromOn", i.until_on as "untilOn",
      count(q.id)::int as objections, count(q.id) filter (where q.answered_on is null)::int as unanswered,
      count(q.id) filter (where q.outcome = 'upheld')::int as upheld,
      i.until_on < ${today}::date and coalesce(i.ended_on >= i.until_on, true)
        and count(q.id) filter (where q.answered_on is null or q.outcome = 'upheld') = 0 as passed
    from openness.item i left join openness.question q on q.item_id = i.id and q.kind = 'objection'
    where i.source = ${source} and i.state in ('published', 'ended')
    group by i.id order by i.id desc limit 1`.execute(db)
  return rows[0] ?? null
}

/** Takes down what another module published, with the reason. The caller checks its own permission. */
export async function takeDown(tx: Tx, actor: Actor, source: string, reason: string, today: string): Promise<void> {
  const { rows } = await sql<{ id: number; unitId: number; title: string }>`
    update openness.item set state = 'ended', ended_on = greatest(published_on, ${today}::date), version = version + 1
    where source = ${source} and state = 'published' returning id, unit_id as "unitId", title`.execute(tx)
  const item = rows[0]
  if (!item) throw notFound('公开事项')
  await writeAct(tx, actor, {
    objectKind: 'openness-item',
    objectId: item.id,
    verb: '终止',
    from: 'published',
    to: 'ended',
    words: reason,
  })
  await audit(tx, actor, {
    action: 'openness.take-down',
    objectKind: 'openness-item',
    objectId: item.id,
    unitId: item.unitId,
    summary: `撤下“${item.title}”：${reason}`,
  })
  await keepItems(tx, actor, [item.id])
}
