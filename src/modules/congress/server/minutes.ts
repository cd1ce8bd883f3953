import type { Db, Tx } from '../../../kernel/db/database.ts'
import { chineseOrdinal, officialDate, type Block, type OfficialDocument } from '../../../kernel/documents/model.ts'
import { officialDocx } from '../../../kernel/documents/official.ts'
import { officialHtml } from '../../../kernel/documents/official-html.ts'
import { MODES } from '../../ballots/words.ts'
import { AGREEMENTS, DUTIES, HOWS, ITEM_OUTCOMES, KINDS } from '../words.ts'
import { itemsOf, type Item } from './agenda.ts'
import { papersOf } from './papers.ts'
import { resolutionsOf } from './resolutions.ts'
import type { Session } from './seen.ts'
import { attendanceOf, type Attendance } from './sign-in.ts'
import { electedNames, votesIn, type ItemVote } from './held-votes.ts'

const paragraph = (text: string): Block => ({ kind: 'paragraph', runs: [{ text }] })
const clock = (instant: string): string =>
  new Intl.DateTimeFormat('zh-CN', {
    timeZone: 'Asia/Shanghai',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(new Date(instant))
/** An hour is worth saying when the records were made at the meeting itself, not entered afterwards. */
const dayOf = (instant: string): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short' }).format(new Date(instant))

/**
 * The minutes, written from what was recorded: who came and when, each item with its votes, every verdict with its steps and
 * article, resolutions, who was elected. Two people sign: whoever recorded and whoever presided.
 */
export async function minutesOf(db: Db | Tx, session: Session, today: string): Promise<OfficialDocument> {
  const [items, attendance, votes, resolutions, papers] = await Promise.all([
    itemsOf(db, session.id),
    attendanceOf(db, session.id),
    votesIn(db, session.id),
    resolutionsOf(db, { sessionId: session.id }, today),
    papersOf(db, session.id),
  ])
  // What was entered afterwards has no hour worth printing.
  const hour = (at: string): string =>
    dayOf(at) >= session.startsOn && dayOf(at) <= session.endsOn ? clock(at) : '已登记'
  const came = attendance.filter((one) => one.firstIn !== null)
  const body: Block[] = []
  let part = 0
  const heading = (text: string): void => {
    body.push({ kind: 'heading', level: 1, text: `${chineseOrdinal(++part)}、${text}` })
  }
  heading('会议概况')
  body.push(
    paragraph(
      `时间：${officialDate(session.startsOn)}${session.endsOn === session.startsOn ? '' : `至${officialDate(session.endsOn)}`}${session.openedAt && session.closedAt && dayOf(session.openedAt) === session.startsOn ? `，签到${clock(session.openedAt)}开始，${clock(session.closedAt)}闭会` : ''}。`,
    ),
    paragraph(
      `地点：${session.place ?? '（未填写）'}。主持人：${session.host ?? '（未填写）'}。记录人：${session.recorder ?? '（未填写）'}。`,
    ),
    paragraph(
      `会议种类：${KINDS[session.kind]}。${session.noticeSentOn ? `${officialDate(session.noticeSentOn)}书面通知代表。` : ''}${session.occasion ? `召开事由：${session.occasion}。` : ''}`,
    ),
  )
  heading('到会情况')
  body.push(paragraph(attendanceWords(session, attendance)))
  const absent = attendance.filter((one) => one.firstIn === null)
  if (absent.length)
    body.push(
      paragraph(
        `未到会${absent.length}人：${absent.map((one) => `${one.name}（${one.leave ? `请假：${one.leave}` : '未请假'}）`).join('、')}。`,
      ),
    )
  heading('议程')
  for (const [index, item] of items.entries())
    body.push(
      paragraph(
        `${index + 1}. ${item.title}（${DUTIES[item.duty]}${item.reporter ? `，${item.reporter}报告` : ''}）。`,
      ),
    )
  heading('审议和表决')
  for (const [index, item] of items.entries())
    body.push(
      ...itemBlocks(
        item,
        index,
        votes,
        papers.filter((paper) => paper.itemId === item.id).map((paper) => paper.title),
      ),
    )
  heading('决议')
  if (!resolutions.length) body.push(paragraph('本次会议没有形成决议。'))
  for (const one of resolutions)
    body.push(
      { kind: 'heading', level: 2, text: `（${chineseOrdinal(one.number)}）${one.title}` },
      ...one.words.split(/\n+/).map(paragraph),
      paragraph(
        `本决议${officialDate(one.passedOn)}通过，自${officialDate(one.effectiveOn)}起施行。${one.standing === 'pending' ? '系联席会议决定，提请下一次大会确认。' : ''}`,
      ),
    )
  const elections = items.filter((item) => item.duty === 'elect')
  if (elections.length) {
    heading('选举结果')
    for (const item of elections) {
      if (item.heldAt) {
        body.push(paragraph(`${item.title}：${item.heldResult?.verdict.join('') || '结果见选举结果报告单。'}`))
        continue
      }
      const names = electedNames(item, votes)
      body.push(
        paragraph(
          `${item.title}：应选${item.seats}人，当选${names.length}人${names.length ? `：${names.join('、')}` : ''}。`,
        ),
      )
    }
  }
  body.push(
    paragraph('主持人（签字）：　　　　　　　　　　年　　月　　日'),
    paragraph('记录人（签字）：　　　　　　　　　　年　　月　　日'),
  )
  return {
    title: `${session.unitName}\n${session.title}会议纪要`,
    body,
    signature: { organ: session.unitName, date: officialDate(session.endsOn) },
    attachments: [
      {
        name: `${session.title}到会名单（应到${attendance.length}人，实到${came.length}人）`,
        body: [
          {
            kind: 'table',
            repeatHeader: true,
            columns: [
              { title: '序号', width: 1, align: 'center' },
              { title: '姓名', width: 2 },
              { title: session.form === 'joint' ? '身份' : '选举单位', width: 4 },
              { title: '签到', width: 3 },
              { title: '离会', width: 2 },
            ],
            rows: attendance.map((one) => {
              const first = one.passages.find((passage) => passage.direction === 'in')
              return [
                String(one.number),
                one.name,
                one.constituency,
                first ? `${hour(first.at)}（${HOWS[first.how]}）` : one.leave ? '请假' : '缺席',
                one.passages
                  .filter((passage) => passage.direction === 'out')
                  .map((passage) => hour(passage.at))
                  .join('、'),
              ]
            }),
          },
        ],
      },
    ],
  }
}

function attendanceWords(session: Session, attendance: readonly Attendance[]): string {
  const came = attendance.filter((one) => one.firstIn !== null).length
  const [left, right] = [3 * came, 2 * attendance.length]
  const vacant = session.form === 'session' ? session.seats - attendance.length : 0
  return `应到${attendance.length}人，实到${came}人，请假${attendance.filter((one) => one.leave).length}人${vacant > 0 ? `；代表名额${session.seats}个，空缺${vacant}个` : ''}。3×${came}＝${left}，2×${attendance.length}＝${right}，${left}${left > right ? '＞' : left === right ? '＝' : '＜'}${right}，${left >= right ? '达到' : '不足'}应到人数的三分之二。各次表决时在场人数见下。`
}

function itemBlocks(item: Item, index: number, votes: readonly ItemVote[], papers: readonly string[]): Block[] {
  const own = votes.filter((one) => one.itemId === item.id)
  return [
    { kind: 'heading', level: 2, text: `（${chineseOrdinal(index + 1)}）${item.title}` },
    paragraph(
      `${DUTIES[item.duty]}${item.agreement ? `（${AGREEMENTS[item.agreement]}）` : ''}。${papers.length ? `文件：${papers.map((title) => `《${title.replaceAll(/[《》]/g, '')}》`).join('、')}。` : ''}结果：${item.outcome ? ITEM_OUTCOMES[item.outcome] : '尚无结果'}。${item.words ? `${item.words}。`.replace(/。。$/, '。') : ''}${item.changeWords ? `修改情况：${item.changeWords}。` : ''}`,
    ),
    ...(item.heldResult
      ? [
          paragraph(`本项以“${item.heldResult.title}”办理。${item.heldResult.lines.join('')}`),
          // Who was elected stands under 选举结果.
          ...(item.duty === 'elect' ? [] : item.heldResult.verdict.map(paragraph)),
        ]
      : []),
    ...own.flatMap((one) => [
      paragraph(
        `${MODES[one.vote.mode]}，付诸表决时在场${one.gate.present}人。${one.vote.tellers.length ? `监票人：${one.vote.tellers.map((teller) => teller.name).join('、')}。` : ''}${one.vote.state === 'void' ? '本次表决已作废。' : ''}`,
      ),
      ...(one.result?.words.split('\n').map(paragraph) ?? []),
    ]),
  ]
}

export const minutesDocx = async (db: Db, session: Session, today: string): Promise<Buffer> =>
  officialDocx(await minutesOf(db, session, today))
export const minutesHtml = async (db: Db, session: Session, today: string): Promise<string> =>
  officialHtml(await minutesOf(db, session, today))
