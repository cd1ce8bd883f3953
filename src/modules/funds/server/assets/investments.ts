import { sql } from 'kysely'
import type { z } from 'zod'
import type { Actor } from '../../../../kernel/access/actor.ts'
import { audit } from '../../../../kernel/audit/audit.ts'
import { notFound, Problem, refused } from '../../../../kernel/contract/problem.ts'
import type { Db, Tx } from '../../../../kernel/db/database.ts'
import { formatYuan } from '../../../../kernel/money/money.ts'
import { INVESTMENT_KINDS, type Investment, type investmentInput, type investmentMove } from '../../till-contract.ts'
import type { Book } from '../journal/books.ts'
import { postInBook } from '../journal/post.ts'
import { lockBook } from '../journal/spend.ts'
import { balanceOf } from '../purse.ts'

/** 累计结余: the only money that may be invested (工会会计制度 第三部分 151). */
const SURPLUS = '32205'

export async function investmentsOf(db: Db | Tx, book: Book): Promise<Investment[]> {
  const { rows } = await sql<Investment>`
    select i.id, i.name, i.kind, i.cost_fen as "costFen", i.bought_on as "boughtOn", i.matures_on as "maturesOn", i.document,
      i.voucher_id as "voucherId", coalesce(m.returned, 0)::bigint as "returnedFen", coalesce(m.earned, 0)::bigint as "earnedFen",
      (i.cost_fen - coalesce(m.returned, 0))::bigint as "openFen", coalesce(m.moves, '[]') as moves
    from funds.investment i left join lateral (
      select sum(returned_fen) as returned, sum(earned_fen) as earned, json_agg(json_build_object('onDate', on_date,
        'returnedFen', returned_fen, 'earnedFen', earned_fen, 'voucherId', voucher_id) order by on_date, id) as moves
      from funds.investment_move where investment_id = i.id) m on true
    where i.book_id = ${book.id} order by i.cost_fen = coalesce(m.returned, 0), i.matures_on nulls last, i.id`.execute(
    db,
  )
  return rows
}

/** Under the book's lane, so that two redemptions can't return the same money. @throws Problem 404 */
async function investmentById(tx: Tx, book: Book, investmentId: number): Promise<Investment> {
  const found = (await investmentsOf(tx, book)).find((one) => one.id === investmentId)
  if (!found) throw notFound('投资')
  return found
}

/**
 * Buys: 借 投资 贷 资产基金—投资, and 借 累计结余 贷 银行存款. Decided collectively; never more than the surplus.
 * @throws Problem 409 `surplus-short` | `overdrawn`, 422 `days-wrong`
 */
export async function buyInvestment(
  tx: Tx,
  actor: Actor,
  book: Book,
  input: z.output<typeof investmentInput>,
): Promise<Investment> {
  await lockBook(tx, book.id)
  if (input.maturesOn && input.maturesOn < input.onDate)
    throw refused('days-wrong', '到期日不能早于买入日期。', { maturesOn: '早于买入日期' })
  const surplusFen = 0 - (await balanceOf(tx, book.id, SURPLUS))
  if (surplusFen < input.costFen)
    throw new Problem(
      409,
      'surplus-short',
      `投资只能动用累计结余。现有累计结余 ${formatYuan(Math.max(0, surplusFen))} 元，不够买入 ${formatYuan(input.costFen)} 元。`,
      { costFen: `累计结余 ${formatYuan(Math.max(0, surplusFen))} 元` },
    )
  const { voucherId } = await postInBook(tx, actor, book, {
    onDate: input.onDate,
    summary: `买入${INVESTMENT_KINDS[input.kind]}：${input.name}`,
    attachments: input.attachments,
    entries: [
      { account: '151', debitFen: input.costFen, counterparty: input.name },
      { account: '30102', creditFen: input.costFen },
      { account: SURPLUS, debitFen: input.costFen },
      { account: input.account, creditFen: input.costFen, counterparty: input.name },
    ],
  })
  const { rows } = await sql<{ id: number }>`
    insert into funds.investment (book_id, name, kind, cost_fen, bought_on, matures_on, document, voucher_id, made_by)
    values (${book.id}, ${input.name}, ${input.kind}, ${input.costFen}, ${input.onDate}::date, ${input.maturesOn ?? null}::date,
      ${input.document}, ${voucherId}, ${actor.accountId}) returning id`.execute(tx)
  const { id } = rows[0]!
  await audit(tx, actor, {
    action: 'funds.invest',
    objectKind: 'investment',
    objectId: id,
    unitId: book.unitId,
    summary: `买入${input.name} ${formatYuan(input.costFen)} 元，依据${input.document}`,
  })
  return investmentById(tx, book, id)
}

/**
 * What an investment earned (投资收益) and what of it came back, in one voucher: 借 资产基金—投资 贷 投资, 借 银行存款 贷 累计结余 and
 * the difference to 投资收益, below nothing where it brought less than it cost.
 * @throws Problem 404, 409 `investment-over`, 422 `nothing` | `before-bought` | `lost-too-much`
 */
export async function moveInvestment(
  tx: Tx,
  actor: Actor,
  book: Book,
  investmentId: number,
  input: z.output<typeof investmentMove>,
): Promise<Investment> {
  await lockBook(tx, book.id)
  const { name, openFen, boughtOn } = await investmentById(tx, book, investmentId)
  const { returnedFen, earnedFen } = input
  if (!returnedFen && !earnedFen) throw refused('nothing', '请填写收回本金或收益。', { returnedFen: '请填写金额' })
  if (input.onDate < boughtOn)
    throw refused('before-bought', `日期不能早于买入日期 ${boughtOn}。`, { onDate: '早于买入日期' })
  if (returnedFen > openFen)
    throw new Problem(409, 'investment-over', `收回的本金超过了未收回的 ${formatYuan(openFen)} 元，请核对金额。`, {
      returnedFen: `未收回 ${formatYuan(openFen)} 元`,
    })
  const receivedFen = returnedFen + earnedFen
  if (receivedFen < 0)
    throw refused('lost-too-much', '亏损不能超过同时收回的本金。请在收回本金时一并填写亏损。', {
      earnedFen: '亏损超过收回的本金',
    })
  const { voucherId } = await postInBook(tx, actor, book, {
    onDate: input.onDate,
    summary: `${returnedFen ? '收回投资' : '收到投资收益'}：${name}`,
    attachments: input.attachments,
    entries: [
      { account: '30102', debitFen: returnedFen },
      { account: '151', creditFen: returnedFen, counterparty: name },
      { account: input.account, debitFen: receivedFen, counterparty: name },
      { account: '407', debitFen: Math.max(0, -earnedFen) },
      { account: SURPLUS, creditFen: returnedFen },
      { account: '407', creditFen: Math.max(0, earnedFen) },
    ].filter((entry) => (entry.debitFen ?? 0) !== 0 || (entry.creditFen ?? 0) !== 0),
  })
  await sql`insert into funds.investment_move (investment_id, on_date, returned_fen, earned_fen, voucher_id, made_by)
    values (${investmentId}, ${input.onDate}::date, ${returnedFen}, ${earnedFen}, ${voucherId}, ${actor.accountId})`.execute(
    tx,
  )
  await audit(tx, actor, {
    action: 'funds.return-investment',
    objectKind: 'investment',
    objectId: investmentId,
    unitId: book.unitId,
    summary: `${name}收回本金 ${formatYuan(returnedFen)} 元，收益 ${formatYuan(earnedFen)} 元`,
  })
  return investmentById(tx, book, investmentId)
}
