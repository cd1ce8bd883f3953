import { sql } from 'kysely'
import { z } from 'zod'
import { declaredPermissions, requirePermission, visibleTo } from '../../../kernel/access/access.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import type { Db } from '../../../kernel/db/database.ts'
import type { App } from '../../../kernel/http/app.ts'
import { day, id, parse, year } from '../../../kernel/http/parse.ts'
import type { Services } from '../../../kernel/http/services.ts'
import { DOMAINS, type Domain } from '../../../kernel/register/declaration.ts'
import { catalogue, type Catalogue } from '../../../kernel/register/registry.ts'
import { readableRows, readableTo } from '../../../kernel/register/reading.ts'
import { mayOpen } from '../../../kernel/register/routes.ts'
import { rowsBehind, type BehindRow } from '../../../kernel/facts/drill.ts'
import { figuresOf, type Figure, type Scope } from '../../../kernel/facts/figures.ts'
import { isDelicate, withheldFigures, withText } from '../../../kernel/facts/small-groups.ts'
import { figureText, type FigureText } from '../../../kernel/facts/text.ts'
import { smallestGroup } from '../../../kernel/small-groups/threshold.ts'

const figuresQuery = z.object({
  unitId: id,
  year: year.optional(),
  from: day.optional(),
  to: day.optional(),
  domain: z.enum(Object.keys(DOMAINS) as [Domain, ...Domain[]]).optional(),
  /** `no`: without last year's values, in half the time. */
  compare: z.enum(['yes', 'no']).default('yes'),
})

/** A figure as the API answers it: with its words, and whether the reader may open the rows behind it. */
export const shown = (known: Catalogue, actor: Actor, figure: Figure): Record<string, unknown> => {
  const register = known.registers.get(figure.provider)
  return {
    ...figure,
    ...(!figure.withheld && figureText(figure)),
    domainTitle: DOMAINS[figure.domain],
    mayOpen: !register || mayOpen(actor, register),
  }
}

/** Figures and the rows behind them. Totals need `reports.figures`; rows need the register's own permission. */
export function factRoutes(app: App, services: Services): void {
  const { db } = services

  app.get('/api/figures', async (request) => {
    const query = parse(figuresQuery, request.query)
    await requirePermission(db, request.actor, 'reports.figures', query.unitId, 'organisation.read')
    const known = await catalogue(db, [query.unitId])
    const thisYear = query.year ?? Number(services.today().slice(0, 4))
    const scope: Scope = {
      unitId: query.unitId,
      from: query.from ?? `${thisYear}-01-01`,
      to: query.to ?? `${thisYear}-12-31`,
    }
    const ids = [...known.metrics.values()]
      .filter((metric) => !query.domain || metric.domain === query.domain)
      .map((metric) => metric.id)
    const before: Scope = { ...scope, from: yearBefore(scope.from), to: yearBefore(scope.to) }
    const closed = await closedTo(db, request.actor, known, query.unitId)
    const told = discreet(known, closed, await smallestGroup(db))
    const figures = told(await figuresOf(db, known, scope, ids), scope)
    const compared = query.compare === 'yes' ? told(await figuresOf(db, known, before, ids), before) : []
    const previous = new Map(compared.map((figure) => [figure.metric, figure]))
    return {
      from: scope.from,
      to: scope.to,
      figures: figures.map((figure) => {
        const was = previous.get(figure.metric)
        return {
          ...figure,
          ...shown(known, request.actor, figure),
          previous: was && !was.withheld ? was.value : null,
          ...(was?.withheld && { previousText: was.text }),
        }
      }),
    }
  })

  app.get('/api/figures/rows', async (request) => {
    const query = parse(
      z.object({
        metric: z.string().max(120),
        unitId: id,
        from: day,
        to: day,
        recordId: id.optional(),
        watermark: id.optional(),
        part: z.enum(['numerator', 'denominator']).optional(),
        cursor: id.optional(),
        limit: z.coerce.number().int().min(1).max(200).default(50),
      }),
      request.query,
    )
    await requirePermission(db, request.actor, 'reports.figures', query.unitId, 'organisation.read')
    const known = await catalogue(db, [query.unitId])
    // Day, branch and number of nameless rows find a small group as well as a figure does.
    if ((await closedTo(db, request.actor, known, query.unitId))(query.metric))
      return { rows: [], next: null, withheld: true }
    const scope: Scope = {
      unitId: query.unitId,
      from: query.from,
      to: query.to,
      ...(query.recordId && { recordIds: [query.recordId] }),
      ...(query.watermark && { watermark: query.watermark }),
    }
    const { rows, next } = await rowsBehind(db, known, query.metric, scope, {
      limit: query.limit,
      ...(query.cursor && { after: query.cursor }),
      ...(query.part && { part: query.part }),
    })
    const readable = await readableOf(db, request.actor, known, rows)
    return {
      next,
      rows: rows.map((row, at) => {
        const register = row.register ? known.registers.get(row.register) : undefined
        // Someone who may see the total but not the row sees that it exists, not whom it is about.
        const open = readable.has(at)
        return {
          ...row,
          registerTitle: register?.title ?? null,
          mayOpen: open,
          ...(!open && { personId: null, personName: null, householdId: null, title: null, dims: {}, refId: null }),
        }
      }),
    }
  })
}

