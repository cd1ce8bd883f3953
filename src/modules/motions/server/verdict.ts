import { sql } from 'kysely'
import type { z } from 'zod'
import { allows } from '../../../kernel/access/access.ts'
import { byPart, type Actor } from '../../../kernel/access/actor.ts'
import { Problem, refused } from '../../../kernel/contract/problem.ts'
import type { Tx } from '../../../kernel/db/database.ts'
import { closeTodo } from '../../../kernel/lifecycle/todos.ts'
import { notify } from '../../../kernel/notices/notices.ts'
import type { verdictInput } from '../contract.ts'
import { VERDICTS } from '../words.ts'
import { assignAgain } from './assignment.ts'
import { linkOf, lockMotion, step } from './load.ts'
import { accountOf } from './seeing.ts'

/**
 * The mover's word on the reply. Not satisfied: handled once more (不满意的重办一次); after the second reply the word
 * stands and the matter is closed. The union may write down what a mover without an account said.
 * @throws Problem 403, 404, 422 `verdict-given` | `not-now` | `no-mover`
 */
export async function giveVerdict(
  tx: Tx,
  actor: Actor,
  id: number,
  given: z.output<typeof verdictInput>,
  today: string,
): Promise<void> {
  const motion = await lockMotion(tx, actor, id)
  const mine = motion.moverId !== null && motion.moverId === actor.personId
  const supervises = await allows(tx, actor, 'motions.supervise', motion.unitId)
  if (!mine) {
    if (!supervises) throw new Problem(403, 'not-yours', '只有提案人本人可以评价。')
    if (motion.moverId === null) throw refused('no-mover', '这份意见没有署名，没有人可以评价，请直接办结。')
    if ((await accountOf(tx, motion.moverId)) !== null)
      throw refused('mover-decides', '提案人有账号，请由提案人本人评价。可以催请提案人，到期未评价的可以办结。')
  }
  const { rows } = await sql`select 1 from motions.verdict where motion_id = ${id} and round = ${motion.round}`.execute(
    tx,
  )
  if (rows.length) throw refused('verdict-given', '您已经评价过这次答复，不能再改。')
  if (motion.state !== 'replied') throw refused('not-now', '还没有答复，收到答复后再评价。')

  await sql`insert into motions.verdict (motion_id, round, verdict, words, given_on, on_behalf)
    values (${id}, ${motion.round}, ${given.verdict}, ${given.words || null}, ${today}, ${!mine})`.execute(tx)
  await closeTodo(tx, actor, { objectKind: 'motion', objectId: id, kind: 'motions.verdict' })
  const words = `${mine ? '' : '提案人表示（工会代录）：'}${VERDICTS[given.verdict]}${given.words ? `。${given.words}` : ''}`
  const acting = byPart(actor, 'motions.submit', motion.unitId)
  if (given.verdict !== 'dissatisfied') await step(tx, acting, motion, '同意', { today, words }, { closedOn: today })
  else if (motion.round === 1) {
    await assignAgain(tx, motion, today)
    await step(tx, acting, motion, '退回', { today, words })
  } else await step(tx, acting, motion, '否决', { today, words }, { closedOn: today })
}

/** Closes what nobody will judge: no name, or the mover let the days pass. @throws Problem 403, 404, 422 `verdict-open` */
export async function closeWithoutVerdict(
  tx: Tx,
  actor: Actor,
  id: number,
  words: string | undefined,
  today: string,
): Promise<void> {
  const motion = await lockMotion(tx, actor, id)
  if (motion.state === 'replied' && motion.moverId !== null && motion.verdictDueOn! >= today)
    throw refused('verdict-open', `提案人可以在 ${motion.verdictDueOn} 以前评价，到期未评价的才能直接办结。`)
  await step(tx, actor, motion, '终止', { today, ...(words && { words }) }, { closedOn: today })
  await closeTodo(tx, actor, { objectKind: 'motion', objectId: id, kind: 'motions.verdict' })
  const account = await accountOf(tx, motion.moverId)
  if (account !== null && account !== actor.accountId)
    await notify(tx, { accountIds: [account], title: `“${motion.title}”已办结`, body: words ?? null, link: linkOf(id) })
}
