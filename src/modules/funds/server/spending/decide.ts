import { sql } from 'kysely'
import type { z } from 'zod'
import { allows } from '../../../../kernel/access/access.ts'
import { byPart, type Actor } from '../../../../kernel/access/actor.ts'
import { Problem, refused } from '../../../../kernel/contract/problem.ts'
import type { Tx } from '../../../../kernel/db/database.ts'
import { act, actsOf, type Acted } from '../../../../kernel/lifecycle/act.ts'
import type { Subject } from '../../../../kernel/lifecycle/follow-up.ts'
import { formatYuan } from '../../../../kernel/money/money.ts'
import type { actInput } from '../../spending-contract.ts'
import { SPENDING_KINDS } from '../../spending-kinds.ts'
import { refuseOverBudget } from '../budget/guard.ts'
import { grantedIn, type Granted } from '../budget/standing.ts'
import { bookById, type Book } from '../journal/books.ts'
import { lockBook } from '../journal/spend.ts'
import { balanceOf } from '../purse.ts'
import { askingAt } from './asking.ts'
import { examine } from './examine.ts'
import { refuseWrongHand } from './hands.ts'
import { requestMachine } from './machine.ts'
import { requestById, requestLink, requestTitle, type Request } from './requests.ts'

/** States in which it is in the hands of who asks. */
const ASKERS: readonly string[] = ['draft', 'returned']

/** A request waits at its union, whose officers check, sign and pay; the branch that asked follows it. */
export const subjectOf = (request: Request, book: Book, verb: string): Subject => ({
  id: request.id,
  unitId: ['提交', '撤回', '催办'].includes(verb) || ASKERS.includes(request.state) ? request.unitId : book.unitId,
  title: requestTitle(request),
  link: requestLink(request.id),
})

/**
 * One verb on a request. 同意 on a checked request is the approval: rules, signer, minutes, budget and balance are asked
 * in the book's lane, so that two approvals at once can't grant the same money.
 * @throws Problem as `act`; 422 `rule-blocks` | `own-request` | `above-limit` | `same-hand` | `pay-instead` | `wrong-hand`;
 *   409 `budget-overspent` | `balance-short`
 */
export async function decide(
  tx: Tx,
  actor: Actor,
  requestId: number,
  input: z.output<typeof actInput>,
  today: string,
): Promise<Acted> {
  const seen = await requestById(tx, actor, requestId)
  const book = await bookById(tx, seen.bookId)
  await lockBook(tx, book.id)
  // Read again inside the lane: what was seen may have been acted on meanwhile.
  const request = await requestById(tx, actor, requestId)
  const present: string[] = []
  if (ASKERS.includes(request.state) && request.createdBy !== actor.accountId)
    throw refused('not-yours', `只有填写申请的人可以${input.verb}。`)
  if (input.verb === '同意') {
    if (request.state === 'approved') throw refused('pay-instead', '申请已经批准，请由出纳办理付款。')
    await refuseOwnHand(tx, actor, request, book)
    if (request.state === 'checked' && (await grant(tx, actor, request, book))) present.push('minutes')
  }
  if (input.verb === '转办' || input.verb === '加签')
    await refuseWrongHand(tx, actor, request, input.verb, input.toAccountId, today)
  const subject = subjectOf(request, book, input.verb)
  // Whoever asked goes on with it, also a member without an office.
  const asker = request.createdBy === actor.accountId && (await askingAt(tx, actor, request.unitId)) === 'member'
  const hand = asker ? byPart(actor, 'funds.apply', request.unitId) : actor
  const acted = await act(tx, hand, requestMachine, subject, input.verb, {
    today,
    present,
    ...(input.words && { words: input.words }),
    ...(input.toAccountId && { toAccountId: input.toAccountId }),
    ...(input.expected && { expected: input.expected }),
  })
  if (['refused', 'cancelled'].includes(acted.to))
    await sql`update funds.request_invoice set released = true where request_id = ${requestId}`.execute(tx)
  return acted
}

/** 经办, 审核 and 审批 are three people (会计法 第二十五条第一项); nobody signs what is for themselves. */
async function refuseOwnHand(tx: Tx, actor: Actor, request: Request, book: Book): Promise<void> {
  if (request.createdBy === actor.accountId || (request.personId !== null && request.personId === actor.personId))
    throw refused(
      'own-request',
      '自己经办或由自己领取的支出，不能由自己审核、审批。请由副主席或委员会指定的其他委员办理。',
    )
  if (request.state !== 'checked' || book.profile === 'small') return
  const checker = (await actsOf(tx, 'funds-request', request.id)).findLast((one) => one.toState === 'checked')
  if (checker?.actorId === actor.accountId) throw refused('same-hand', '审核和审批不能是同一人，请由另一人审批。')
}

/** Asks everything that can stand in the way of an approval. @returns whether minutes are there or not needed */
async function grant(tx: Tx, actor: Actor, request: Request, book: Book): Promise<boolean> {
  const { verdicts, required } = await examine(tx, request)
  const blocking = verdicts.filter((verdict) => verdict.blocks)
  if (blocking.length)
    throw new Problem(
      422,
      'rule-blocks',
      `不符合规定，不能批准：${blocking.map((verdict) => verdict.title).join('、')}。请退回修改，或按规定的程序办理。`,
      {},
      { verdicts: blocking },
    )
  if (required.signer === 'chair' && !(await allows(tx, actor, 'funds.approve', book.unitId)))
    throw refused('above-limit', `${required.sentence}请转请主席审批。`)
  if (!SPENDING_KINDS[request.kind].settles)
    await refuseOverBudget(tx, book.id, {
      on: request.requestedOn,
      accountCode: request.accountCode,
      projectId: request.projectId,
      amountFen: request.amountFen,
      exceptSource: `funds/spending/${request.id}`,
    })
  await refuseShort(tx, request)
  return !required.collective || request.minutes !== null
}

/** What is in the bank (till) less what was granted and not yet paid. @throws Problem 409 `balance-short` */
async function refuseShort(tx: Tx, request: Request): Promise<void> {
  const own = `funds/spending/${request.id}`
  const others = (await grantedIn(tx, request.bookId)).filter((one) => one.path !== own)
  const promised = (of: (one: Granted) => boolean): number =>
    others.reduce((sum, one) => sum + (of(one) ? one.fen : 0), 0)
  const short = (what: string, held: number, taken: number): void => {
    if (held - taken >= request.amountFen) return
    throw new Problem(
      409,
      'balance-short',
      `${what} ${formatYuan(held)} 元，已批未付 ${formatYuan(taken)} 元，不够 ${formatYuan(request.amountFen)} 元。`,
      { amount: '余额不足' },
    )
  }
  short(
    request.method === 'cash' ? '库存现金' : '银行存款',
    await balanceOf(tx, request.bookId, request.method === 'cash' ? '101' : '102'),
    promised((one) => one.method === request.method),
  )
  if (SPENDING_KINDS[request.kind].settles)
    short(
      '应付上级经费',
      -(await balanceOf(tx, request.bookId, '211')),
      promised((one) => one.accountCode.startsWith('211')),
    )
}
