import QRCode from 'qrcode'
import type { Actor } from '../../../kernel/access/actor.ts'
import { notFound, refused } from '../../../kernel/contract/problem.ts'
import type { Keys } from '../../../kernel/crypto/keys.ts'
import type { Db } from '../../../kernel/db/database.ts'
import { escapeHtml } from '../../../kernel/documents/text.ts'
import { MEMBERSHIP_STATES } from '../words.ts'
import { personDetail } from './person.ts'

/** What makes a card's code ours: nobody can write one for another number without the key. */
const checkOf = (keys: Keys, personId: number): string =>
  keys.keyedHash(String(personId), 'member-card').toString('base64url').slice(0, 16)

const numberOf = (personId: number): string => String(personId).padStart(8, '0')

/** The member's card as a printable page of 85.6 × 54 mm, with a QR code that opens the check below. */
export async function memberCard(
  db: Db,
  keys: Keys,
  actor: Actor,
  personId: number,
  publicUrl: string,
): Promise<string> {
  const person = await personDetail(db, actor, personId)
  const membership = person.memberships.find((one) => !one.leftOn)
  if (!membership) throw refused('no-membership', `${person.name}现在没有会籍，不能打印会员卡。`)
  const link = `${publicUrl}/members/card/${person.id}/${checkOf(keys, person.id)}`
  const code = await QRCode.toString(link, { type: 'svg', margin: 0, errorCorrectionLevel: 'M' })
  const union = person.path.findLast((step) => ['union', 'industry', 'federation'].includes(step.type))
  const line = (label: string, value: string): string => `<dt>${label}</dt><dd>${escapeHtml(value)}</dd>`
  return `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>会员卡 ${escapeHtml(person.name)}</title><style>
@page { size: 85.6mm 54mm; margin: 0 } body { margin: 0; font-family: "Noto Sans CJK SC", "Microsoft YaHei", sans-serif }
.card { width: 85.6mm; height: 54mm; box-sizing: border-box; padding: 5mm; display: grid; grid-template: auto 1fr / 1fr 26mm; gap: 2mm 4mm;
  border: .2mm solid #c8102e; border-radius: 3mm }
h1 { grid-column: 1 / 3; margin: 0; font-size: 11pt; color: #c8102e; text-align: center }
dl { margin: 0; display: grid; grid-template-columns: auto 1fr; gap: .8mm 2mm; font-size: 8pt; align-content: start } dt { color: #555 } dd { margin: 0 }
.name { font-size: 12pt; font-weight: 600 } svg { width: 26mm; height: 26mm }
</style></head><body><section class="card"><h1>${escapeHtml(union?.name ?? '')} 会员卡</h1><dl>
<dt>姓名</dt><dd class="name">${escapeHtml(person.name)}</dd>${line('会员号', numberOf(person.id))}${line('单位', person.path.at(-1)?.name ?? '')}
${line('入会日期', membership.joinedOn ?? '')}${line('会籍', MEMBERSHIP_STATES[membership.state])}</dl>${code}</section></body></html>`
}

/** Whose card was scanned; null when the code isn't one of ours. Says nothing of the membership: ask that of the roll. */
export function cardHolder(keys: Keys, scanned: string): number | null {
  const match = /\/members\/card\/([0-9]{1,15})\/([\w-]{16})(?![\w-])/.exec(scanned)
  if (!match) return null
  const personId = Number(match[1])
  return match[2] === checkOf(keys, personId) ? personId : null
}

export interface CardCheck {
  valid: boolean
  name: string
  unitName: string
  state: string
}

/** What scanning a card tells an officer who may see the member: whether it is genuine and whether membership still holds. */
export async function checkCard(db: Db, keys: Keys, actor: Actor, personId: number, check: string): Promise<CardCheck> {
  if (check !== checkOf(keys, personId)) throw notFound('会员卡')
  const person = await personDetail(db, actor, personId)
  const membership = person.memberships.find((one) => !one.leftOn)
  return {
    valid: membership !== undefined,
    name: person.name,
    unitName: person.path.at(-1)?.name ?? '',
    state: membership ? MEMBERSHIP_STATES[membership.state] : '已离会',
  }
}
