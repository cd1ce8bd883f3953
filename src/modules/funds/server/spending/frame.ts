import { sql } from 'kysely'
import type { Db } from '../../../../kernel/db/database.ts'
import { EIGHT_FORBIDDEN } from '../../../rules/public.ts'
import type { SpendingFrame } from '../../spending-contract.ts'
import type { Book } from '../journal/books.ts'
import { cashLimitsOf } from './cash.ts'
import { HOLIDAYS } from './judge.ts'
import { DEFAULT_ROUTE } from './route-rule.ts'
import { routesOf, standardsOf } from './standards.ts'

/**
 * What the form needs to know: the checklist, the holidays, the projects, amounts and signatures in force.
 * @param member leaves out what is the union's own business: its projects
 */
export async function frameOf(db: Db, book: Book, member: boolean): Promise<SpendingFrame> {
  const { rows: projects } = await sql<{ code: string; name: string }>`
    select code, name from funds.project where book_id = ${book.id} and finished_on is null order by code`.execute(db)
  return {
    unitName: book.unitName,
    bookUnitId: book.unitId,
    profile: book.profile,
    member,
    forbidden: EIGHT_FORBIDDEN,
    holidays: HOLIDAYS,
    projects: member ? [] : projects,
    standards: await standardsOf(db, book.id),
    routes: await routesOf(db, book.id),
    cashLimits: member ? [] : await cashLimitsOf(db, book.id),
    defaultRoute: DEFAULT_ROUTE,
  }
}
