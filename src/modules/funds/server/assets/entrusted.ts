import { sql } from 'kysely'
import type { z } from 'zod'
import type { Actor } from '../../../../kernel/access/actor.ts'
import { audit } from '../../../../kernel/audit/audit.ts'
import { Problem } from '../../../../kernel/contract/problem.ts'
import type { Db, Tx } from '../../../../kernel/db/database.ts'
import { formatYuan } from '../../../../kernel/money/money.ts'
import type { Entrusted } from '../../asset-contract.ts'
import type { entrustedInput } from '../../till-contract.ts'
import type { Book } from '../journal/books.ts'
import { postInBook, type PostedVoucher } from '../journal/post.ts'
import { lockBook } from '../journal/spend.ts'
import { balanceOf } from '../purse.ts'

/** Money held for others (代管经费), by whose it is: no income of the union's, and not in its own statements' surplus. */
export async function entrustedOf(db: Db | Tx, book: Book): Promise<Entrusted[]> {
  const { rows } = await sql<Entrusted>`
    select coalesce(p.name, e.counterparty, '未注明') as counterparty, sum(e.credit_fen)::bigint as "receivedFen",
      sum(e.debit_fen)::bigint as "paidFen", sum(e.credit_fen - e.debit_fen)::bigint as "balanceFen",
      bool_or(v.source is not null) as elsewhere
    from funds.entry e join funds.voucher v on v.id = e.voucher_id join funds.account a on a.id = e.account_id
      left join funds.project p on p.id = e.project_id
    where v.book_id = ${book.id} and v.state = 'posted' and a.code like '221%' group by 1 order by 1`.execute(db)
  return rows
}

/**
 * Takes in money that is somebody else's (借 银行存款 贷 代管经费), or pays it out of what is held for them: never more.
 * @throws Problem 409 `entrusted-short` with what is held, `overdrawn`; 422 as posting
 */
export async function bookEntrusted(
  tx: Tx,
  actor: Actor,
  book: Book,
  input: z.output<typeof entrustedInput>,
): Promise<PostedVoucher> {
  await lockBook(tx, book.id)
  const party = input.party || input.whose
  const comesIn = input.way === 'in'
  if (!comesIn) {
    const told = await entrustedOf(tx, book)
    const { balanceFen: own = 0, elsewhere = false } = told.find((one) => one.counterparty === input.whose) ?? {}
    if (elsewhere)
      throw new Problem(
        409,
        'entrusted-elsewhere',
        `“${input.whose}”的钱由互助、募捐等业务代管，请在原业务里办理付出，账才对得上。`,
        { whose: '请在原业务里办理' },
      )
    // What came with the opening says not whose it is; what others overdrew was paid from it.
    const known = told.reduce((sum, one) => sum + Math.max(0, one.balanceFen), 0)
    const before = 0 - (await balanceOf(tx, book.id, '221')) - known
    const heldFen = Math.max(0, own) + Math.max(0, before)
    if (heldFen < input.amountFen)
      throw new Problem(
        409,
        'entrusted-short',
        `代“${input.whose}”保管的钱只有 ${formatYuan(heldFen)} 元，不够付出 ${formatYuan(input.amountFen)} 元。代管经费不能垫支，请核对名称和金额。`,
        { amountFen: `结存 ${formatYuan(heldFen)} 元` },
      )
  }
  const held = { account: '221', counterparty: input.whose }
  const money = { account: input.account, counterparty: party }
  const posted = await postInBook(tx, actor, book, {
    onDate: input.onDate,
    summary: `${comesIn ? '代收' : '代付'}${input.whose}：${input.purpose}`,
    attachments: input.attachments,
    entries: comesIn
      ? [
          { ...money, debitFen: input.amountFen },
          { ...held, creditFen: input.amountFen },
        ]
      : [
          { ...held, debitFen: input.amountFen },
          { ...money, creditFen: input.amountFen },
        ],
  })
  await audit(tx, actor, {
    action: comesIn ? 'funds.take-entrusted' : 'funds.pay-entrusted',
    objectKind: 'voucher',
    objectId: posted.voucherId,
    unitId: book.unitId,
    summary: `代管经费${comesIn ? '收到' : '付出'} ${formatYuan(input.amountFen)} 元（${input.whose}）`,
  })
  return posted
}
