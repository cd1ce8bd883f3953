import { sql } from 'kysely'
import type { Actor } from '../kernel/access/actor.ts'
import type { Tx } from '../kernel/db/database.ts'
import { advanceInput } from '../modules/funds/asset-contract.ts'
import { auditInput, findingInput, opinionInput, paperInput } from '../modules/funds/audit-contract.ts'
import type { Book } from '../modules/funds/public.ts'
import { payAdvance } from '../modules/funds/server/assets/advances.ts'
import { planAudit, sendNotice, startFieldwork } from '../modules/funds/server/audit/audits.ts'
import {
  addFinding,
  addPaper,
  answerFinding,
  giveOpinion,
  judgeFinding,
  reportToCongress,
} from '../modules/funds/server/audit/findings.ts'
import { bankAccount } from '../modules/funds/server/bank/bank-accounts.ts'
import { confirmMatches, openMatching } from '../modules/funds/server/bank/matches.ts'
import { importStatement } from '../modules/funds/server/bank/statements.ts'
import { addDays, yearOf } from './days.ts'
import { lately } from './funds-till.ts'
import type { Scene } from './funds-vouchers.ts'

export async function payAnAdvance(tx: Tx, actor: Actor, book: Book, scene: Scene, today: string): Promise<void> {
  const base = { unitId: book.unitId, payee: scene.people[7], onDate: lately(today, 3), dueOn: addDays(today, 25) }
  await payAdvance(
    tx,
    actor,
    book,
    advanceInput.parse({ ...base, amountFen: 1_500_000, purpose: '职工乒乓球赛场地和器材' }),
  )
}

/** Last month's bank statement: all but two payments reached the bank, which took a fee; most lines are matched. */
export async function matchTheBank(tx: Tx, actor: Actor, book: Book, today: string): Promise<void> {
  const account = await bankAccount(tx, book, '102')
  const first = `${addDays(`${today.slice(0, 8)}01`, -1).slice(0, 8)}01`
  const { rows: opening } = await sql<{ fen: number }>`
    select coalesce(sum(s.debit_fen - s.credit_fen), 0)::bigint as fen from funds.month_sum s where s.book_id = ${book.id}
      and s.account_id = ${account.id} and make_date(s.year, greatest(s.month, 1)::int, 1) < ${first}::date`.execute(tx)
  const { rows } = await sql<{ on: string; fen: number; party: string; summary: string }>`
    select e.on_date as on, e.debit_fen - e.credit_fen as fen, coalesce(e.counterparty, '') as party, v.summary
    from funds.entry e join funds.voucher v on v.id = e.voucher_id
    where e.book_id = ${book.id} and e.account_id = ${account.id} and v.state = 'posted'
      and e.on_date >= ${first}::date and e.on_date < (${first}::date + interval '1 month') order by e.on_date, v.seq`.execute(
    tx,
  )
  const moves = [...rows.slice(0, -2), { on: rows.at(-1)!.on, fen: -3600, party: '', summary: '网银手续费' }]
  let balance = opening[0]!.fen
  const yuan = (fen: number): string => (fen / 100).toFixed(2)
  const lines = moves.map(({ on, fen, party, summary }, at) => {
    balance += fen
    return [
      on,
      fen < 0 ? yuan(-fen) : '',
      fen > 0 ? yuan(fen) : '',
      yuan(balance),
      party,
      summary,
      `W${1000 + at}`,
    ].join(',')
  })
  const csv = ['交易日期,借方发生额,贷方发生额,余额,对方户名,摘要,流水号', ...lines].join('\n')
  await importStatement(tx, actor, book, account, {
    fileName: `网银明细${first.slice(0, 7)}.csv`,
    bytes: Buffer.from(csv),
  })
  const known = await bankAccount(tx, book, '102')
  const { suggestions } = await openMatching(tx, book, known)
  const sure = suggestions.filter((one) => one.confidence === 'sure').slice(0, -6)
  await confirmMatches(
    tx,
    actor,
    book,
    known,
    sure.map((one) => ({
      lines: one.statement,
      entries: one.entries.map((key) => ({ voucherId: Number(key.split('.')[0]), line: Number(key.split('.')[1]) })),
      reason: one.reason,
    })),
  )
}

