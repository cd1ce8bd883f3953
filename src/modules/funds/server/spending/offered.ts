import { allows } from '../../../../kernel/access/access.ts'
import type { Actor } from '../../../../kernel/access/actor.ts'
import type { Db } from '../../../../kernel/db/database.ts'
import type { Move } from '../../../../kernel/lifecycle/machine.ts'
import type { Book } from '../journal/books.ts'
import { askingAt } from './asking.ts'
import { waitingOn, type Waiting } from './hands.ts'
import { requestMachine } from './machine.ts'
import type { Request } from './requests.ts'

export interface Offered extends Waiting {
  /** What the actor's page offers: verbs that would not be refused for who they are. */
  moves: Move['verb'][]
  /** Reads what the union's book says about it; a member who asks reads their own request and no more. */
  officer: boolean
}

/** What may be done to a request by who looks at it. The deed itself is checked again. */
export async function offeredTo(db: Db, actor: Actor, request: Request, book: Book): Promise<Offered> {
  const held = new Set<string>()
  for (const permission of ['funds.review', 'funds.sign', 'funds.pay', 'funds.read'])
    if (await allows(db, actor, permission, book.unitId)) held.add(permission)
  const asking = await askingAt(db, actor, request.unitId)
  if (asking) held.add('funds.apply')
  const waiting = await waitingOn(db, request.id)
  const own = request.createdBy === actor.accountId
  const mine = !waiting.handedTo || waiting.handedTo.accountId === actor.accountId
  const offers = ({ verb, permission }: Move): boolean => {
    if (verb === '会签') return waiting.cosigners.some((one) => one.accountId === actor.accountId)
    if (!held.has(permission)) return false
    if (verb === '提交' || verb === '撤回') return own
    if (verb === '催办') return own || asking === 'officer'
    if (verb === '终止') return own || permission !== 'funds.apply'
    if (verb === '同意' && waiting.cosigners.length) return false
    return !own && mine
  }
  return {
    ...waiting,
    moves: requestMachine.states[request.state]!.moves.filter(offers).map((move) => move.verb),
    officer: asking === 'officer' || held.has('funds.read'),
  }
}
