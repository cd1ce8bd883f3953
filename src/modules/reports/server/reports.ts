import { sql } from 'kysely'
import type { Actor } from '../../../kernel/access/actor.ts'
import { audit } from '../../../kernel/audit/audit.ts'
import { conflict, notFound, refused } from '../../../kernel/contract/problem.ts'
import type { Db, Tx } from '../../../kernel/db/database.ts'
import { writeAct } from '../../../kernel/lifecycle/act.ts'
import { isDelicate } from '../../../kernel/facts/small-groups.ts'
import { GENRES, type Genre } from '../../../kernel/register/declaration.ts'
import { catalogue, type Catalogue } from '../../../kernel/register/registry.ts'
import { AUDIENCES, type Audience } from '../../../kernel/small-groups/audience.ts'
import { smallestGroup } from '../../../kernel/small-groups/threshold.ts'
import { profileOf, unitById } from '../../organisation/public.ts'
import type { Block, Body } from '../body.ts'
import { textOf } from '../body.ts'
import { periodOf } from '../genres.ts'
import { generateReport, type Order } from './generate.ts'

export interface Report {
  id: number
  unitId: number
  year: number
  genre: Genre
  periodFrom: string
  periodTo: string
  title: string
  state: 'draft' | 'signed' | 'frozen'
  audience: Audience
  version: number
  watermark: number | null
}

const columns = sql`id, unit_id as "unitId", year, genre, period_from as "periodFrom", period_to as "periodTo", title, state, audience, version, watermark`

export async function reportById(db: Db | Tx, id: number, lock = false): Promise<Report> {
  const { rows } =
    await sql<Report>`select ${columns} from reports.report where id = ${id} ${lock ? sql`for update` : sql``}`.execute(
      db,
    )
  if (!rows[0]) throw notFound('报告')
  return rows[0]
}

export async function bodyOf(db: Db | Tx, id: number, no: number): Promise<Body> {
  const { rows } = await sql<{
    body: Body
  }>`select body from reports.version where report_id = ${id} and no = ${no}`.execute(db)
  if (!rows[0]) throw notFound('版本')
  return rows[0].body
}

/** What to generate for a unit's year. @throws Problem 404 when the unit isn't there */
export async function orderOf(
  db: Db | Tx,
  unitId: number,
  year: number,
  genre: Genre,
  today: string,
  audience: Audience = 'inside',
): Promise<Order> {
  const unit = await unitById(db, unitId)
  if (!unit) throw notFound('单位')
  return {
    unit: { id: unit.id, code: unit.code, name: unit.name, profile: await profileOf(db, unitId, year) },
    year,
    genre,
    ...periodOf(genre, year),
    ...(audience === 'outside' && { smallest: await smallestGroup(db) }),
    today,
  }
}

async function keepVersion(tx: Tx, actor: Actor, id: number, no: number, body: Body, reason: string): Promise<void> {
  await sql`insert into reports.version (report_id, no, body, reason, created_by, author)
    values (${id}, ${no}, ${JSON.stringify(body)}::jsonb, ${reason}, ${actor.accountId}, ${actor.name})`.execute(tx)
  await sql`update reports.report set version = ${no}, title = ${body.title} where id = ${id}`.execute(tx)
}

/** Generates and keeps a new report. Everything is read in one snapshot. */
export async function createReport(
  db: Db,
  actor: Actor,
  unitId: number,
  year: number,
  genre: Genre,
  today: string,
  audience: Audience = 'inside',
): Promise<Report> {
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (tx) => {
      const order = await orderOf(tx, unitId, year, genre, today, audience)
      const body = await generateReport(tx, await catalogue(tx, [unitId]), order)
      const { rows } = await sql<Report>`
      insert into reports.report (unit_id, year, genre, audience, period_from, period_to, title, created_by)
      values (${unitId}, ${year}, ${genre}, ${audience}, ${order.from}::date, ${order.to}::date, ${body.title}, ${actor.accountId})
      returning ${columns}`.execute(tx)
      const report = rows[0]!
      await keepVersion(tx, actor, report.id, 1, body, '生成')
      await audit(tx, actor, {
        action: 'reports.create',
        objectKind: 'report',
        objectId: report.id,
        unitId,
        summary: `生成${GENRES[genre]}${audience === 'outside' ? '（对外版）' : ''}：${body.title}`,
      })
      return report
    })
}

/** One difference between two bodies, by block. */
export interface Change {
  blockId: string
  /** `kept`: a sentence changed by hand stays although the ledger now words it otherwise, as `after` says. */
  kind: 'added' | 'removed' | 'changed' | 'kept'
  before: string
  after: string
}

