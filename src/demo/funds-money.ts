import { sql } from 'kysely'
import type { Actor } from '../kernel/access/actor.ts'
import type { Tx } from '../kernel/db/database.ts'
import {
  allocationInput,
  baseInput,
  payrollInput,
  shareInput,
  type collectionInput,
} from '../modules/funds/income-contract.ts'
import type { Book } from '../modules/funds/public.ts'
import { declarePayroll, receiveAllocation, saveShare } from '../modules/funds/server/income/allocation.ts'
import { saveBases } from '../modules/funds/server/income/bases.ts'
import { collectRows } from '../modules/funds/server/income/collect.ts'
import type { MemberMonth } from '../modules/funds/income-contract.ts'
import { membersDue } from '../modules/funds/server/income/members-due.ts'
import { decide } from '../modules/funds/server/spending/decide.ts'
import { paySpending } from '../modules/funds/server/spending/pay.ts'
import { drawUp } from '../modules/funds/server/spending/requests.ts'
import { saveLimit, saveRoute } from '../modules/funds/server/spending/standards.ts'
import { actInput, limitInput, paymentInput, requestInput, routeInput } from '../modules/funds/spending-contract.ts'
import type { SpendingKindId } from '../modules/funds/spending-kinds.ts'
import { EIGHT_FORBIDDEN } from '../modules/rules/public.ts'
import { addDays, workday, yearOf } from './days.ts'
import { enter, type Hands } from './funds-entry.ts'
import { passedUp } from './funds-vouchers.ts'
import { random } from './random.ts'

/** Months as `2026-10`; the last two of the books are open and live by the processes, not by hand-written vouchers. */
export const monthBefore = (today: string): string => addDays(`${today.slice(0, 8)}01`, -1).slice(0, 7)

/** Who signs how much, what a visit may cost, what goes up: the union's own documents, dated. */
export async function setTerms(tx: Tx, actor: Actor, book: Book): Promise<void> {
  const validFrom = book.openedOn
  const document = `云砺工发〔${yearOf(validFrom)}〕3号《经费审批办法》`
  await saveRoute(
    tx,
    actor,
    routeInput.parse({ unitId: book.unitId, deputyUpToFen: 200_000, chairUpToFen: 2_000_000, document, validFrom }),
  )
  for (const [kind, yuan, per, page] of [
    ['festival', 1500, 'person-year', '2'],
    ['birthday', 300, 'person-year', '2'],
    ['marriage', 500, 'person', '3'],
    ['birth', 500, 'person', '3'],
    ['illness', 1000, 'person', '3'],
    ['bereavement', 1000, 'person', '3'],
    ['retirement', 1000, 'person', '4'],
    ['hardship', 5000, 'person', '5'],
  ] as const)
    await saveLimit(
      tx,
      actor,
      limitInput.parse({
        unitId: book.unitId,
        kind,
        amountFen: yuan * 100,
        per,
        source: '慰问和帮扶标准',
        number: `云砺工发〔${yearOf(validFrom)}〕4号`,
        page,
        validFrom,
      }),
    )
  await saveShare(
    tx,
    actor,
    shareInput.parse({
      unitId: book.unitId,
      name: '县总工会',
      share: 4000,
      validFrom,
      document: `岚工发〔${yearOf(validFrom)}〕1号《经费收缴和分成办法》`,
    }),
  )
}

/** A branch and every unit its list names. */
export interface Branch {
  id: number
  name: string
  units: ReadonlySet<number>
}

/**
 * The two open months by their processes: wages declared, the two per cent received, every member's dues from the roster;
 * of the running month half the branches have paid.
 */
export async function collect(
  tx: Tx,
  actor: Actor,
  book: Book,
  hands: Hands,
  branches: readonly Branch[],
  today: string,
): Promise<void> {
  const last = monthBefore(today)
  const running = today.slice(0, 7)
  const draw = random(`工资 ${last}`)
  await declareWages(tx, actor, book, hands, last, running, today)
  const { rows } = await sql<{ id: number }>`
    select distinct m.person_id as id from members.membership m join organisation.unit u on u.id = m.unit_id
    where u.layer_id = ${book.unitId} and m.left_on is null order by 1`.execute(tx)
  await saveBases(
    tx,
    actor,
    baseInput.parse({
      unitId: book.unitId,
      from: last,
      source: '人力资源部工资表',
      rows: rows.map(({ id }) => ({ personId: id, baseFen: draw.between(38, 92) * 10_000 })),
    }),
  )
  for (const month of [last, running]) {
    const due = (await membersDue(tx, book, { from: month, to: month })).filter((row) => row.dueFen > 0)
    let at = 0
    for (const { id, name, units } of branches) {
      const receivedOn = workday(`${month}-${String(8 + (at++ % 9)).padStart(2, '0')}`)
      const mine = due.filter((row) => units.has(row.unitId))
      if (!mine.length || receivedOn > today || (month === running && at % 2 === 0)) continue
      // A few are away when the list goes round.
      await pay(tx, actor, book, { unitId: id, name, receivedOn, rows: at % 7 === 0 ? mine.slice(3) : mine })
    }
  }
}

async function pay(
  tx: Tx,
  actor: Actor,
  book: Book,
  from: { unitId: number; name: string; receivedOn: string; rows: readonly MemberMonth[] },
): Promise<void> {
  const input: Parameters<typeof collectionInput.parse>[0] = {
    unitId: from.unitId,
    receivedOn: from.receivedOn,
    method: 'transfer',
    payer: from.name,
    rows: from.rows.map(({ personId, month, dueFen }) => ({ personId, month, amountFen: dueFen })),
  }
  await collectRows(tx, actor, book, input as Parameters<typeof collectRows>[3])
}

