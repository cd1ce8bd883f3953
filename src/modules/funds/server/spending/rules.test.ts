import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { WorkCalendar } from '../../../../kernel/calendar/working-days.ts'
import { EIGHT_FORBIDDEN } from '../../../rules/public.ts'
import { forbiddenWords } from './forbidden-words.ts'
import { judgeSpending, standardOn, type LimitStandard, type SpendingCase } from './judge.ts'
import { DEFAULT_ROUTE, requiredFor, routeOn, type ApprovalRoute } from './route-rule.ts'

const circumstances = { confirmed: new Map<string, string>(), calendar: new WorkCalendar() }
const standard: LimitStandard = {
  kind: 'illness',
  amountFen: 100_000,
  per: 'person',
  strength: 'block',
  source: '清河县基层工会经费收支管理实施细则',
  number: '清工发〔2025〕3号',
  page: '12',
  validFrom: '2025-01-01',
  validTo: null,
}
const visit: SpendingCase = {
  kind: 'illness',
  on: '2026-03-05',
  amountFen: 80_000,
  form: 'money',
  method: 'transfer',
  people: 1,
  participants: null,
  yearFen: 0,
  holiday: null,
  confirmed: EIGHT_FORBIDDEN.map((one) => one.id),
  texts: ['看望住院会员'],
}
const judge = (change: Partial<SpendingCase>, standards: readonly LimitStandard[] = [standard]) =>
  judgeSpending({ ...visit, ...change }, standards, circumstances)
const blocking = (change: Partial<SpendingCase>, standards?: readonly LimitStandard[]) =>
  judge(change, standards)
    .filter((one) => one.blocks)
    .map((one) => one.cardId)

describe('limits of a request', () => {
  it.each<[string, Partial<SpendingCase>, string[]]>([
    ['within the amount', {}, []],
    ['exactly the amount', { amountFen: 100_000 }, []],
    ['a fen too much', { amountFen: 100_001 }, ['LIMIT-illness']],
    ['two people', { amountFen: 200_000, people: 2 }, []],
    ['nobody named', { people: 0 }, ['LIMIT-illness']],
    ['goods for a birthday', { kind: 'birthday', form: 'goods' }, []],
    ['money for a birthday', { kind: 'birthday', form: 'money' }, ['FS-GOODS-ONLY']],
    ['a festival that is none', { kind: 'festival', form: 'goods', holiday: '圣诞节' }, ['FS-FESTIVAL-DAYS']],
    ['a festival', { kind: 'festival', form: 'goods', holiday: '端午节' }, []],
    ['two thirds win', { kind: 'prize', form: 'goods', participants: 99, people: 66 }, []],
    ['more than two thirds win', { kind: 'prize', form: 'goods', participants: 99, people: 67 }, ['FS-PRIZE-SHARE']],
    ['nobody took part', { kind: 'prize', form: 'goods', participants: 0, people: 0 }, ['FS-PRIZE-SHARE']],
    ['one of eight unconfirmed', { confirmed: EIGHT_FORBIDDEN.slice(1).map((one) => one.id) }, ['FS-EIGHT-1']],
  ])('%s', (_what, change, cards) => expect(blocking(change)).toEqual(cards))

  it('counts what a person had this year where the limit is a year’s', () => {
    const yearly: LimitStandard = { ...standard, kind: 'festival', per: 'person-year', amountFen: 200_000 }
    const festival = { kind: 'festival', form: 'goods', holiday: '春节', people: 10, amountFen: 500_000 } as const
    expect(blocking({ ...festival, yearFen: 1_500_000 }, [yearly])).toEqual([])
    expect(blocking({ ...festival, yearFen: 1_500_001 }, [yearly])).toEqual(['LIMIT-festival'])
  })

  it('shows its arithmetic and the page it stands on', () =>
    expect(judge({ amountFen: 150_000 }).find((one) => one.cardId === 'LIMIT-illness')!.steps).toEqual([
      '1. 标准：每人每次 1,000.00 元 × 1 人 ＝ 1,000.00 元。',
      '2. 1,500.00 元超过 500.00 元。',
      '3. 依据：《清河县基层工会经费收支管理实施细则》（清工发〔2025〕3号）第12页。',
    ]))

  it('only warns of cash above a thousand yuan, and says that a standard is missing', () => {
    const cash = (amountFen: number) =>
      judge({ method: 'cash', amountFen }, []).find((one) => one.cardId === 'FS-CASH-1000')
    expect(cash(100_000)).toMatchObject({ holds: true })
    expect(cash(100_001)).toMatchObject({ holds: false, blocks: false, strength: 'warn' })
    expect(judge({}, []).at(-1)).toMatchObject({ cardId: 'LIMIT-illness', holds: null, blocks: false })
  })

  it('films and outings: dues and three times the dues, only warning while the card is known by memory', () => {
    const outing = (amountFen: number, spentFen = 0) =>
      judge({ kind: 'outing', form: 'service', amountFen, outing: { duesFen: 100_000, spentFen } }, []).find(
        (one) => one.cardId === 'FS-OUTING-CAP',
      )
    expect(outing(400_000)).toMatchObject({ holds: true, blocks: false })
    expect(outing(400_001)).toMatchObject({ holds: false, blocks: false, strength: 'warn' })
    expect(outing(1, 400_000)!.steps.join('')).toContain('超过 0.01 元')
    expect(outing(1)!.notes.join('')).toContain('依据待核')
    const confirmed = { ...circumstances, confirmed: new Map([['FS-OUTING-CAP', '川工办〔2018〕12号']]) }
    const judged = judgeSpending(
      { ...visit, kind: 'outing', form: 'service', amountFen: 1, outing: { duesFen: 0, spentFen: 0 } },
      [],
      confirmed,
    )
    expect(judged.find((one) => one.cardId === 'FS-OUTING-CAP')).toMatchObject({ holds: false, blocks: true })
  })

  it('goes by the standard of the day', () => {
    const old = { ...standard, amountFen: 50_000, validFrom: '2020-01-01', validTo: '2024-12-31' }
    expect(standardOn([old, standard], 'illness', '2024-12-31')).toBe(old)
    expect(standardOn([old, standard], 'illness', '2025-01-01')).toBe(standard)
    expect(standardOn([old], 'illness', '2025-01-01')).toBeNull()
  })
})