export function compareBodies(before: Body, after: Body): Change[] {
  const texts = (body: Body): Map<string, string[]> =>
    new Map(
      body.blocks.map((block) => [
        block.id,
        block.kind === 'table' ? tableLines(block, body) : [textOf(block.runs, body.figures)],
      ]),
    )
  const [old, now] = [texts(before), texts(after)]
  const changes: Change[] = []
  for (const [blockId, lines] of now) {
    const was = old.get(blockId)
    if (was === undefined) changes.push({ blockId, kind: 'added', before: '', after: lines.join('\n') })
    // Of a table only the rows that differ: nobody finds two figures in a hundred lines.
    else if (was.join('\n') !== lines.join('\n'))
      changes.push({ blockId, kind: 'changed', before: without(was, lines), after: without(lines, was) })
  }
  for (const [blockId, lines] of old)
    if (!now.has(blockId)) changes.push({ blockId, kind: 'removed', before: lines.join('\n'), after: '' })
  return changes
}

const without = (lines: readonly string[], others: readonly string[]): string => {
  const known = new Set(others)
  return lines.filter((line) => !known.has(line)).join('\n')
}

const tableLines = (block: Block, body: Body): string[] =>
  // Without the first cell: a row that only moved up has not changed.
  (block.rows ?? []).map((row) =>
    row
      .slice(1)
      .map((cell) => textOf(cell, body.figures))
      .join('　'),
  )

/** Sentences kept as they were written by hand, whose generated wording has changed meanwhile. */
function keptByHand(before: Body, after: Body): Change[] {
  const earlier = new Map(before.blocks.map((block) => [block.id, block]))
  return after.blocks.flatMap((block) => {
    const was = earlier.get(block.id)
    if (!block.manual || !block.generated || !was?.generated) return []
    // Chips are counted anew in a kept sentence too; only other words or other figures are worth a look.
    if (JSON.stringify(block.generated) === JSON.stringify(was.generated)) return []
    const [mine, wording] = [block.runs, block.generated].map((runs) => textOf(runs, after.figures))
    return [{ blockId: block.id, kind: 'kept' as const, before: mine!, after: wording! }]
  })
}

/**
 * Puts the officer's own sentences back into a newly generated body. A changed sentence stays as it was written, with
 * its chips counted anew; a sentence added by hand keeps its place after the block it followed.
 */
export function carryEdits(before: Body, generated: Body, closed = (_metric: string): boolean => false): Body {
  const figures = { ...generated.figures }
  const manual = before.blocks.filter((block) => block.manual)
  const blocks = [...generated.blocks]
  for (const block of manual) {
    const runs = block.runs.map((run) => {
      if (!('figure' in run) || figures[run.figure]) return run
      // The figure is no longer counted: its last text stays as plain words, and the lint will say so.
      const was = before.figures[run.figure]
      return { text: was && closed(was.metric) ? '（不单列）' : (was?.text ?? '') }
    })
    const at = blocks.findIndex((one) => one.id === block.id)
    if (at >= 0) blocks[at] = { ...block, runs, generated: blocks[at]!.runs }
    else {
      const previous = before.blocks[before.blocks.indexOf(block) - 1]
      const after = previous ? blocks.findIndex((one) => one.id === previous.id) : -1
      blocks.splice(after < 0 ? blocks.length : after + 1, 0, { ...block, runs })
    }
  }
  return { ...generated, blocks, figures }
}

/** What a report for outside never says in plain words either. */
const closedFor = (known: Catalogue, audience: Audience) => (metric: string) =>
  audience === 'outside' && isDelicate(known, metric)

const editable = (report: Report, version: number): void => {
  if (report.state === 'frozen') throw refused('frozen', '报告已定稿，不能再改。如需更正，请重新生成一份并注明原因。')
  if (report.version !== version) throw conflict('stale', '这份报告刚被别人改过。请刷新后核对，再保存您的修改。')
}

/** Generates anew from today's ledger, keeping what was written by hand. @returns what changed */
export async function regenerateReport(
  db: Db,
  actor: Actor,
  id: number,
  version: number,
  today: string,
  audience?: Audience,
): Promise<{ version: number; changes: Change[] }> {
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (tx) => {
      const report = await reportById(tx, id, true)
      editable(report, version)
      const before = await bodyOf(tx, id, version)
      const known = await catalogue(tx, [report.unitId])
      const whom = audience ?? report.audience
      const generated = await generateReport(
        tx,
        known,
        await orderOf(tx, report.unitId, report.year, report.genre, today, whom),
      )
      const body = carryEdits(before, generated, closedFor(known, whom))
      const changes = [...compareBodies(before, body), ...keptByHand(before, body)]
      const turned = whom !== report.audience
      await keepVersion(tx, actor, id, version + 1, body, turned ? `改为${AUDIENCES[whom].title}` : '重新生成')
      await sql`update reports.report set state = 'draft', audience = ${whom} where id = ${id}`.execute(tx)
      await audit(tx, actor, {
        action: 'reports.regenerate',
        objectKind: 'report',
        objectId: id,
        unitId: report.unitId,
        summary: `${turned ? `改为${AUDIENCES[whom].title}` : '重新生成'}“${body.title}”，${changes.length} 处变化`,
      })
      return { version: version + 1, changes }
    })
}

