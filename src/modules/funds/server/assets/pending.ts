import { sql } from 'kysely'
import type { Tx } from '../../../../kernel/db/database.ts'
import type { Book } from '../journal/books.ts'

/** What is short or over in the till until it is decided: money, and so on the side of money in the identities. */
export const TILL_PENDING = '18203'

/** Details of 182 that a book needs from its first disposal or difference of the till on. */
export async function pendingAccounts(tx: Tx, book: Book): Promise<void> {
  await sql`
    insert into funds.account (book_id, code, name, initials, parent_id, class, side, main_table, direct)
    select ${book.id}, t.code, t.name, t.initials, a.id, a.class, a.side, a.main_table, true
    from funds.account a, (values ('18201', '待处理财产价值', 'dclccjz'), ('18202', '处理净收入', 'cljsr'),
      (${TILL_PENDING}, '现金溢缺', 'xjyq')) as t (code, name, initials)
    where a.code = '182' and a.book_id is null
      and not exists (select from funds.account d where d.code = t.code and (d.book_id is null or d.book_id = ${book.id}))
    on conflict do nothing`.execute(tx)
}
