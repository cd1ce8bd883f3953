import { addDays, workday } from './days.ts'
import type { DemoVoucher } from './funds-entry.ts'
import { random, type Random } from './random.ts'

/** A payment out of bank or cash. */
const paid = (
  on: string,
  summary: string,
  account: string,
  yuan: number,
  rest: { from?: '101' | '102'; party?: string; project?: string; attachments?: number } = {},
): DemoVoucher => ({
  on,
  summary,
  attachments: rest.attachments ?? 2,
  lines: [
    {
      account,
      debitFen: yuan * 100,
      ...(rest.party && { party: rest.party }),
      ...(rest.project && { project: rest.project }),
    },
    { account: rest.from ?? '102', creditFen: yuan * 100, ...(rest.party && { party: rest.party }) },
  ],
})

const FESTIVALS: Readonly<Record<number, string>> = {
  1: '春节',
  4: '清明',
  5: '劳动节',
  6: '端午',
  9: '中秋',
  10: '国庆',
}
const SMALL = [
  '会议室用水',
  '宣传栏打印',
  '快递费',
  '活动用电池',
  '文具用品',
  '奖状证书',
  '横幅制作',
  '复印纸',
] as const
const GAMES = [
  '职工篮球赛',
  '拔河比赛',
  '棋牌赛',
  '健步走',
  '羽毛球赛',
  '歌咏比赛',
  '书画摄影展',
  '趣味运动会',
] as const
const WORK = [
  ['50101', '职工技能培训', 6000, 18_000],
  ['50103', '劳模宣传', 2000, 6000],
  ['50301', '劳动竞赛奖励', 12_000, 36_000],
  ['50303', '职工创新工作室补助', 5000, 20_000],
  ['50304', '职工书屋购书', 1500, 5000],
  ['50402', '劳动保护检查', 1000, 4000],
  ['50404', '困难职工帮扶', 2000, 6000],
  ['50501', '工会干部培训', 3000, 9000],
  ['50502', '会议费', 1000, 5000],
  ['50504', '办公费', 800, 3000],
] as const

export interface Scene {
  branches: readonly string[]
  /** Names of members who are visited. */
  people: readonly string[]
  /** Code of the tied project of the year, and of the branch with a quota. */
  tied: string
  quota: string
  quotaBranch: string
  /** `2026-10`: from this month on dues and the two per cent come in by their processes, not by hand. */
  processesFrom: string
}

/** A month of a company union with 6,000 members: what comes in, what goes up, what is done for people. */
export function monthOf(scene: Scene, year: number, month: number, upTo: string): DemoVoucher[] {
  const draw = random(`记账 ${year}-${month}`)
  const day = (dayOfMonth: number): string =>
    workday(`${year}-${String(month).padStart(2, '0')}-${String(dayOfMonth).padStart(2, '0')}`)
  const some = (low: number, high: number, step = 1): number => draw.between(low / step, high / step) * step
  const out = spending(scene, draw, day, some, month, year)
  const cash = out
    .flatMap((voucher) => voucher.lines)
    .reduce((sum, line) => sum + (line.account === '101' ? (line.creditFen ?? 0) : 0), 0)
  const processed = `${year}-${String(month).padStart(2, '0')}` >= scene.processesFrom
  const received = income(scene, draw, day, month, year).filter(
    (voucher) => !processed || !voucher.lines.some((line) => ['401', '402', '211'].includes(line.account)),
  )
  return [...received, withdrawn(day(7), cash), ...out].filter(
    (voucher) => voucher.on <= upTo && Number(voucher.on.slice(5, 7)) === month,
  )
}

/** Cash for what the month's small payments take, to the hundred: the till neither fills up nor runs dry. */
const withdrawn = (on: string, cashFen: number): DemoVoucher => {
  const amount = Math.ceil(Math.max(cashFen, 1) / 10_000) * 10_000
  return {
    on,
    summary: '提取备用现金',
    attachments: 1,
    lines: [
      { account: '101', debitFen: amount },
      { account: '102', creditFen: amount },
    ],
  }
}

/** The upper union's part of a month's two per cent, in fen. @param month `2026-10` */
export const passedUp = (month: string, fen: number): DemoVoucher => ({
  on: workday(`${month}-18`),
  summary: `上解 ${Number(month.slice(5))} 月份工会经费`,
  attachments: 1,
  lines: [
    { account: '211', debitFen: fen, party: '县总工会' },
    { account: '102', creditFen: fen, party: '县总工会' },
  ],
})