/**
 * Saves the officer's text. Chips may be moved or dropped, never made up: each must be a figure the report holds; what
 * differs from the generated sentence is marked as written by hand.
 */
export async function saveReport(
  db: Db,
  actor: Actor,
  id: number,
  version: number,
  edited: Pick<Body, 'title' | 'blocks'>,
): Promise<number> {
  return db.transaction().execute(async (tx) => {
    const report = await reportById(tx, id, true)
    editable(report, version)
    const before = await bodyOf(tx, id, version)
    const known = new Map(before.blocks.map((block) => [block.id, block]))
    const blocks = edited.blocks.map((block): Block => {
      const was = known.get(block.id)
      for (const run of block.runs)
        if ('figure' in run && !before.figures[run.figure])
          throw refused('unknown-figure', '报告中的数字只能来自台账，不能手工添加。')
      if (block.kind === 'table') {
        if (!was) throw refused('table', '附表由系统生成，不能手工添加。')
        return was
      }
      if (was && JSON.stringify(was.runs) === JSON.stringify(block.runs)) return was
      const generated = was?.generated ?? (was?.manual ? undefined : was?.runs)
      return {
        id: block.id,
        kind: block.kind,
        ...(block.level && { level: block.level }),
        runs: block.runs,
        ...(block.section && { section: block.section }),
        manual: true,
        ...(generated && { generated }),
      }
    })
    await keepVersion(tx, actor, id, version + 1, { ...before, title: edited.title, blocks }, '修改')
    await sql`update reports.report set state = 'draft' where id = ${id}`.execute(tx)
    await audit(tx, actor, {
      action: 'reports.save',
      objectKind: 'report',
      objectId: id,
      unitId: report.unitId,
      summary: `修改报告“${edited.title}”`,
    })
    return version + 1
  })
}

const reportAct = (
  tx: Tx,
  actor: Actor,
  report: Report,
  verb: string,
  to: string,
  words: string | null,
): Promise<void> =>
  writeAct(tx, actor, { objectKind: 'report', objectId: report.id, verb, from: report.state, to, words })

/** The chair signs what was read: this version and no other. */
export async function signReport(
  db: Db,
  actor: Actor,
  id: number,
  version: number,
  words: string | null,
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const report = await reportById(tx, id, true)
    editable(report, version)
    await sql`update reports.report set state = 'signed' where id = ${id}`.execute(tx)
    await reportAct(tx, actor, report, '同意', 'signed', words)
    await audit(tx, actor, {
      action: 'reports.sign',
      objectKind: 'report',
      objectId: id,
      unitId: report.unitId,
      summary: `签发报告“${report.title}”第 ${version} 版`,
    })
  })
}

/**
 * Freezes a report: no writer is in the middle of posting, the last fact's number becomes its watermark, and every figure
 * is counted once more as of it. A figure that changed since the text was generated refuses the freeze.
 */
export async function freezeReport(db: Db, actor: Actor, id: number, version: number, today: string): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await sql`select pg_advisory_xact_lock(5170002)`.execute(tx)
    const report = await reportById(tx, id, true)
    editable(report, version)
    const body = await bodyOf(tx, id, version)
    const { rows } = await sql<{ last: number }>`select coalesce(max(id), 0)::bigint as last from kernel.fact`.execute(
      tx,
    )
    const watermark = Math.max(rows[0]!.last, 1)
    const fresh = await generateReport(tx, await catalogue(tx, [report.unitId]), {
      ...(await orderOf(tx, report.unitId, report.year, report.genre, today, report.audience)),
      watermark,
    })
    const shown = shownIn(body)
    const stale = Object.values(body.figures).filter(
      (figure) =>
        shown.has(figure.key) &&
        (fresh.figures[figure.key]?.value !== figure.value || fresh.figures[figure.key]?.withheld !== figure.withheld),
    )
    if (stale.length)
      throw refused(
        'figures-changed',
        `台账在生成报告后有变动，${stale.length} 个数字已不同（如“${stale[0]!.label}”）。请先重新生成，核对后再定稿。`,
      )
    await sql`update reports.report set state = 'frozen', watermark = ${watermark} where id = ${id}`.execute(tx)
    await reportAct(tx, actor, report, '定稿', 'frozen', null)
    await audit(tx, actor, {
      action: 'reports.freeze',
      objectKind: 'report',
      objectId: id,
      unitId: report.unitId,
      summary: `定稿报告“${report.title}”第 ${version} 版`,
    })
  })
}

/** The figures that some sentence or table of the body prints. */
export function shownIn(body: Body): Set<string> {
  const keys = new Set<string>()
  for (const block of body.blocks)
    for (const run of [...block.runs, ...(block.rows ?? []).flat(2)]) if ('figure' in run) keys.add(run.figure)
  return keys
}
