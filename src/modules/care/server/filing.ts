import type { Actor } from '../../../kernel/access/actor.ts'
import type { Tx } from '../../../kernel/db/database.ts'
import { keepRecords } from '../../../kernel/register/kept.ts'
import type { VisitInput } from '../contract.ts'
import { dueVisits } from '../registers/rules.ts'
import { visits } from '../registers/visits.ts'
import type { CareEvent } from './events.ts'

const pathOf = (event: { id: number }): string => `care/events/${event.id}`

/**
 * What an event counts as: where a checklist asks for a visit, one line of 必访事项落实台账, from the day it is reported.
 * An event nobody was obliged to answer counts only once it was visited.
 */
export async function fileDue(tx: Tx, actor: Actor, event: CareEvent, followUp?: string): Promise<void> {
  if (!event.system) return
  const fields: Record<string, unknown> = {
    rule: event.system,
    occasion: event.occasion,
    done: event.state === 'visited',
    ...(event.dueOn && { dueOn: event.dueOn }),
    ...(event.visitedOn && { doneOn: event.visitedOn }),
    ...(followUp && { followedUp: true, followUp }),
    ...(event.state === 'waived' && { followUp: `未走访：${event.reason}` }),
  }
  await keepRecords(tx, actor, dueVisits, [
    {
      keptBy: pathOf(event),
      draft: { unitId: event.unitId, happenedOn: event.happenedOn, personId: event.personId, fields },
    },
  ])
}

/** The visit itself, in 走访慰问登记簿. @returns the record's id */
export async function fileVisit(tx: Tx, actor: Actor, event: CareEvent, visit: VisitInput): Promise<number> {
  // What came back was not given; what came back after the year was over leaves that year as it was.
  const givenFen = Math.max(0, visit.amountFen - (event.refundedFen - event.refundedLaterFen))
  const fields: Record<string, unknown> = {
    status: event.status,
    occasion: event.occasion,
    relation: event.relation,
    occurredOn: event.happenedOn,
    knownOn: event.knownOn,
    prompt: daysApart(event.knownOn, visit.visitedOn) <= 3,
    ...(event.place && { place: event.place }),
    ...(givenFen > 0 && { amount: givenFen }),
    ...(visit.gift && { gift: visit.gift }),
    ...(visit.giftValueFen > 0 && { giftValue: visit.giftValueFen }),
    ledBy: visit.ledBy,
    visitors: visit.visitors,
  }
  const [id] = await keepRecords(tx, actor, visits, [
    {
      keptBy: pathOf(event),
      draft: { unitId: event.unitId, happenedOn: visit.visitedOn, personId: event.personId, fields },
    },
  ])
  return id!
}

const daysApart = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / 86_400_000
