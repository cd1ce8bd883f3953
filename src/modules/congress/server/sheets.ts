import { PassThrough } from 'node:stream'
import type { Db } from '../../../kernel/db/database.ts'
import { printForm } from '../../../kernel/documents/form.ts'
import { writeWorkbook } from '../../../kernel/xlsx/write.ts'
import { BODIES, CATEGORIES, DUTIES, HOWS, KINDS } from '../words.ts'
import { itemsOf } from './agenda.ts'
import { delegatesOf } from './delegates.ts'
import { panelsOf } from './panels.ts'
import type { Session, Term } from './seen.ts'
import { attendanceOf } from './sign-in.ts'

/** Sheets to print and lists to take along. No phone, no ID number is on any of them. */

/** 签到表: before the session opens it lists the seated delegates, with room to sign. */
export async function signInSheet(db: Db, session: Session): Promise<string> {
  const roll = await attendanceOf(db, session.id)
  const rows = roll.length
    ? roll.map((one) => [String(one.number), one.name, one.constituency, one.leave ?? ''])
    : (await delegatesOf(db, session.termId))
        .filter((one) => !one.toOn)
        .map((one, index) => [String(index + 1), one.name, one.constituency, ''])
  return printForm({
    title: `${session.title}签到表`,
    left: session.unitName,
    right: `${session.startsOn}　${session.place ?? ''}`,
    lines: {
      columns: [
        { title: '代表证号', width: 1.2, align: 'center' },
        { title: '姓名', width: 2 },
        { title: '选举单位', width: 3 },
        { title: '签到', width: 2.5 },
        { title: '备注', width: 2 },
      ],
      rows: rows.map(([no, name, from, note]) => [no!, name!, from!, '', note!]),
      totals: ['合计', `应到 ${rows.length} 人`, '', '实到　　　人', ''],
    },
    signatures: ['签到负责人'],
  })
}

/** 代表名册. */
export async function rosterSheet(db: Db, term: Term): Promise<string> {
  const [delegates, panels] = await Promise.all([delegatesOf(db, term.id), panelsOf(db, term.id)])
  const now = delegates.filter((one) => !one.toOn)
  const duties = (id: number): string =>
    panels
      .flatMap((panel) =>
        panel.members
          .filter((one) => one.delegateId === id)
          .map((one) => (one.head ? `${panel.name}负责人` : panel.name)),
      )
      .join('、')
  return printForm({
    title: `第${term.ordinal}届${KINDS[term.kind]}代表名册`,
    left: term.unitName,
    right: `名额 ${term.seats}　现有 ${now.length}`,
    lines: {
      columns: [
        { title: '序号', width: 1, align: 'center' },
        { title: '姓名', width: 2 },
        { title: '性别', width: 1, align: 'center' },
        { title: '选举单位', width: 3 },
        { title: '类别', width: 3 },
        { title: '当选日期', width: 2 },
        { title: '团组', width: 4 },
      ],
      rows: now.map((one, index) => [
        String(index + 1),
        one.name,
        one.gender === 'f' ? '女' : one.gender === 'm' ? '男' : '',
        one.constituency,
        CATEGORIES[one.category],
        one.fromOn,
        duties(one.id),
      ]),
    },
    signatures: ['工会主席'],
  })
}

/** 议程. */
export async function agendaSheet(db: Db, session: Session): Promise<string> {
  const items = await itemsOf(db, session.id)
  return printForm({
    title: `${session.title}议程`,
    left: session.unitName,
    right: `${session.startsOn}${session.endsOn === session.startsOn ? '' : `至${session.endsOn}`}　${session.place ?? ''}`,
    fields: [
      { label: '主持人', value: session.host ?? '' },
      { label: '记录人', value: session.recorder ?? '' },
    ],
    lines: {
      columns: [
        { title: '序号', width: 1, align: 'center' },
        { title: '议题', width: 6 },
        { title: '大会职权', width: 2 },
        { title: '报告人', width: 2 },
      ],
      rows: items.map((item, index) => [String(index + 1), item.title, DUTIES[item.duty], item.reporter ?? '']),
    },
  })
}

/** The roll with coming and going as a workbook. */
export async function attendanceWorkbook(db: Db, session: Session): Promise<PassThrough> {
  const rows = await attendanceOf(db, session.id)
  const out = new PassThrough()
  const time = (at: string): string =>
    new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short', timeStyle: 'medium' }).format(
      new Date(at),
    )
  void writeWorkbook(out, [
    {
      name: '签到',
      columns: [
        { header: '代表证号', kind: 'integer', width: 10 },
        { header: '姓名', width: 12 },
        { header: '选举单位', width: 24 },
        { header: '是否出席', width: 10 },
        { header: '请假', width: 18 },
        { header: '进出记录', width: 60 },
      ],
      rows: rows.map((one) => [
        one.number,
        one.name,
        one.constituency,
        one.firstIn ? '是' : '否',
        one.leave,
        one.passages
          .map((passage) => `${time(passage.at)}${passage.direction === 'in' ? '到' : '离'}（${HOWS[passage.how]}）`)
          .join('；'),
      ]),
    },
  ]).catch((error: Error) => out.destroy(error))
  return out
}

/** Delegates of a term as a workbook whose columns the import reads again. */
export async function delegatesWorkbook(db: Db, term: Term): Promise<PassThrough> {
  const rows = await delegatesOf(db, term.id)
  const out = new PassThrough()
  void writeWorkbook(out, [
    {
      name: '代表',
      columns: [
        { header: '大会', width: 16 },
        { header: '选举单位', width: 24 },
        { header: '姓名', width: 12 },
        { header: '工号', width: 12 },
        { header: '人员类别', width: 20 },
        { header: '当选日期', kind: 'date', width: 14 },
        { header: '得票数', kind: 'integer', width: 10 },
        { header: '劳务派遣', width: 10 },
        { header: '终止日期', kind: 'date', width: 14 },
        { header: '终止原因', width: 20 },
      ],
      rows: rows.map((one) => [
        BODIES[term.body],
        one.constituency,
        one.name,
        one.staffNo,
        CATEGORIES[one.category],
        one.fromOn,
        one.votes,
        one.dispatched ? '是' : '否',
        one.toOn,
        one.endReason,
      ]),
    },
  ]).catch((error: Error) => out.destroy(error))
  return out
}
