import { chineseOrdinal, officialDate, type Block, type OfficialDocument } from '../../../kernel/documents/model.ts'
import { officialDocx } from '../../../kernel/documents/official.ts'
import { shareTitle } from '../../../kernel/rules/arithmetic.ts'
import type { Db } from '../../../kernel/db/database.ts'
import { ITEM_OUTCOMES } from '../../ballots/words.ts'
import { ELECTION_KINDS, RELATIONS } from '../posts.ts'
import type { ElectionDetail } from './detail.ts'
import { termEnd } from './gates.ts'

/** 选举方案, 选举办法, 候选人简况, 选票, 选举结果报告单, 向上级的报告. */
export const PAPERS = ['plan', 'method', 'candidates', 'ballot', 'result', 'report'] as const
export type Paper = (typeof PAPERS)[number]
export const PAPER_NAMES: Readonly<Record<Paper, string>> = {
  plan: '选举方案请示',
  method: '选举办法（草案）',
  candidates: '候选人简况',
  ballot: '选票',
  result: '选举结果报告单',
  report: '选举结果报告',
}

/** A document of the election, ready to print and sign. */
export async function paperOf(
  _db: Db,
  detail: ElectionDetail,
  paper: Paper,
  today: string,
): Promise<{ name: string; docx: Buffer }> {
  const name = titleOf(detail.election, PAPER_NAMES[paper])
  return {
    name,
    docx: await officialDocx({ title: inTwo(detail.election.unitName, name), ...WRITERS[paper](detail, today) }),
  }
}

/** 换届选举 + 选举方案请示 → 换届选举方案请示 */
const titleOf = ({ title }: ElectionDetail['election'], paper: string): string =>
  title.endsWith('选举') && paper.startsWith('选举') ? `${title}${paper.slice(2)}` : `${title}${paper}`
/** The union on the first line, so that no line breaks within a word. */
const inTwo = (unit: string, title: string): string =>
  title.startsWith(unit) && title.length > 18 ? `${unit}\n${title.slice(unit.length)}` : title

type Written = Omit<OfficialDocument, 'title'> & { title?: string }
const paragraph = (text: string): Block => ({ kind: 'paragraph', runs: [{ text }] })
const heading = (n: number, text: string): Block => ({
  kind: 'heading',
  level: 1,
  text: `${chineseOrdinal(n)}、${text}`,
})
const signed = (organ: string, day: string): Written['signature'] => ({ organ, date: officialDate(day) })

