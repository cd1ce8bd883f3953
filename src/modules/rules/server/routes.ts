import { mayAnywhere } from '../../../kernel/access/access.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import {
  forgetCalendarDay,
  loadCalendar,
  ownCalendarDays,
  setCalendarDays,
} from '../../../kernel/calendar/calendar-days.ts'
import { SHIPPED_DAYS } from '../../../kernel/calendar/holidays.ts'
import { forbidden, notFound, refused } from '../../../kernel/contract/problem.ts'
import type { Routes } from '../../../kernel/http/app.ts'
import { parse } from '../../../kernel/http/parse.ts'
import { cardsOn, citation, type RuleCard } from '../../../kernel/rules/card.ts'
import {
  confirmations,
  confirmedNumbers,
  confirmRule,
  withdrawConfirmation,
} from '../../../kernel/rules/confirmations.ts'
import { deadlineOf, strengthOf } from '../../../kernel/rules/evaluate.ts'
import { cardOn, cards } from '../cards/index.ts'
import {
  calendarDayParam,
  calendarInput,
  calendarQuery,
  confirmInput,
  deadlineQuery,
  ruleId,
  rulesQuery,
  withdrawInput,
} from '../contract.ts'

/** Rules and holidays belong to the whole installation, so any office that carries the permission may act. */
function demand(actor: Actor, permission: string, title: string): void {
  if (!mayAnywhere(actor, permission)) throw forbidden(title)
}

export const ruleRoutes: Routes = (app, { db, today }) => {
  const cardNow = (id: string): RuleCard => {
    const card = cardOn(id, today())
    if (!card) throw notFound('规则')
    return card
  }

  // The law is no secret: anybody who is signed in may read the cards.
  app.get('/api/rules', async (request) => {
    const query = parse(rulesQuery, request.query)
    const [standing, numbers] = await Promise.all([confirmations(db), confirmedNumbers(db)])
    return {
      rules: cardsOn(cards, query.on ?? today())
        .filter((card) => !query.subject || card.subject === query.subject)
        .map((card) => ({
          ...card,
          citation: citation(card),
          effectiveStrength: strengthOf(card, numbers),
          confirmation: standing.get(card.id) ?? null,
        })),
      mayConfirm: mayAnywhere(request.actor, 'rules.confirm'),
    }
  })
  app.get('/api/rules/:id/deadline', async (request) => {
    const card = cardNow(parse(ruleId, request.params).id)
    if (card.test?.kind !== 'deadline') throw refused('no-clock', `“${card.title}”没有规定期限。`)
    const { start } = parse(deadlineQuery, request.query)
    return { ...deadlineOf(card, start, await loadCalendar(db)), citation: citation(card) }
  })
  app.post('/api/rules/:id/confirmation', async (request) => {
    demand(request.actor, 'rules.confirm', '核对确认规则依据')
    const card = cardNow(parse(ruleId, request.params).id)
    const given = parse(confirmInput, request.body)
    await db.transaction().execute((tx) => confirmRule(tx, request.actor, card, given))
    return { confirmation: (await confirmations(db)).get(card.id) }
  })
  app.post('/api/rules/:id/withdrawal', async (request) => {
    demand(request.actor, 'rules.confirm', '核对确认规则依据')
    const card = cardNow(parse(ruleId, request.params).id)
    const { words } = parse(withdrawInput, request.body)
    await db.transaction().execute((tx) => withdrawConfirmation(tx, request.actor, card, words))
    return { confirmation: null }
  })

  app.get('/api/calendar', async (request) => {
    const { year } = parse(calendarQuery, request.query)
    const inYear = (known: { day: string }): boolean => known.day.startsWith(`${year}-`)
    const own = (await ownCalendarDays(db)).filter(inYear)
    const corrected = new Set(own.map((known) => known.day))
    const days = [
      ...SHIPPED_DAYS.filter((known) => inYear(known) && !corrected.has(known.day)).map((known) => ({
        ...known,
        own: false,
      })),
      ...own.map((known) => ({ ...known, own: true })),
    ].toSorted((a, b) => (a.day < b.day ? -1 : 1))
    return {
      year,
      days,
      noticed: (await loadCalendar(db)).covers(year),
      mayEdit: mayAnywhere(request.actor, 'rules.calendar'),
    }
  })
  app.put('/api/calendar/days', async (request) => {
    demand(request.actor, 'rules.calendar', '维护放假调休安排')
    const { days } = parse(calendarInput, request.body)
    await db.transaction().execute((tx) => setCalendarDays(tx, request.actor, days))
    return { saved: days.length }
  })
  app.delete('/api/calendar/days/:day', async (request) => {
    demand(request.actor, 'rules.calendar', '维护放假调休安排')
    const { day } = parse(calendarDayParam, request.params)
    await db.transaction().execute((tx) => forgetCalendarDay(tx, request.actor, day))
    return { day }
  })
}
