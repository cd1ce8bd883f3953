import type { RuleCard } from '../../../../kernel/rules/card.ts'
import { rule } from '../../../../kernel/rules/card.ts'
import { evaluate, type Circumstances, type RuleInput, type Verdict } from '../../../../kernel/rules/evaluate.ts'
import { formatYuan } from '../../../../kernel/money/money.ts'
import { cardOn, EIGHT_FORBIDDEN } from '../../../rules/public.ts'
import { SPENDING_KINDS, type Form, type Method, type SpendingKindId } from '../../spending-kinds.ts'
import { forbiddenWords } from './forbidden-words.ts'

/** A local amount as dated data: how much per person, from which document and page. */
export interface LimitStandard {
  kind: SpendingKindId
  amountFen: number
  per: 'person' | 'person-year'
  strength: 'block' | 'warn'
  source: string
  number: string | null
  page: string
  validFrom: string
  validTo: string | null
}

/** What the rules need to know about a request. */
export interface SpendingCase {
  kind: SpendingKindId
  /** The day it is judged by, `YYYY-MM-DD`. */
  on: string
  amountFen: number
  form: Form
  method: Method
  /** How many people benefit, winners for prizes. */
  people: number | null
  participants: number | null
  /** Paid per person this year already for the same kind, in fen; for yearly limits. */
  yearFen: number
  holiday: string | null
  /** For outings: this year's dues and what was granted for outings before, in fen. */
  outing?: { duesFen: number; spentFen: number } | null
  /** Ids of the eight cards that whoever asks has confirmed do not apply. */
  confirmed: readonly string[]
  texts: readonly string[]
}

export interface Judged extends Verdict {
  title: string
}

export const HOLIDAYS = [
  '新年',
  '春节',
  '清明节',
  '劳动节',
  '端午节',
  '中秋节',
  '国庆节',
  '经批准的少数民族节日',
] as const

/**
 * Puts a request to every card that concerns it: national frame, the eight forbidden things, the unit's own amounts.
 * Pure; the amounts are compared in fen and shown in yuan.
 */
export function judgeSpending(
  request: SpendingCase,
  standards: readonly LimitStandard[],
  circumstances: Circumstances,
): Judged[] {
  const kind = SPENDING_KINDS[request.kind]
  const judged: Judged[] = []
  const ask = (id: string, input: RuleInput): void => {
    const card = cardOn(id, request.on)
    if (card) judged.push({ ...evaluate(card, input, circumstances), title: card.title })
  }
  const hits = forbiddenWords(request.texts)
  for (const { id } of EIGHT_FORBIDDEN) ask(id, { kind: 'check', holds: request.confirmed.includes(id) })
  for (const { card, word } of hits) warnOfWord(judged, card, word)
  if (kind.goods) ask('FS-GOODS-ONLY', { kind: 'check', holds: request.form !== 'money' })
  if (request.kind === 'festival')
    ask('FS-FESTIVAL-DAYS', {
      kind: 'check',
      holds: (HOLIDAYS as readonly (string | null)[]).includes(request.holiday),
    })
  if (kind.prizes && request.participants !== null && request.people !== null)
    ask('FS-PRIZE-SHARE', {
      kind: 'share',
      count: Math.max(0, request.participants - request.people),
      total: request.participants,
    })
  if (request.method === 'cash')
    // Whole yuan, rounded up: 1000.01 yuan is more than a thousand.
    ask('FS-CASH-1000', { kind: 'range', value: Math.trunc((request.amountFen + 99) / 100) })
  const cap = cardOn('FS-OUTING-CAP', request.on)
  if (request.kind === 'outing' && request.outing && cap)
    judged.push(outingVerdict(request, request.outing, cap, circumstances))
  const limit = limitVerdict(request, standards)
  if (limit) judged.push(limit)
  return judged
}

/** Films, matches, outings: from dues, and beyond them at most three times the year's dues from other funds. */
function outingVerdict(
  request: SpendingCase,
  { duesFen, spentFen }: { duesFen: number; spentFen: number },
  card: RuleCard,
  circumstances: Circumstances,
): Judged {
  const allowedFen = duesFen + 3 * duesFen
  const sumFen = spentFen + request.amountFen
  const over = sumFen - allowedFen
  return told(
    card,
    over <= 0,
    [
      `本年已收会费 ${formatYuan(duesFen)} 元，加上三倍 ${formatYuan(3 * duesFen)} 元，合计可列支 ${formatYuan(allowedFen)} 元。`,
      `本年已批 ${formatYuan(spentFen)} 元，本次 ${formatYuan(request.amountFen)} 元，合计 ${formatYuan(sumFen)} 元，${over > 0 ? `超过 ${formatYuan(over)} 元` : '没有超过'}。`,
    ],
    circumstances,
  )
}