const WRITERS: Readonly<Record<Paper, (detail: ElectionDetail, today: string) => Written>> = {
  plan: ({ election, races, sittings, acts }, today) => ({
    ...(election.upperName && { addressee: election.upperName }),
    body: [
      paragraph(
        `${election.unitName}${election.dueOn ? `本届委员会任期至${officialDate(election.dueOn)}届满` : '拟进行选举'}${election.reason ? `，${election.reason}` : ''}。拟于${officialDate(election.heldOn)}召开${election.form === 'members' ? '会员大会' : '会员代表大会'}，进行${ELECTION_KINDS[election.kind]}。`,
      ),
      heading(1, '名额'),
      ...races.map((race) =>
        paragraph(
          `${race.title}${race.seats}名，由${sittings.find((one) => one.id === race.sittingId)!.title}选举产生。`,
        ),
      ),
      heading(2, '任期'),
      paragraph(
        election.termYears
          ? `每届任期${election.termYears}年，自${officialDate(election.heldOn)}起至${officialDate(termEnd(election.heldOn, election.termYears))}止。`
          : '任期为本届余期。',
      ),
      heading(3, '办法'),
      paragraph('候选人由工会小组、分会推荐，经审查后公示；采用无记名投票方式选举。妥否，请批复。'),
    ],
    // The day it went up; while it is drawn up, today.
    signature: signed(election.unitName, submittedOn(acts) ?? today),
  }),
  method: (detail) => ({ body: methodOf(detail), signature: signed(detail.election.unitName, detail.election.heldOn) }),
  candidates: ({ election, races, candidates }) => ({
    body: races.flatMap((race, index) => [
      heading(index + 1, `${race.title}候选人（应选${race.seats}名，以姓氏笔画为序）`),
      {
        kind: 'table' as const,
        repeatHeader: true,
        columns: [
          { title: '姓名', width: 16, align: 'center' as const },
          { title: '性别', width: 9, align: 'center' as const },
          { title: '出生年月', width: 17, align: 'center' as const },
          { title: '所在单位', width: 28 },
          { title: '简历和回避情况', width: 30 },
        ],
        rows: candidates
          .filter((one) => one.raceId === race.id)
          .map((one) => [
            one.name,
            one.gender === 'f' ? '女' : one.gender === 'm' ? '男' : '',
            one.bornOn ? one.bornOn.slice(0, 7).replace('-', '.') : '',
            one.unitName,
            `${one.resume ?? ''}${one.relation ? `（${RELATIONS[one.relation]}）` : ''}`,
          ]),
      },
    ]),
    signature: signed(election.unitName, election.publicisedOn ?? election.heldOn),
  }),
  ballot: ({ election, races, candidates, ballots }) => {
    const sheets = races.map((race) => {
      const last = ballots.filter((one) => one.raceId === race.id).at(-1)
      const names = last
        ? last.vote.items.filter((item) => item.listed).map((item) => item.label)
        : candidates.filter((one) => one.raceId === race.id).map((one) => one.name)
      const again = last && last.vote.round > 1 ? `（第${last.vote.round}次投票）` : ''
      return {
        title: inTwo(election.unitName, `${election.title}${race.title}选票${again}`),
        body: ballotOf(race, names, last?.vote.rule.seats ?? race.seats),
      }
    })
    const [first, ...rest] = sheets
    return {
      title: first!.title,
      body: [
        ...first!.body,
        ...rest.flatMap((sheet): Block[] => [{ kind: 'page', title: sheet.title }, ...sheet.body]),
      ],
    }
  },
  result: ({ election, races, ballots, tellers }) => ({
    body: [
      ...races.flatMap((race, index) => {
        const mine = ballots.filter((one) => one.raceId === race.id && one.result)
        return [
          heading(
            index + 1,
            `${race.title}（应选${race.seats}名${race.reducedTo ? `，经同意减为${race.reducedTo}名` : ''}）`,
          ),
          ...mine.flatMap(({ vote, result }) => resultOf(vote.round, mine.length > 1, result!)),
        ]
      }),
      heading(races.length + 1, '签名'),
      {
        kind: 'table',
        roomy: true,
        repeatHeader: true,
        columns: [
          { title: '职责', width: 22, align: 'center' },
          { title: '姓名', width: 28, align: 'center' },
          { title: '签名', width: 50 },
        ],
        rows: [
          ...new Map(tellers.map((one) => [`${one.duty}${one.personId}`, [one.duty, one.name, '']])).values(),
          ['主持人', '', ''],
        ],
      },
    ],
    signature: signed(election.unitName, election.heldOn),
  }),
  report: ({ election, races, elected, sittings }, today) => ({
    ...(election.upperName && { addressee: election.upperName }),
    body: [
      paragraph(
        `${election.planDocument ? `根据${election.planDocument}，` : ''}${election.unitName}于${officialDate(election.heldOn)}召开${election.form === 'members' ? '会员大会' : '会员代表大会'}，应到${sittings[0]?.expected ?? 0}人，到会${sittings[0]?.present ?? 0}人，按照规定程序选举产生：`,
      ),
      ...races.map((race) =>
        paragraph(
          `${race.title}：${
            elected
              .filter((one) => one.raceId === race.id)
              .map((one) => one.name)
              .join('、') || '（无）'
          }。`,
        ),
      ),
      paragraph('各项得票详见选举结果报告单。请予批复。'),
    ],
    signature: signed(election.unitName, election.reportedOn ?? today),
  }),
}

const submittedOn = (acts: ElectionDetail['acts']): string | null => {
  const act = acts.find((one) => one.verb === '提交')
  return act ? new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short' }).format(act.at) : null
}

