import { sql } from 'kysely'
import type { Actor } from '../../../../kernel/access/actor.ts'
import { refused } from '../../../../kernel/contract/problem.ts'
import type { Db, Tx } from '../../../../kernel/db/database.ts'
import { actsOf } from '../../../../kernel/lifecycle/act.ts'
import { holdersOf } from '../../../accounts/public.ts'
import type { Hand } from '../../spending-contract.ts'
import { bookById } from '../journal/books.ts'
import { requestMachine } from './machine.ts'
import type { Request } from './requests.ts'

/** Who is waited for by name: to whom a request was handed over, and who was asked to sign too. */
export interface Waiting {
  handedTo: Hand | null
  cosigners: Hand[]
}

/** @returns nobody where a request waits for an office and no further signature was asked for */
export async function waitingOn(db: Db | Tx, requestId: number): Promise<Waiting> {
  const { rows } = await sql<{ kind: string; accountId: number; name: string }>`
    select t.kind, t.account_id as "accountId", a.name from kernel.todo t join accounts.account a on a.id = t.account_id
    where t.object_kind = 'funds-request' and t.object_id = ${requestId} and t.done_at is null order by t.id`.execute(
    db,
  )
  const hands = (of: (kind: string) => boolean): Hand[] =>
    rows.filter((row) => of(row.kind)).map(({ accountId, name }) => ({ accountId, name, title: '' }))
  return {
    handedTo: hands((kind) => kind === requestMachine.id)[0] ?? null,
    cosigners: hands((kind) => kind !== requestMachine.id),
  }
}

/**
 * To whom a request may be handed over (转办: who could decide it in this state) or who may be asked to sign too (加签: any
 * officer who sees it). Never who asked for it, who receives it, who checked it, or 经审, who audit what others decided.
 * @param today offices are those of this day
 */
export async function handsFor(
  db: Db | Tx,
  actor: Actor,
  request: Request,
  verb: '转办' | '加签',
  today: string,
): Promise<Hand[]> {
  const move = requestMachine.states[request.state]?.moves.find((one) => one.verb === verb)
  if (!move) return []
  const book = await bookById(db, request.bookId)
  const may = await holdersOf(db, book.unitId, verb === '转办' ? move.permission : 'funds.apply', today)
  const auditors = new Set((await holdersOf(db, book.unitId, 'funds.audit', today)).map((one) => one.accountId))
  const checker =
    verb === '转办' && book.profile !== 'small'
      ? (await actsOf(db, 'funds-request', request.id)).findLast((one) => one.toState === 'checked')?.actorId
      : undefined
  const { cosigners } = await waitingOn(db, request.id)
  const out = new Set([actor.accountId, request.createdBy, checker, ...cosigners.map((one) => one.accountId)])
  return may
    .filter(
      (one) =>
        !out.has(one.accountId) &&
        !auditors.has(one.accountId) &&
        (request.personId === null || one.personId !== request.personId),
    )
    .map(({ accountId, name, title }) => ({ accountId, name, title }))
    .filter((one, at, all) => all.findIndex((other) => other.accountId === one.accountId) === at)
}

/** @throws Problem 422 `wrong-hand` at `toAccountId` */
export async function refuseWrongHand(
  tx: Tx,
  actor: Actor,
  request: Request,
  verb: '转办' | '加签',
  toAccountId: number | undefined,
  today: string,
): Promise<void> {
  const sentence = verb === '转办' ? '请选择有权办理这一步的人。' : '请选择本会能看到这份申请的干部。'
  if (!toAccountId) throw refused('nobody-named', sentence, { toAccountId: sentence })
  if ((await handsFor(tx, actor, request, verb, today)).some((one) => one.accountId === toAccountId)) return
  throw refused(
    'wrong-hand',
    `不能${verb}给这个人：经办人、领款人、审核人本人和经审委员不办理同一笔支出。${sentence}`,
    {
      toAccountId: sentence,
    },
  )
}
