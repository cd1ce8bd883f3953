import type { Writable } from 'node:stream'
import { sql } from 'kysely'
import type { Actor } from '../../../kernel/access/actor.ts'
import { audit } from '../../../kernel/audit/audit.ts'
import { scopeOf } from '../../../kernel/access/access.ts'
import { forbidden } from '../../../kernel/contract/problem.ts'
import type { Keys } from '../../../kernel/crypto/keys.ts'
import { maskLast4 } from '../../../kernel/crypto/mask.ts'
import type { Db } from '../../../kernel/db/database.ts'
import { printForm } from '../../../kernel/documents/form.ts'
import { writeWorkbook, type OutputRow } from '../../../kernel/xlsx/write.ts'
import { GENDERS, MEMBERSHIP_STATES } from '../words.ts'
import { eachMember, type MemberQuery, type MemberRow } from './list.ts'
import { COLUMNS as SHEET } from './roster-read.ts'
import { COLUMNS as SEALED } from './secrets.ts'

export interface ExportRequest {
  query: MemberQuery
  reason: string
  /** Numbers as they are: needs `members.reveal` wherever the list may show people. */
  unmasked: boolean
  /** `YYYY-MM-DD` */
  today: string
}

/** Refuses unless the actor may export whatever the list shows; writes who exported what and why. */
export async function authoriseExport(db: Db, actor: Actor, request: ExportRequest): Promise<void> {
  for (const permission of ['members.export', ...(request.unmasked ? ['members.reveal'] : [])])
    if (!covers(actor, permission))
      throw forbidden(permission === 'members.export' ? '导出花名册' : '查看证件、电话、银行卡原文')
  await db.transaction().execute((tx) =>
    audit(tx, actor, {
      action: 'members.export',
      objectKind: 'roster',
      unitId: request.query.unitId ?? null,
      summary: `导出花名册${request.unmasked ? '（含证件、电话、银行卡原文）' : ''}：${request.reason}`,
      detail: { query: request.query },
    }),
  )
}

/** The permission reaches at least as far as `members.read` does: what is listed may be exported, or nothing is. */
function covers(actor: Actor, permission: string): boolean {
  const [read, other] = [scopeOf(actor, 'members.read'), scopeOf(actor, permission)]
  return (
    other.everywhere ||
    (!read.everywhere &&
      read.below.every((unit) => other.below.includes(unit)) &&
      read.exactly.every((unit) => other.exactly.includes(unit) || other.below.includes(unit)) &&
      (other.below.length > 0 || other.exactly.length > 0))
  )
}

const masked = { ...SHEET, idNo: { header: '证件号码后四位' }, phone: { header: '手机号后四位' } }

/**
 * Writes the roster as a workbook; with the numbers unmasked it has the import sheet's layout and can go in again.
 * Streams: memory doesn't grow with the rows.
 */
export async function writeRoster(
  db: Db,
  keys: Keys,
  actor: Actor,
  request: ExportRequest,
  out: string | Writable,
): Promise<void> {
  const headers = request.unmasked ? SHEET : masked
  let people = 0
  async function* rows(): AsyncGenerator<OutputRow> {
    for await (const page of eachMember(db, actor, request.query)) {
      const numbers = request.unmasked ? await openNumbers(db, keys, page) : null
      for (const member of page) {
        people++
        const open = numbers?.get(member.id)
        yield [
          member.name,
          member.gender && GENDERS[member.gender],
          open ? open.idNo : member.idLast4,
          member.bornOn,
          member.staffNo,
          open ? open.phone : member.phoneLast4,
          member.unitName,
          member.joinedOn,
          MEMBERSHIP_STATES[member.state],
          member.tags.join('、'),
          member.employment,
          ...(open ? [open.bank] : []),
        ]
      }
    }
  }
  await writeWorkbook(out, [
    {
      name: '会员花名册',
      columns: [
        { header: headers.name.header, width: 12 },
        { header: headers.gender.header, width: 8 },
        { header: headers.idNo.header, width: 22 },
        { header: headers.bornOn.header, kind: 'date', width: 14 },
        { header: headers.staffNo.header, width: 14 },
        { header: headers.phone.header, width: 16 },
        { header: headers.unit.header, width: 28 },
        { header: headers.joinedOn.header, kind: 'date', width: 14 },
        { header: headers.state.header, width: 12 },
        { header: headers.tags.header, width: 24 },
        { header: headers.employment.header, width: 12 },
        ...(request.unmasked ? [{ header: headers.bank.header, width: 24 }] : []),
      ],
      rows: rows(),
      filter: true,
      footer: () => [
        `共 ${people} 人。${actor.name}于 ${request.today} 导出，事由：${request.reason}。含个人信息，请妥善保管。`,
      ],
    },
  ])
}

async function openNumbers(
  db: Db,
  keys: Keys,
  page: readonly MemberRow[],
): Promise<Map<number, { idNo: string; phone: string; bank: string }>> {
  const { rows } = await sql<{ id: number; idNo: Buffer | null; phone: Buffer | null; bank: Buffer | null }>`
    select id, id_no_sealed as "idNo", phone_sealed as phone, bank_sealed as bank from members.person
    where id = any(${page.map((member) => member.id)}::bigint[])`.execute(db)
  return new Map(
    rows.map((row) => [
      row.id,
      {
        idNo: row.idNo ? keys.open(row.idNo, SEALED.idNo) : '',
        phone: row.phone ? keys.open(row.phone, SEALED.phone) : '',
        bank: row.bank ? keys.open(row.bank, SEALED.bank) : '',
      },
    ]),
  )
}

const PRINTED_AT_MOST = 3000

/** The roster as a printable page, numbers masked; very long ones are cut and say so. */
export async function printRoster(db: Db, actor: Actor, unitName: string, request: ExportRequest): Promise<string> {
  const members: MemberRow[] = []
  for await (const page of eachMember(db, actor, request.query)) {
    members.push(...page)
    if (members.length >= PRINTED_AT_MOST) break
  }
  const shown = members.slice(0, PRINTED_AT_MOST)
  return printForm({
    title: '工会会员花名册',
    left: `单位：${unitName}`,
    right: `日期：${request.today}`,
    landscape: true,
    lines: {
      columns: [
        '序号',
        '姓名',
        '性别',
        '出生日期',
        '工号',
        '证件号码',
        '所在分会（小组）',
        '入会日期',
        '会籍',
        '身份标签',
      ].map((title) => ({ title })),
      rows: shown.map((member, index) => [
        String(index + 1),
        member.name,
        member.gender ? GENDERS[member.gender] : '',
        member.bornOn ?? '',
        member.staffNo ?? '',
        maskLast4(member.idLast4),
        member.unitName,
        member.joinedOn ?? '',
        MEMBERSHIP_STATES[member.state],
        member.tags.join('、'),
      ]),
    },
    signatures: ['制表人', '工会主席'],
    note: `共 ${shown.length} 人${members.length >= PRINTED_AT_MOST ? `（超过 ${PRINTED_AT_MOST} 人，只印出前面的，请按分会分别打印）` : ''}。${actor.name}于 ${request.today} 打印。`,
    watermark: actor.name,
  })
}