/** One ballot paper: rows high enough to mark by hand, and a line for whoever is written in. */
function ballotOf(race: ElectionDetail['races'][number], names: readonly string[], seats: number): Block[] {
  const recall = race.post === 'recall'
  return [
    {
      kind: 'table',
      roomy: true,
      repeatHeader: false,
      columns: [
        { title: recall ? '罢免对象' : '候选人', width: 30, align: 'center' },
        { title: recall ? '同意罢免' : '赞成', width: 15, align: 'center' },
        { title: recall ? '不同意' : '不赞成', width: 15, align: 'center' },
        { title: '弃权', width: 15, align: 'center' },
        ...(recall ? [] : [{ title: '另选他人', width: 25, align: 'center' as const }]),
      ],
      rows: names.map((name) => [spaced(name), '', '', '', ...(recall ? [] : [''])]),
    },
    paragraph(
      recall
        ? '说明：同意罢免的在“同意罢免”栏画“○”；不同意的在“不同意”栏画“○”；弃权的不画或在“弃权”栏画“○”。不得委托他人投票。'
        : `说明：应选${seats}名，候选人以姓氏笔画为序。同意的在“赞成”栏画“○”；不同意的在“不赞成”栏画“○”，可在“另选他人”栏写上他人姓名；弃权的不画或在“弃权”栏画“○”。赞成和另选合计多于应选名额的为无效票。不得委托他人投票。`,
    ),
  ]
}
/** Names of two characters are parted, as they stand in lists. */
const spaced = (name: string): string => (/^\p{Script=Han}{2}$/u.test(name) ? `${name[0]}　${name[1]}` : name)

type ResultOf = NonNullable<ElectionDetail['ballots'][number]['result']>

function resultOf(round: number, several: boolean, { count, verdict, words }: ResultOf): Block[] {
  return [
    ...(several ? [paragraph(`第${round}次投票：`)] : []),
    paragraph(
      `应到会${count.expected}人，到会${count.present}人；发出选票${count.issued}张，收回${count.returned}张，其中有效票${count.valid}张，无效票${count.invalid}张。`,
    ),
    {
      kind: 'table',
      repeatHeader: true,
      columns: [
        { title: '姓名', width: 30, align: 'center' },
        { title: '赞成', width: 16, align: 'center' },
        { title: '不赞成', width: 16, align: 'center' },
        { title: '弃权', width: 16, align: 'center' },
        { title: '结果', width: 22, align: 'center' },
      ],
      rows: verdict.items.map((item) => [
        item.writtenIn ? `${item.label}（另选）` : item.label,
        String(item.yes),
        item.writtenIn ? '' : String(item.no),
        item.writtenIn ? '' : String(item.abstain),
        ITEM_OUTCOMES[item.outcome],
      ]),
    },
    ...words.split('\n').map(paragraph),
  ]
}

/** The meeting passes it by hands before the vote; its numbers are those of the rules in force. */
function methodOf({ election, races, sittings, ballots }: ElectionDetail): Block[] {
  const rule = ballots[0]?.vote.rule
  const majority = rule?.threshold ? shareTitle(rule.threshold) : '过半数'
  const articles = [
    `根据《工会法》《中国工会章程》和《工会基层组织选举工作条例》，制定本办法。`,
    `本次选举：${races.map((race) => `${race.title}${race.seats}名`).join('，')}。${sittings.map((one) => one.title).join('、')}${sittings.length > 1 ? '分别' : ''}选举。`,
    '选举采用无记名投票。候选人以姓氏笔画为序。因故未到会的，不得委托他人代为投票。',
    '参加选举的人数为应到会人数的三分之二以上时，方可进行选举。',
    '对候选人可以投赞成票、不赞成票或者弃权；投不赞成票的可以另选他人。每张选票所选人数等于或者少于应选名额的有效，多于的无效。',
    '收回的选票等于或者少于发出的选票，选举有效；多于发出的选票，选举无效，应当重新选举。',
    `被选举人获得应到会人数${majority}赞成票的，始得当选。得赞成票过半数的人数多于应选名额时，以得赞成票多的当选；得票相等不能确定的，就票数相等的被选举人再次投票。`,
    '当选人数少于应选名额的，不足的名额另行选举；接近应选名额并在规定人数以内的，经应到会过半数同意，也可以减少名额。',
    '会议设总监票人、监票人和计票人，由会议通过。候选人不得担任。计票由两人各自录入、核对一致，结果当场宣布。',
    `本办法经${election.form === 'members' ? '会员大会' : '会员代表大会'}通过后施行。`,
  ]
  return articles.map((text, index) => paragraph(`第${chineseOrdinal(index + 1)}条　${text}`))
}
