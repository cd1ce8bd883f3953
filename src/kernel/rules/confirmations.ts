import { sql } from 'kysely'
import type { Actor } from '../access/actor.ts'
import { audit } from '../audit/audit.ts'
import { refused } from '../contract/problem.ts'
import type { Db, Tx } from '../db/database.ts'
import type { RuleCard } from './card.ts'

export interface Confirmation {
  cardId: string
  documentNumber: string
  words: string | null
  officerName: string
  office: string
  at: Date
}

/** The confirmations that stand: each card's latest row, unless that took it back. */
export async function confirmations(db: Db | Tx): Promise<Map<string, Confirmation>> {
  const { rows } = await sql<Confirmation>`
    select card_id as "cardId", document_number as "documentNumber", words, officer_name as "officerName", office, at
    from (select distinct on (card_id) * from kernel.rule_confirmation order by card_id, id desc) latest
    where verb = 'confirm'`.execute(db)
  return new Map(rows.map((row) => [row.cardId, row]))
}

/** Card id → document number, as `evaluate` wants it. */
export const confirmedNumbers = async (db: Db | Tx): Promise<Map<string, string>> =>
  new Map([...(await confirmations(db))].map(([id, confirmation]) => [id, confirmation.documentNumber]))

/**
 * An officer vouches for a card that only memory vouched for: from now on it may block. Callers check the permission.
 * @throws Problem 422 `officer-only` | `document-number-missing` | `nothing-to-confirm`
 */
export async function confirmRule(
  tx: Tx,
  actor: Actor,
  card: RuleCard,
  given: { documentNumber: string; words?: string | undefined },
): Promise<void> {
  // The operator and jobs have no name that can answer for it.
  if (actor.kind !== 'person') throw refused('officer-only', '依据须由具体负责人核对确认，请用本人账号登录后办理。')
  if (card.verification !== 'memory')
    throw refused('nothing-to-confirm', `“${card.title}”的依据已经核对过原文，不需要再确认。`)
  const documentNumber = given.documentNumber.trim()
  if (!documentNumber)
    throw refused('document-number-missing', '请填写核对所依据的文件名称和文号。', { documentNumber: '请填写文号' })
  await record(tx, actor, card, 'confirm', documentNumber, given.words)
}

/** Takes a confirmation back: the card warns again. The reason is kept. @throws Problem 422 `officer-only` | `not-confirmed` */
export async function withdrawConfirmation(tx: Tx, actor: Actor, card: RuleCard, words: string): Promise<void> {
  if (actor.kind !== 'person') throw refused('officer-only', '须由具体负责人办理，请用本人账号登录。')
  const standing = (await confirmations(tx)).get(card.id)
  if (!standing) throw refused('not-confirmed', `“${card.title}”还没有被确认过。`)
  await record(tx, actor, card, 'withdraw', standing.documentNumber, words)
}

async function record(
  tx: Tx,
  actor: Actor,
  card: RuleCard,
  verb: 'confirm' | 'withdraw',
  documentNumber: string,
  words?: string,
): Promise<void> {
  await sql`insert into kernel.rule_confirmation (card_id, verb, document_number, words, officer_id, officer_name, office)
    values (${card.id}, ${verb}, ${documentNumber}, ${words?.trim() || null}, ${actor.accountId}, ${actor.name}, ${actor.office})`.execute(
    tx,
  )
  await audit(tx, actor, {
    action: `rules.${verb}`,
    objectKind: 'rule-card',
    summary: `${verb === 'confirm' ? '核对确认' : '撤回确认'}规则 ${card.id}“${card.title}”，文号：${documentNumber}`,
    detail: { cardId: card.id, documentNumber, ...(words && { words }) },
  })
}