async function declareWages(
  tx: Tx,
  actor: Actor,
  book: Book,
  hands: Hands,
  last: string,
  running: string,
  today: string,
): Promise<void> {
  for (const month of [last, running]) {
    const payrollFen = random(`工资总额 ${month}`).between(398, 426) * 10_000_000
    const declaredOn = workday(`${month}-05`)
    if (declaredOn > today) continue
    await declarePayroll(
      tx,
      actor,
      payrollInput.parse({ unitId: book.unitId, month, payrollFen, declaredOn, source: '劳动工资统计月报' }),
    )
    const receivedOn = workday(`${month}-06`)
    // The running month's money is still on its way.
    if (month === running) continue
    const { upperFen } = await receiveAllocation(
      tx,
      actor,
      allocationInput.parse({
        unitId: book.unitId,
        receivedOn,
        way: 'direct',
        payer: '云砺机械有限公司',
        months: [{ month, totalFen: Math.round(payrollFen / 50) }],
      }),
    )
    await enter(tx, actor, book, hands, [passedUp(month, upperFen)])
  }
}

interface Asked {
  /** Who asks and how far it went. */
  by: string
  kind: SpendingKindId
  purpose: string
  yuan: number
  payee: string
  people?: number
  ago: number
  until: 'draft' | 'submitted' | 'returned' | 'refused' | 'checked' | 'approved' | 'paid'
}

const ASKED: readonly Asked[] = [
  {
    by: 'fenhui',
    kind: 'education',
    purpose: '班组长质量管理培训教材',
    yuan: 1860,
    payee: '兰桂书店',
    ago: 12,
    until: 'paid',
  },
  {
    by: 'shenghuo',
    kind: 'illness',
    purpose: '看望住院会员',
    yuan: 1000,
    payee: '会员本人',
    people: 1,
    ago: 9,
    until: 'paid',
  },
  {
    by: 'zuzhi',
    kind: 'cadres',
    purpose: '分会干部业务培训场地',
    yuan: 2400,
    payee: '县职工学校',
    ago: 6,
    until: 'approved',
  },
  {
    by: 'fenhui',
    kind: 'education',
    purpose: '焊工技能讲座讲课费',
    yuan: 1200,
    payee: '讲课老师',
    ago: 4,
    until: 'checked',
  },
  {
    by: 'nvgong',
    kind: 'service',
    purpose: '女职工心理健康讲座',
    yuan: 1500,
    payee: '县心理咨询中心',
    ago: 3,
    until: 'submitted',
  },
  {
    by: 'fenhui',
    kind: 'publicity',
    purpose: '分会宣传栏更新',
    yuan: 900,
    payee: '县图文社',
    ago: 8,
    until: 'returned',
  },
  {
    by: 'zuzhi',
    kind: 'meeting',
    purpose: '委员会扩大会议用餐',
    yuan: 3000,
    payee: '县招待所',
    ago: 15,
    until: 'refused',
  },
  {
    by: 'shenghuo',
    kind: 'illness',
    purpose: '看望术后休养会员',
    yuan: 800,
    payee: '会员本人',
    people: 1,
    ago: 1,
    until: 'draft',
  },
]

const WORDS = { returned: '请补宣传栏内容的审批单和报价单。', refused: '会议用餐不在工会经费开支范围内。' } as const

/** Requests of the last weeks in every state, by the people whose desks they lie on. */
export async function askForMoney(
  tx: Tx,
  actorOf: (user: string) => Actor,
  unitOf: (user: string) => number,
  today: string,
): Promise<void> {
  const confirmed = EIGHT_FORBIDDEN.map((card) => card.id)
  const verb = (name: string, words?: string) => actInput.parse({ verb: name, ...(words && { words }) })
  for (const asked of ASKED) {
    const on = workday(addDays(today, -asked.ago))
    const asker = actorOf(asked.by)
    const { id } = await drawUp(
      tx,
      asker,
      requestInput.parse({
        unitId: unitOf(asked.by),
        kind: asked.kind,
        purpose: asked.purpose,
        amountFen: asked.yuan * 100,
        payee: asked.payee,
        people: asked.people ?? null,
        form: asked.kind === 'illness' ? 'money' : 'service',
        method: 'transfer',
        confirmed,
      }),
      on,
    )
    const follow = async (): Promise<void> => {
      if (asked.until === 'draft') return
      await decide(tx, asker, id, verb('提交'), on)
      if (asked.until === 'submitted') return
      const accountant = actorOf('caiwu')
      if (asked.until === 'returned') return void (await decide(tx, accountant, id, verb('退回', WORDS.returned), on))
      if (asked.until === 'refused') return void (await decide(tx, accountant, id, verb('否决', WORDS.refused), on))
      await decide(tx, accountant, id, verb('同意'), on)
      if (asked.until === 'checked') return
      await decide(tx, actorOf('zhuxi'), id, verb('同意'), on)
      if (asked.until === 'approved') return
      const paidOn = workday(addDays(on, 2)) > today ? today : workday(addDays(on, 2))
      await paySpending(tx, actorOf('chuna'), id, paymentInput.parse({ paidOn }), paidOn)
    }
    await follow()
  }
}
