import type { Actor } from '../kernel/access/actor.ts'
import type { Tx } from '../kernel/db/database.ts'
import {
  decide,
  decideAwards,
  formPanel,
  givePoints,
  openCall,
  putBefore,
  recordChange,
  suggest,
} from '../modules/motions/public.ts'
import { entriesOf } from '../modules/motions/server/scores.ts'
import { addDays, workday } from './days.ts'
import type { DemoUnit } from './units.ts'

export interface Arranged {
  tx: Tx
  actor: Actor
  unitId: number
  departments: ReadonlyMap<string, number>
  /** Delegates, in turn: movers and seconders. */
  delegates: readonly number[]
}

async function panelOf(
  { tx, actor, unitId, delegates }: Arranged,
  purpose: 'motion' | 'suggestion',
  title: string,
  formedOn: string,
): Promise<{ id: number; judges: number[] }> {
  const judges = delegates.slice(5, 8)
  const id = await formPanel(tx, actor, {
    method: 'points',
    unitId,
    purpose,
    title,
    documentNo: `云工字〔${formedOn.slice(0, 4)}〕12号`,
    formedOn,
    judges: judges.map((personId, at) => ({
      personId,
      department: ['技术中心', '生产部', '财务部'][at]!,
      role: at ? '成员' : '组长',
    })),
  })
  return { id, judges }
}

async function score(
  { tx, actor }: Arranged,
  panel: { id: number; judges: readonly number[] },
  on: string,
): Promise<number[]> {
  const entries = await entriesOf(tx, actor, panel.id)
  for (const [at, entry] of entries.entries())
    for (const [place, personId] of panel.judges.entries())
      if (personId !== entry.ownerId)
        await givePoints(tx, { ...actor, personId }, panel.id, entry.id, { points: 94 - 5 * at - place }, on)
  return (await entriesOf(tx, actor, panel.id)).map((entry) => entry.id)
}

/** Last year's best motions, chosen by a panel's points. */
export async function chooseBest(
  arranged: Arranged,
  motionIds: readonly number[],
  units: ReadonlyMap<string, DemoUnit>,
  year: number,
): Promise<void> {
  const on = `${year}-06-18`
  const panel = await panelOf(arranged, 'motion', '九届六次职代会提案评优小组', `${year}-06-01`)
  await putBefore(arranged.tx, arranged.actor, panel.id, {
    motionIds: [...motionIds],
    suggestionIds: [],
    unitIds: [units.get('D01')!.id],
  })
  await score(arranged, panel, on)
  const entries = await entriesOf(arranged.tx, arranged.actor, panel.id)
  const motions = entries.filter((entry) => entry.motionId)
  const awards = entries.map((entry) => ({
    entryId: entry.id,
    award: entry.unitId
      ? ('提案优秀组织单位' as const)
      : entry === motions[0]
        ? ('最佳提案' as const)
        : ('优秀提案' as const),
  }))
  await decideAwards(arranged.tx, arranged.actor, panel.id, { awards }, on)
}

/** A year's call for suggestions: judged, rewarded, taken up or not. */
export async function suggestions(arranged: Arranged, member: Actor, year: number, today: string): Promise<void> {
  const { tx, actor, unitId, delegates } = arranged
  const on = workday(addDays(today, -60))
  // In the first weeks of a year what is judged was suggested in the last.
  const opensOn = on < `${year}-01-05` ? `${year - 1}-01-05` : `${year}-01-05`
  const callId = await openCall(tx, actor, {
    unitId,
    kind: 'suggestion',
    session: '“我为目标献良策”',
    opensOn,
    closesOn: addDays(opensOn, 364),
    minSeconders: 0,
    replyDays: 30,
  })
  const drafts = [
    ['热处理余热用于浴室供水', '热处理余热直接排放，浴室另烧锅炉。', '节能降耗'],
    ['齿轮箱装配改用快换夹具', '每次换型要拆四个螺栓，耗时二十分钟。', '增产增效'],
    ['废切削液集中回收', '各班组自行处理，浪费且有环保风险。', '安全环保'],
    ['工具领用改扫码登记', '手工登记常漏记，月底盘点对不上。', '管理改进'],
  ] as const
  const ids: number[] = []
  for (const [at, [title, body, category]] of drafts.entries())
    ids.push(
      await suggest(
        tx,
        actor,
        {
          kind: 'suggestion',
          title,
          body,
          category,
          remedy: '先在一个班组试行，见效后推广。',
          callId,
          proposerId: at === 3 ? member.personId : delegates[at + 30 < delegates.length ? at + 30 : at]!,
        },
        on,
      ),
    )
  const panel = await panelOf(arranged, 'suggestion', '合理化建议评审小组', on)
  await putBefore(tx, actor, panel.id, { motionIds: [], suggestionIds: ids.slice(0, 3), unitIds: [] })
  const ranked = await score(arranged, panel, workday(addDays(today, -40)))
  await decideAwards(
    tx,
    actor,
    panel.id,
    {
      awards: ranked.map((entryId, at) => ({
        entryId,
        award: (['一等奖', '二等奖', '三等奖'] as const)[at]!,
        rewardFen: [100_000, 60_000, 30_000][at]!,
      })),
    },
    workday(addDays(today, -35)),
  )
  for (const id of ids.slice(0, 2))
    await decide(tx, actor, id, { adopted: true, words: '列入年度改善项目' }, workday(addDays(today, -30)))
  await decide(tx, actor, ids[2]!, { adopted: false, words: '与在建的集中供液项目重复' }, workday(addDays(today, -30)))
  await recordChange(
    tx,
    actor,
    ids[0]!,
    { changed: '余热接入浴室水箱，锅炉停用。', changedOn: workday(addDays(today, -10)), benefitFen: 8_600_000 },
    today,
  )
}