/** Last year's audit is done and reported; this half-year's found two things, of which one is still open. */
export async function auditTheBooks(tx: Tx, actor: Actor, accountant: Actor, book: Book, today: string): Promise<void> {
  const year = yearOf(today)
  const visit = async (summary: string, from: string, to: string): Promise<{ id: number; fen: number }[]> =>
    (
      await sql<{
        id: number
        fen: number
      }>`select id, total_fen as fen from funds.voucher where book_id = ${book.id} and state = 'posted' and summary like ${summary}
        and on_date between ${from}::date and ${to}::date order by total_fen desc, id limit 2`.execute(tx)
    ).rows
  const hold = async (title: string, kind: string, from: string, to: string, starts: string): Promise<number> => {
    const plan = {
      unitId: book.unitId,
      title,
      kind,
      fromOn: from,
      toOn: to,
      startsOn: starts,
      endsOn: addDays(starts, 4),
    }
    const audit = await planAudit(
      tx,
      actor,
      auditInput.parse({
        ...plan,
        lead: actor.name,
        members: '经审委员 2 人',
        scope: '预算执行、经费收支、资产管理和专项资金。',
      }),
    )
    await sendNotice(tx, actor, audit.id, addDays(starts, -7))
    await startFieldwork(tx, actor, audit.id)
    return audit.id
  }
  const find = async (
    auditId: number,
    from: string,
    to: string,
    words: string,
    subject: string,
    title: string,
    demand: string,
  ) => {
    const vouchers = await visit(words, from, to)
    const amountFen = vouchers.reduce((sum, one) => sum + one.fen, 0)
    const paperId = await addPaper(
      tx,
      actor,
      auditId,
      paperInput.parse({
        subject,
        observation: `抽查相关凭证，${title}。`,
        amountFen,
        voucherIds: vouchers.map((one) => one.id),
      }),
    )
    return addFinding(
      tx,
      actor,
      auditId,
      findingInput.parse({ paperId, title, demand, amountFen, basis: '基层工会经费收支管理办法' }),
    )
  }
  const [from, to] = [`${year - 1}-01-01`, `${year - 1}-12-31`]
  const done = await hold(`${year - 1} 年度工会经费审查`, 'yearly', from, to, `${year}-03-10`)
  const old = await find(
    done,
    from,
    to,
    '%运动会%',
    '大型活动支出',
    '活动方案后附预算不完整',
    '补充活动预算，今后先预算后支出。',
  )
  await giveOpinion(
    tx,
    actor,
    done,
    opinionInput.parse({
      on: `${year}-03-16`,
      conclusion: '基本合规',
      opinion: '经费收支真实，核算规范，个别活动预算资料不全。',
    }),
  )
  await answerFinding(tx, accountant, old, { on: `${year}-03-30`, answer: '已补充活动预算并修订活动审批表。' })
  await judgeFinding(tx, actor, old, { on: `${year}-04-02`, accepted: true, words: '' })
  await reportToCongress(tx, actor, done, { on: `${year}-04-20`, to: '职工代表大会' })

  if (today < `${year}-07-20`) return
  const half = await hold(
    `${year} 年上半年经费审查`,
    'half',
    `${year}-01-01`,
    `${year}-06-30`,
    addDays(today, -40) > `${year}-07-06` ? addDays(today, -40) : `${year}-07-06`,
  )
  const small = await find(
    half,
    `${year}-01-01`,
    `${year}-06-30`,
    '%住院慰问%',
    '慰问支出',
    '两笔住院慰问缺少受领人签字',
    '补齐受领人签字或银行回单。',
  )
  await find(
    half,
    `${year}-01-01`,
    `${year}-06-30`,
    '%劳动竞赛%',
    '专项资金',
    '劳动竞赛专项支出进度偏慢',
    '制定下半年使用计划，专款专用。',
  )
  const opined = addDays(today, -33) > `${year}-07-12` ? addDays(today, -33) : `${year}-07-12`
  await giveOpinion(
    tx,
    actor,
    half,
    opinionInput.parse({ on: opined, conclusion: '需整改', opinion: '收支总体合规，慰问签领和专项进度需要整改。' }),
  )
  await answerFinding(tx, accountant, small, { on: addDays(opined, 7), answer: '已补齐受领人签字。' })
  await judgeFinding(tx, actor, small, { on: addDays(opined, 9), accepted: true, words: '' })
}
