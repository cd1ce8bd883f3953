import { z } from 'zod'
import { requirePermission } from '../../../kernel/access/access.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import type { App } from '../../../kernel/http/app.ts'
import { day, id, parse, year } from '../../../kernel/http/parse.ts'
import type { Services } from '../../../kernel/http/services.ts'
import { DOMAINS, type Domain } from '../../../kernel/register/declaration.ts'
import { catalogue, type Catalogue } from '../../../kernel/register/registry.ts'
import { mayOpen } from '../../../kernel/register/routes.ts'
import { rowsBehind } from '../../../kernel/facts/drill.ts'
import { figuresOf, type Figure, type Scope } from '../../../kernel/facts/figures.ts'
import { figureText } from '../../../kernel/facts/text.ts'

const figuresQuery = z.object({
  unitId: id,
  year: year.optional(),
  from: day.optional(),
  to: day.optional(),
  domain: z.enum(Object.keys(DOMAINS) as [Domain, ...Domain[]]).optional(),
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
    const known = await catalogue(db)
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
    const previous = new Map((await figuresOf(db, known, before, ids)).map((figure) => [figure.metric, figure.value]))
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
    const known = await catalogue(db)
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
    return {
      next,
      rows: rows.map((row) => {
        const register = row.register ? known.registers.get(row.register) : undefined
        // Someone who may see the total but not the register sees that rows exist, not whom they are about.
        const open = register ? mayOpen(request.actor, register) : true
        return {
          ...row,
          registerTitle: register?.title ?? null,
          mayOpen: open,
          ...(!open && { personId: null, personName: null, title: null, dims: {}, refId: null }),
        }
      }),
    }
  })
}

/** The same day a year earlier; 29 February becomes the 28th. */
export function yearBefore(date: string): string {
  const earlier = `${Number(date.slice(0, 4)) - 1}${date.slice(4)}`
  return earlier.endsWith('-02-29') ? `${earlier.slice(0, 8)}28` : earlier
}