/** Verdict of a yes-or-no card with the numbers that led to it. */
export function told(card: RuleCard, holds: boolean, steps: readonly string[], circumstances: Circumstances): Judged {
  const verdict = evaluate(card, { kind: 'check', holds }, circumstances)
  const source = verdict.steps.at(-1)!.replace(/^\d+\. /, '')
  return {
    ...verdict,
    title: card.title,
    steps: [...steps, source].map((step, index) => `${index + 1}. ${step}`),
  }
}

/** A word that points at something forbidden turns the card's verdict into a remark to look at it again. */
function warnOfWord(judged: Judged[], cardId: string, word: string): void {
  const remark = `文字里出现“${word}”，请核对是否属于禁止事项，并在审批意见中写明。`
  const found = judged.findIndex((one) => one.cardId === cardId)
  if (found >= 0) judged[found] = { ...judged[found]!, notes: [...judged[found]!.notes, remark] }
  else
    judged.push({
      cardId,
      title: '禁止事项',
      holds: null,
      strength: 'warn',
      blocks: false,
      steps: [`1. ${remark}`],
      notes: [],
    })
}

/** The standard of a kind in force on a day; the newest when several are. */
export const standardOn = (
  standards: readonly LimitStandard[],
  kind: SpendingKindId,
  on: string,
): LimitStandard | null =>
  standards
    .filter((one) => one.kind === kind && one.validFrom <= on && (!one.validTo || on <= one.validTo))
    .toSorted((one, other) => other.validFrom.localeCompare(one.validFrom))[0] ?? null

function limitVerdict(request: SpendingCase, standards: readonly LimitStandard[]): Judged | null {
  const kind = SPENDING_KINDS[request.kind]
  if (kind.per === 'none') return null
  const standard = standardOn(standards, request.kind, request.on)
  const title = `${kind.title}标准`
  if (!standard)
    return {
      cardId: `LIMIT-${request.kind}`,
      title,
      holds: null,
      strength: 'info',
      blocks: false,
      steps: [`1. 本单位还没有登记“${kind.title}”的金额标准，请在“经费设置”里登记文件和页码。`],
      notes: [],
    }
  const people = request.people ?? 1
  const allowedFen = standard.amountFen * people
  const usedFen = standard.per === 'person-year' ? request.yearFen : 0
  const holds = people > 0 && request.amountFen + usedFen <= allowedFen
  const card = limitCard(request.kind, standard)
  const sum = `${formatYuan(request.amountFen)}${usedFen ? ` ＋ 本年已发 ${formatYuan(usedFen)}` : ''}`
  return {
    cardId: card.id,
    title,
    holds,
    strength: standard.strength,
    blocks: standard.strength === 'block' && !holds,
    steps: [
      `1. 标准：每人${standard.per === 'person-year' ? '每年' : '每次'} ${formatYuan(standard.amountFen)} 元 × ${people} 人 ＝ ${formatYuan(allowedFen)} 元。`,
      `2. ${sum} 元${holds ? '没有超过' : `超过 ${formatYuan(request.amountFen + usedFen - allowedFen)} 元`}。`,
      `3. 依据：《${standard.source}》${standard.number ? `（${standard.number}）` : ''}第${standard.page}页。`,
    ],
    notes: [],
  }
}

/** The standard as a rule card, for the page that lists what holds. */
export const limitCard = (kind: SpendingKindId, standard: LimitStandard): RuleCard =>
  rule({
    id: `LIMIT-${kind}`,
    title: `${SPENDING_KINDS[kind].title}标准`,
    text: `${SPENDING_KINDS[kind].title}每人${standard.per === 'person-year' ? '每年' : '每次'}不超过 ${formatYuan(standard.amountFen)} 元。`,
    source: standard.source,
    ...(standard.number && { number: standard.number }),
    article: `第${standard.page}页`,
    level: 'unit',
    strength: standard.strength,
    verification: 'text',
    from: standard.validFrom,
    ...(standard.validTo && { to: standard.validTo }),
    subject: '经费支出',
    test: { kind: 'range', counted: '金额', unit: '分', most: standard.amountFen },
  })
