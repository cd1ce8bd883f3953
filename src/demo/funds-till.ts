import type { Actor } from '../kernel/access/actor.ts'
import type { Tx } from '../kernel/db/database.ts'
import type { Book } from '../modules/funds/public.ts'
import { bookEntrusted } from '../modules/funds/server/assets/entrusted.ts'
import { buyInvestment, investmentsOf, moveInvestment } from '../modules/funds/server/assets/investments.ts'
import { heldOn } from '../modules/funds/server/purse.ts'
import { countTill, reviewCount } from '../modules/funds/server/till/counts.ts'
import { settleDifference } from '../modules/funds/server/till/differences.ts'
import {
  entrustedInput,
  investmentInput,
  investmentMove,
  PIECES,
  tillInput,
  tillSettlement,
  type InvestmentKind,
} from '../modules/funds/till-contract.ts'
import { addDays, yearOf } from './days.ts'

/** Some days ago, but in this month: the month before may be closed already. */
export const lately = (today: string, days: number): string => {
  const day = addDays(today, -days)
  return day.slice(0, 7) === today.slice(0, 7) ? day : `${today.slice(0, 8)}01`
}

const bought = (
  book: Book,
  kind: InvestmentKind,
  name: string,
  costFen: number,
  onDate: string,
  maturesOn: string,
  minutes: string,
) => investmentInput.parse({ unitId: book.unitId, name, kind, costFen, onDate, maturesOn, document: minutes })

/** Last spring surplus was put into a deposit for a year; this spring it came back with its interest. */
export async function investInSpring(tx: Tx, actor: Actor, book: Book, year: number, thisYear: number): Promise<void> {
  const minutes = `第 ${thisYear - 2016} 次全委会会议纪要`
  if (year === thisYear - 1)
    await buyInvestment(
      tx,
      actor,
      book,
      bought(book, 'deposit', '一年期大额存单（县农商行）', 30_000_000, `${year}-03-20`, `${thisYear}-03-20`, minutes),
    )
  if (year !== thisYear) return
  const [held] = await investmentsOf(tx, book)
  const came = { unitId: book.unitId, onDate: `${year}-03-20`, returnedFen: 30_000_000, earnedFen: 495_000 }
  await moveInvestment(tx, actor, book, held!.id, investmentMove.parse(came))
}

/** This month: a club's money taken in and partly paid out, surplus invested anew, the till counted twice. */
export async function holdAndCount(
  tx: Tx,
  actorOf: (user: string) => Actor,
  book: Book,
  witness: string,
  today: string,
): Promise<void> {
  const [accountant, cashier, chair] = [actorOf('caiwu'), actorOf('chuna'), actorOf('zhuxi')]
  const club = { unitId: book.unitId, whose: '职工足球社', attachments: 2 }
  for (const move of [
    { way: 'in', days: 12, amountFen: 1_200_000, purpose: '社员自筹的活动经费' },
    { way: 'out', days: 6, amountFen: 360_000, purpose: '秋季联赛场地费', party: '县体育中心' },
  ])
    await bookEntrusted(
      tx,
      accountant,
      book,
      entrustedInput.parse({ ...club, ...move, onDate: lately(today, move.days) }),
    )
  const on = lately(today, 8)
  const name = '储蓄国债（电子式）三年期'
  const until = `${yearOf(today) + 3}${on.slice(4, 8)}01`
  const minutes = `第 ${yearOf(today) - 2015} 次全委会会议纪要`
  await buyInvestment(tx, accountant, book, bought(book, 'bond', name, 40_000_000, on, until, minutes))

  const count = async (onDate: string, differenceFen: number, reason: string): Promise<number> => {
    const held = await heldOn(tx, book.id, '101', onDate)
    const pieces = piecesOf(held + differenceFen)
    const counted = { unitId: book.unitId, onDate, pieces, witness, reason }
    const { id } = await countTill(tx, cashier, book, tillInput.parse(counted), today)
    await reviewCount(tx, accountant, book, id, today)
    return id
  }
  const over = await count(lately(today, 9), 1_000, '多出一张十元，正在查找原因')
  await settleDifference(
    tx,
    chair,
    book,
    over,
    tillSettlement.parse({
      unitId: book.unitId,
      how: 'income',
      onDate: lately(today, 5),
      document: '主席办公会意见：无法查明，列其他收入',
    }),
  )
  // Waits for the chair.
  await count(lately(today, 2), -2_000, '清点零钞时少二十元')
}

/** Notes and coins that make up an amount, the greatest first; what is less than the smallest coin is left out. */
function piecesOf(fen: number): Record<string, number> {
  const pieces: Record<string, number> = {}
  let left = fen
  for (const piece of PIECES) {
    pieces[piece] = Math.floor(left / piece)
    left %= piece
  }
  return pieces
}