function income(scene: Scene, draw: Random, day: (of: number) => string, month: number, year: number): DemoVoucher[] {
  const payroll = draw.between(3_980_000_000, 4_260_000_000)
  const total = Math.round(payroll / 50)
  const up = Math.floor((total * 4 + 5) / 10)
  const made: DemoVoucher[] = [
    {
      on: day(6),
      summary: `收 ${month} 月份行政拨缴工会经费`,
      attachments: 2,
      lines: [
        { account: '102', debitFen: total, party: '云砺机械有限公司' },
        { account: '402', creditFen: total - up, party: '云砺机械有限公司' },
        { account: '211', creditFen: up, party: '县总工会' },
      ],
    },
    ...scene.branches.map((branch, at): DemoVoucher => {
      const dues = draw.between(52_000, 98_000) * 5
      return {
        on: day(8 + (at % 9)),
        summary: `收${branch} ${month} 月份会费`,
        attachments: 1,
        lines: [
          { account: '102', debitFen: dues, party: branch },
          { account: '401', creditFen: dues, party: branch },
        ],
      }
    }),
    passedUp(`${year}-${String(month).padStart(2, '0')}`, up),
  ]
  if (month % 3 === 0)
    made.push({
      on: day(21),
      summary: '收银行存款利息',
      attachments: 1,
      lines: [
        { account: '102', debitFen: draw.between(180_000, 420_000) },
        { account: '408', creditFen: 0 },
      ],
    })
  if (month === 3)
    made.push({
      on: day(12),
      summary: `收县总工会 ${year} 年劳动竞赛专项补助`,
      attachments: 2,
      lines: [
        { account: '102', debitFen: 30_000_000, party: '县总工会' },
        { account: '40302', creditFen: 30_000_000, party: '县总工会', project: scene.tied },
      ],
    })
  if (month === 4)
    made.push({
      on: day(10),
      summary: '收公司文体活动补助',
      attachments: 1,
      lines: [
        { account: '102', debitFen: 60_000_000, party: '云砺机械有限公司' },
        { account: '405', creditFen: 60_000_000, party: '云砺机械有限公司' },
      ],
    })
  // The second side is what the first one is.
  return made.map((voucher) => ({
    ...voucher,
    lines: voucher.lines.map((line, at) =>
      at === 1 && line.creditFen === 0 ? { ...line, creditFen: voucher.lines[0]!.debitFen! } : line,
    ),
  }))
}

function spending(
  scene: Scene,
  draw: Random,
  day: (of: number) => string,
  some: (low: number, high: number, step?: number) => number,
  month: number,
  year: number,
): DemoVoucher[] {
  const made: DemoVoucher[] = []
  for (const name of draw.sample(scene.people, draw.between(12, 15))) {
    const yuan = some(800, 2000, 200)
    made.push(
      paid(day(draw.between(9, 27)), `${name}生病住院慰问`, '50105', yuan, {
        party: name,
        ...(yuan <= 800 && { from: '101' as const }),
      }),
    )
  }
  for (const game of draw.sample(GAMES, 3)) {
    const branch = draw.pick(scene.branches)
    made.push(
      paid(day(draw.between(10, 27)), `${branch}${game}`, '50102', some(2000, 12_000, 100), {
        party: branch,
        attachments: 4,
      }),
    )
  }
  for (const [account, what, low, high] of draw.sample(WORK, 5))
    made.push(paid(day(draw.between(10, 27)), what, account, some(low, high, 50), { attachments: 3 }))
  for (const what of draw.sample(SMALL, 4))
    made.push(paid(day(draw.between(9, 27)), what, '50504', some(40, 380), { from: '101', attachments: 1 }))
  if (FESTIVALS[month])
    made.push(
      paid(day(20), `${FESTIVALS[month]}会员慰问品`, '50105', some(720_000, 800_000, 1000), {
        party: '县供销合作社',
        attachments: 5,
      }),
    )
  if (month === 7) made.push(paid(day(9), '一线职工夏送清凉', '50405', some(90_000, 120_000, 1000), { attachments: 4 }))
  if (month === 1) made.push(paid(day(15), '元旦春节送温暖', '50405', some(160_000, 220_000, 1000), { attachments: 6 }))
  if (month === 5)
    made.push(paid(day(26), `${year} 年职工运动会`, '50102', some(260_000, 320_000, 1000), { attachments: 8 }))
  if (month > 4 && month < 12)
    made.push(
      paid(day(24), '劳动竞赛专项奖励', '50301', some(28_000, 36_000, 100), { project: scene.tied, attachments: 3 }),
    )
  if (month % 2 === 0)
    made.push(
      paid(day(25), `${scene.quotaBranch}分会活动（额度内）`, '50105', some(1200, 2600, 100), {
        project: scene.quota,
        party: scene.quotaBranch,
      }),
    )
  return made
}

/** Vouchers that wait on somebody's desk: the last days before today. */
export const waitingOnes = (scene: Scene, today: string): DemoVoucher[] => [
  paid(addDays(today, -2), `${scene.people[3]}生病住院慰问`, '50105', 1200, { party: scene.people[3]! }),
  paid(addDays(today, -1), '职工书屋报刊征订', '50304', 3680, { party: '县邮政局' }),
  paid(addDays(today, -1), '工会宣传栏更新', '50103', 2150, { party: '岚溪印刷厂' }),
]