describe('words that point at something forbidden', () => {
  it.each([
    [['端午慰问', '购物卡 20 张'], ['FS-GOODS-ONLY']],
    [['年会 ktv 包间'], ['FS-EIGHT-3']],
    [['兼职工会干部补贴'], []],
    [['补贴'], ['FS-EIGHT-2']],
    [
      ['宴请及香烟', '理财'],
      ['FS-EIGHT-1', 'FS-EIGHT-7'],
    ],
    [['羽毛球比赛器材'], []],
  ])('%j', (texts, cards) => expect(forbiddenWords(texts).map((hit) => hit.card)).toEqual(cards))
})

describe('who signs', () => {
  const general: ApprovalRoute = {
    kind: null,
    deputyUpToFen: 100_000,
    chairUpToFen: 500_000,
    validFrom: '2026-01-01',
    validTo: null,
  }
  it.each([
    [100_000, 'deputy', false],
    [100_001, 'chair', false],
    [500_000, 'chair', false],
    [500_001, 'chair', true],
  ])('%d fen: %s, collectively %s', (amount, signer, collective) =>
    expect(requiredFor(general, amount)).toMatchObject({ signer, collective }),
  )

  it('takes a kind’s own row before the general one, and the default before any', () => {
    const own: ApprovalRoute = { ...general, kind: 'equipment', chairUpToFen: 200_000 }
    expect(routeOn([general, own], 'equipment', '2026-03-05')).toBe(own)
    expect(routeOn([general, own], 'illness', '2026-03-05')).toBe(general)
    expect(routeOn([general, own], 'illness', '2025-03-05')).toBe(DEFAULT_ROUTE)
  })

  it('never asks less of more money', () => {
    const rank = (amount: number, route: ApprovalRoute): number => {
      const { signer, collective } = requiredFor(route, amount)
      return (signer === 'chair' ? 1 : 0) + (collective ? 1 : 0)
    }
    const amount = fc.integer({ min: 1, max: 10_000_000 })
    fc.assert(
      fc.property(amount, amount, amount, amount, (one, other, deputyUpToFen, chairUpToFen) => {
        const route = { ...general, deputyUpToFen, chairUpToFen }
        expect(rank(Math.max(one, other), route)).toBeGreaterThanOrEqual(rank(Math.min(one, other), route))
      }),
    )
  })
})
