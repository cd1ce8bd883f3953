import { sql } from 'kysely'
import { allows, mayAnywhere } from '../../../../kernel/access/access.ts'
import type { Actor } from '../../../../kernel/access/actor.ts'
import { refused } from '../../../../kernel/contract/problem.ts'
import type { Db, Tx } from '../../../../kernel/db/database.ts'
import type { RequestInput } from '../../spending-contract.ts'
import { SPENDING_KINDS } from '../../spending-kinds.ts'
import { requireBook, type Book } from '../journal/books.ts'
import { bookAsked } from '../purse.ts'

/** Where a member belongs: the only unit for which somebody without an office may ask. Null for who is no member. */
export async function homeOf(db: Db | Tx, actor: Actor): Promise<{ unitId: number; unitName: string } | null> {
  if (actor.personId === null || !mayAnywhere(actor, 'funds.reimburse')) return null
  const { rows } = await sql<{ unitId: number; unitName: string }>`
    select m.unit_id as "unitId", u.name as "unitName"
    from members.membership m join organisation.unit u on u.id = m.unit_id
    where m.person_id = ${actor.personId} and m.left_on is null`.execute(db)
  return rows[0] ?? null
}

/** Who asks at a unit: an officer for the unit, or a member who wants back what they paid themselves. Null: neither. */
export async function askingAt(db: Db | Tx, actor: Actor, unitId: number): Promise<'officer' | 'member' | null> {
  if (await allows(db, actor, 'funds.apply', unitId)) return 'officer'
  return (await homeOf(db, actor))?.unitId === unitId ? 'member' : null
}

/**
 * The book that pays what is asked at a unit.
 * @throws Problem 403 | 404 for who may not ask there; 422 `member-request` with fields for what a member can't ask
 */
export async function bookForAsking(
  db: Db | Tx,
  actor: Actor,
  unitId: number,
  input: Omit<RequestInput, 'unitId'>,
): Promise<Book> {
  const who = await askingAt(db, actor, unitId)
  if (who === 'member') refuseOfficers(actor, input)
  return who ? requireBook(db, unitId) : bookAsked(db, actor, 'funds.apply', unitId)
}

/** A member asks for money back, for themselves; what spends for others or from a purpose is an officer's to ask. */
function refuseOfficers(actor: Actor, input: Omit<RequestInput, 'unitId'>): void {
  const fields: Record<string, string> = {}
  if (SPENDING_KINDS[input.kind].officersOnly) fields['kind'] = '这类支出请工会干部申请。'
  if (input.payee !== actor.name) fields['payee'] = `报销款只能付给您本人（${actor.name}）。`
  if (input.project) fields['project'] = '专项资金请工会干部申请。'
  if (input.personId && input.personId !== actor.personId) fields['personId'] = '只能为自己报销。'
  const [first] = Object.values(fields)
  if (first) throw refused('member-request', first, fields)
}