/**
 * Delicate metrics of rooms that the actor may not read at the unit: of these no small group is shown. What a module counts
 * outside its registers is read by its own permission.
 */
async function closedTo(db: Db, actor: Actor, known: Catalogue, unitId: number): Promise<(metric: string) => boolean> {
  const delicate = [...known.metrics.keys()].filter((metric) => isDelicate(known, metric))
  const rooms = [...new Set(delicate.map((metric) => known.metrics.get(metric)!.provider))]
  const conditions = rooms.map((room, at) => {
    const register = known.registers.get(room)
    const own = `${room}.read`
    const open = register
      ? readableTo(actor, register, 'u.id')
      : declaredPermissions().has(own)
        ? visibleTo(actor, own, 'u.id')
        : sql<boolean>`true`
    return sql`select ${at}::int as at from kernel.unit_name u where u.id = ${unitId} and ${open}`
  })
  if (!conditions.length) return () => false
  const { rows } = await sql<{ at: number }>`${sql.join(conditions, sql` union all `)}`.execute(db)
  const open = new Set(rows.map((row) => rooms[row.at]))
  return (metric) => isDelicate(known, metric) && !open.has(known.metrics.get(metric)!.provider)
}

/**
 * Figures of a scope as somebody may see them to whom some are closed. Closed ones are told of whole years alone: two periods
 * that differ by a day would tell of that day.
 */
const discreet =
  (known: Catalogue, closed: (metric: string) => boolean, smallest: number) =>
  (figures: readonly Figure[], scope: Scope): (Figure & FigureText)[] => {
    const wholeYear = scope.from.endsWith('-01-01') && scope.to === `${scope.from.slice(0, 4)}-12-31`
    const held = withheldFigures(known, figures, smallest)
    return figures
      .filter((figure) => wholeYear || !closed(figure.metric))
      .map((figure) => {
        if (!closed(figure.metric)) return { ...figure, ...figureText(figure) }
        const { facts: _rows, ...rest } = withText(figure, held, smallest)
        return { ...rest, facts: 0 }
      })
  }

/**
 * Places of the rows that the actor may read one by one: a record by its register's permissions at its unit, a person of
 * the roster by `members.read`. A row about nobody, such as a headcount, is open with its total.
 */
async function readableOf(db: Db, actor: Actor, known: Catalogue, rows: readonly BehindRow[]): Promise<Set<number>> {
  const people = declaredPermissions().has('members.read')
    ? visibleTo(actor, 'members.read', 't.unit_id', 't.person_id')
    : sql`true`
  const { rows: open } = await sql<{ at: number }>`
    select t.at::int as at from unnest(${rows.map((_, at) => at)}::int[], ${rows.map((row) => row.register)}::text[],
      ${rows.map((row) => row.unitId)}::bigint[], ${rows.map((row) => row.personId)}::bigint[]) as t (at, register, unit_id, person_id)
    where case when t.register is not null then ${readableRows(actor, known, 't.register', 't.unit_id', 't.person_id')}
      else t.person_id is null or ${people} end`.execute(db)
  return new Set(open.map((row) => row.at))
}

/** The same day a year earlier; 29 February becomes the 28th. */
export function yearBefore(date: string): string {
  const earlier = `${Number(date.slice(0, 4)) - 1}${date.slice(4)}`
  return earlier.endsWith('-02-29') ? `${earlier.slice(0, 8)}28` : earlier
}
