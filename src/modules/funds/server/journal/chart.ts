import { sql } from 'kysely'
import type { Actor } from '../../../../kernel/access/actor.ts'
import { audit } from '../../../../kernel/audit/audit.ts'
import { conflict, notFound, refused } from '../../../../kernel/contract/problem.ts'
import type { Db, Tx } from '../../../../kernel/db/database.ts'
import { initialsOf } from '../../../../kernel/pinyin/initials.ts'
import { requireDeed } from './access.ts'
import type { Book } from './books.ts'
import type { Account } from '../../voucher-contract.ts'

export type { Account }

/**
 * Accounts of a book by code, name or initials, with what stands on them now; everything when `q` is empty.
 * @param all also the accounts that a grassroots union rarely needs, and parents that are only headings
 */
export async function searchAccounts(db: Db | Tx, book: Book, q: string, all = false): Promise<Account[]> {
  const pattern = `%${q.toLowerCase().replaceAll(/[\\%_]/g, '\\$&')}%`
  const { rows } = await sql<Account>`
    with known as (
      select a.*, p.code as parent_code, coalesce(p.name || '—', '') || a.name as full_name,
        coalesce(p.initials, '') || a.initials as full_initials,
        a.direct and not exists (select from funds.account d where d.parent_id = a.id and d.book_id = ${book.id}
          and not d.beside and d.valid_to = 'infinity') and a.valid_to > current_date as usable
      from funds.account a left join funds.account p on p.id = a.parent_id
      where (a.book_id is null or a.book_id = ${book.id}) and (${book.wideChart} or not a.county_only))
    select k.id, k.code, k.name, k.full_name as "fullName", k.parent_code as "parentCode", k.class, k.side, k.usable,
      k.main_table as "mainTable", k.book_id is not null as own, nullif(k.valid_to, 'infinity')::text as "validTo",
      coalesce((select sum(s.debit_fen - s.credit_fen) from funds.month_sum s
        where s.book_id = ${book.id} and s.account_id = k.id), 0)::bigint as "balanceFen"
    from known k
    where (${q} = '' or k.code like ${`${q}%`} or lower(k.full_name) like ${pattern} or k.initials like ${pattern} or k.full_initials like ${pattern})
      and (${all} or (k.usable and (k.main_table or k.book_id is not null or ${q} <> '')))
    order by k.code limit 500`.execute(db)
  return rows
}

/**
 * Opens a detail account below one of the chart's: a bank account, a counterparty. Prescribed details may not be added to
 * or renamed (工会会计制度 附录1); only accounts without prescribed details take own ones.
 */
export async function addAccount(
  tx: Tx,
  actor: Actor,
  book: Book,
  draft: { parent: string; code: string; name: string; beside?: boolean },
): Promise<Account> {
  await requireDeed(tx, actor, 'funds.prepare', book.unitId)
  const { rows } = await sql<{ id: number; name: string; direct: boolean; used: boolean }>`
    select a.id, a.name, a.direct, exists (select from funds.entry e where e.account_id = a.id and e.book_id = ${book.id})
      or exists (select from funds.month_sum s where s.account_id = a.id and s.book_id = ${book.id}) as used
    from funds.account a
    where a.code = ${draft.parent} and (a.book_id is null or a.book_id = ${book.id})`.execute(tx)
  const parent = rows[0]
  if (!parent) throw refused('account-unknown', `没有科目 ${draft.parent}。`, { parent: '请选择上级科目。' })
  if (!parent.direct)
    throw refused('details-prescribed', `“${parent.name}”的明细由会计制度规定，不能增加。`, {
      parent: '请选择它的明细科目作上级。',
    })
  if (!draft.code.startsWith(draft.parent) || draft.code.length - draft.parent.length !== 2)
    throw refused('code-not-below', `明细编码应在上级编码 ${draft.parent} 后加两位数字。`, {
      code: `例如 ${draft.parent}01。`,
    })
  if (!draft.beside && parent.used)
    throw refused('parent-used', `“${parent.name}”已有余额或发生额。请选择“与上级并用”，或先把余额转到明细。`, {
      beside: '请选择与上级并用。',
    })
  const { rows: added } = await sql<{ id: number }>`
    insert into funds.account (book_id, code, name, initials, parent_id, class, side, main_table, direct, beside)
    select ${book.id}, ${draft.code}, ${draft.name}, ${initialsOf(draft.name)}, p.id, p.class, p.side, true, true, ${draft.beside ?? false}
    from funds.account p where p.id = ${parent.id}
      and not exists (select from funds.account x where x.code = ${draft.code} and (x.book_id is null or x.book_id = ${book.id}))
    on conflict do nothing returning id`.execute(tx)
  if (!added[0]) throw conflict('account-exists', `已有编码为 ${draft.code} 的科目。请换一个编码。`)
  await audit(tx, actor, {
    action: 'funds.add-account',
    objectKind: 'funds-book',
    objectId: book.id,
    unitId: book.unitId,
    summary: `增设明细科目 ${draft.code} ${draft.name}`,
  })
  return (await searchAccounts(tx, book, draft.code, true)).find((account) => account.code === draft.code)!
}

/** Ends a book's own detail from a day on; what was booked stays. @throws Problem 409 when something stands on it */
export async function endAccount(tx: Tx, actor: Actor, book: Book, code: string, from: string): Promise<void> {
  await requireDeed(tx, actor, 'funds.prepare', book.unitId)
  const account = (await searchAccounts(tx, book, code, true)).find((one) => one.code === code && one.own)
  if (!account) throw notFound('明细科目')
  if (account.balanceFen !== 0) throw conflict('account-holds', `“${account.name}”还有余额，不能停用。请先结清。`)
  await sql`update funds.account set valid_to = greatest(${from}::date, valid_from + 1) where id = ${account.id}`.execute(
    tx,
  )
  await audit(tx, actor, {
    action: 'funds.end-account',
    objectKind: 'funds-book',
    objectId: book.id,
    unitId: book.unitId,
    summary: `停用明细科目 ${code} ${account.name}`,
  })
}
