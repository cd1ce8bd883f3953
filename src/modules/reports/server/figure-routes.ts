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
import { readableRows } from '../../../kernel/register/reading.ts'
import { mayOpen } from '../../../kernel/register/routes.ts'
import { rowsBehind, type BehindRow } from '../../../kernel/facts/drill.ts'
import { figuresOf, type Figure, type Scope } from '../../../kernel/facts/figures.ts'
import { figureText } from '../../../kernel/facts/text.ts'

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
    ...figureText(figure),
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
    const figures = await figuresOf(db, known, scope, ids)
    const compared = query.compare === 'yes' ? await figuresOf(db, known, before, ids) : []
    const previous = new Map(compared.map((figure) => [figure.metric, figure.value]))
    return {
      from: scope.from,
      to: scope.to,
      figures: figures.map((figure) => ({
        ...shown(known, request.actor, figure),
        previous: previous.get(figure.metric) ?? null,
      })),
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
