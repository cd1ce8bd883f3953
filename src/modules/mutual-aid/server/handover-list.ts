import { PassThrough, type Readable } from 'node:stream'
import { sql } from 'kysely'
import { requirePermission } from '../../../kernel/access/access.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import { audit } from '../../../kernel/audit/audit.ts'
import { notFound } from '../../../kernel/contract/problem.ts'
import type { Db } from '../../../kernel/db/database.ts'
import { writeWorkbook } from '../../../kernel/xlsx/write.ts'
import { planById } from './plans.ts'

interface Line {
  name: string
  gender: string
  bornOn: string | null
  idLast4: string | null
  unitName: string
  enrolledOn: string
  unbroken: boolean
  paidOn: string
}

/**
 * The list of one hand-over as the mutual-aid organisation takes it: as it was handed over, however often it is fetched. Identity
 * numbers by their last four digits; whoever must give them whole exports the roster, which asks for a reason.
 * @throws Problem 403 | 404
 */
export async function handoverList(
  db: Db,
  actor: Actor,
  handoverId: number,
): Promise<{ name: string; stream: Readable }> {
  const { rows } = await sql<{ planId: number; unitId: number; unitName: string; handedOn: string }>`
    select h.plan_id as "planId", h.unit_id as "unitId", u.name as "unitName", h.handed_on as "handedOn"
    from mutual_aid.handover h join kernel.unit_name u on u.id = h.unit_id where h.id = ${handoverId}`.execute(db)
  const [list] = rows
  if (!list) throw notFound('上交名单')
  await requirePermission(db, actor, 'mutual-aid.export', list.unitId, 'mutual-aid.read')
  const plan = await planById(db, list.planId)
  const people = await sql<Line>`
    select n.name, case m.gender when 'm' then '男' when 'f' then '女' else '' end as gender, m.born_on as "bornOn",
      m.id_last4 as "idLast4", u.name as "unitName", e.enrolled_on as "enrolledOn", e.unbroken, e.paid_on as "paidOn"
    from mutual_aid.enrolment e join kernel.person_name n on n.id = e.person_id join members.person m on m.id = e.person_id
    join kernel.unit_name u on u.id = e.unit_id where e.handover_id = ${handoverId} order by u.name, n.name, e.id`.execute(
    db,
  )
  await db.transaction().execute((tx) =>
    audit(tx, actor, {
      action: 'mutual-aid.export',
      objectKind: 'mutual-aid-handover',
      objectId: handoverId,
      unitId: list.unitId,
      summary: `导出“${plan.title}”上交名单 ${people.rows.length} 人`,
    }),
  )
  const stream = new PassThrough()
  // A broken download ends the stream; there is nobody left to tell.
  void writeWorkbook(stream, [
    {
      name: '参加名单',
      title: `${plan.title}参加名单`,
      lead: [`填报单位：${list.unitName}　承办机构：${plan.organiser}　上交日期：${list.handedOn}`],
      columns: [
        { header: '序号', kind: 'integer', width: 8 },
        { header: '姓名', width: 12 },
        { header: '性别', width: 8 },
        { header: '出生日期', kind: 'date', width: 14 },
        { header: '证件号码后四位', width: 16 },
        { header: '单位', width: 28 },
        { header: '新保续保', width: 10 },
        { header: '参加日期', kind: 'date', width: 14 },
        { header: '缴费日期', kind: 'date', width: 14 },
        { header: '缴费（元）', kind: 'money', width: 12 },
      ],
      rows: people.rows.map((row, at) => [
        at + 1,
        row.name,
        row.gender,
        row.bornOn,
        row.idLast4,
        row.unitName,
        row.unbroken ? '续保' : '新保',
        row.enrolledOn,
        row.paidOn,
        plan.premiumFen,
      ]),
      footer: [`共 ${people.rows.length} 人。含个人信息，请妥善保管。`],
    },
  ]).catch((error: Error) => stream.destroy(error))
  return { name: `${plan.title}-名单-${list.handedOn}.xlsx`, stream }
}
