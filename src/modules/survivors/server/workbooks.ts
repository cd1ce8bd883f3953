import { PassThrough, type Readable } from 'node:stream'
import { requirePermission } from '../../../kernel/access/access.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import { audit } from '../../../kernel/audit/audit.ts'
import type { Tx } from '../../../kernel/db/database.ts'
import { writeWorkbook, type SheetSpec } from '../../../kernel/xlsx/write.ts'
import { PAY_STATES, STATES } from '../words.ts'
import { payById } from './pay.ts'
import { listSurvivors } from './survivors.ts'

export interface Book {
  name: string
  sheet: SheetSpec
}

/** The roster of a unit and below, without how to reach them. @throws Problem 403 | 404 */
export async function rosterBook(tx: Tx, actor: Actor, unitId: number, today: string): Promise<Book> {
  await requirePermission(tx, actor, 'survivors.export', unitId, 'survivors.read')
  const { rows } = await listSurvivors(tx, actor, { unitId }, today, 20_000)
  await audit(tx, actor, {
    action: 'survivors.export',
    objectKind: 'unit',
    objectId: unitId,
    unitId,
    summary: `导出遗属名册 ${rows.length} 人`,
  })
  return {
    name: `遗属名册-${today}.xlsx`,
    sheet: {
      name: '遗属名册',
      columns: [
        { header: '遗属姓名', width: 12 },
        { header: '与亡故职工关系', width: 14 },
        { header: '出生日期', kind: 'date', width: 14 },
        { header: '居住地', width: 10 },
        { header: '供养理由', width: 16 },
        { header: '亡故职工', width: 12 },
        { header: '亡故日期', kind: 'date', width: 14 },
        { header: '单位', width: 28 },
        { header: '供养标准档', width: 12 },
        { header: '供养起始日期', kind: 'date', width: 14 },
        { header: '到期日期', kind: 'date', width: 14 },
        { header: '已发至月份', width: 12 },
        { header: '状态', width: 10 },
        { header: '退出日期', kind: 'date', width: 14 },
        { header: '退出原因', width: 14 },
      ],
      rows: rows.map((row) => [
        row.name,
        row.relation,
        row.bornOn,
        row.place,
        row.ground,
        row.deceasedName,
        row.diedOn,
        row.unitName,
        row.grade,
        row.entitledFrom,
        row.untilOn,
        row.lastPaid,
        STATES[row.state],
        row.endedOn,
        row.endReason,
      ]),
      filter: true,
      footer: [`共 ${rows.length} 人。${actor.name}于 ${today} 导出。含个人信息，请妥善保管。`],
    },
  }
}

/** A month's list with a place to sign. @throws Problem 403 | 404 */
export async function payBook(tx: Tx, actor: Actor, payId: number): Promise<Book> {
  const pay = await payById(tx, actor, payId)
  await requirePermission(tx, actor, 'survivors.export', pay.unitId, 'survivors.read')
  await audit(tx, actor, {
    action: 'survivors.export',
    objectKind: 'survivors-pay',
    objectId: payId,
    unitId: pay.unitId,
    summary: `导出 ${pay.month} 遗属抚恤金发放表`,
  })
  return {
    name: `遗属抚恤金发放表-${pay.month}.xlsx`,
    sheet: {
      name: pay.month,
      title: `${pay.unitName}${pay.month}遗属抚恤金发放表`,
      lead: [`资金来源：${pay.source}　状态：${PAY_STATES[pay.state]}`],
      columns: [
        { header: '序号', kind: 'integer', width: 8 },
        { header: '遗属姓名', width: 12 },
        { header: '亡故职工', width: 12 },
        { header: '关系', width: 10 },
        { header: '标准档', width: 12 },
        { header: '发放月份', width: 22 },
        { header: '金额（元）', kind: 'money', width: 14 },
        { header: '签名', width: 14 },
      ],
      rows: pay.lines.map((line, at) => [
        at + 1,
        line.name,
        line.deceasedName,
        line.relation,
        line.grade,
        line.months.join('、'),
        line.amountFen,
        '',
      ]),
      footer: [
        `合计 ${pay.people} 人，${(pay.totalFen / 100).toFixed(2)} 元。制表：${pay.preparedName}　审批：${pay.approvedName ?? ''}`,
      ],
    },
  }
}

/** Streams a workbook; who waits for it hears when it breaks. */
export function streamOf({ sheet }: Book): Readable {
  const stream = new PassThrough()
  void writeWorkbook(stream, [sheet]).catch((error: Error) => stream.destroy(error))
  return stream
}
