import { sql } from 'kysely'
import { allows, requirePermission, visibleTo } from '../../../kernel/access/access.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import { audit } from '../../../kernel/audit/audit.ts'
import { addDays } from '../../../kernel/calendar/days.ts'
import { notFound, refused } from '../../../kernel/contract/problem.ts'
import type { Db, Tx } from '../../../kernel/db/database.ts'
import { keepRecords } from '../../../kernel/register/kept.ts'
import { smallestGroup } from '../../../kernel/small-groups/threshold.ts'
import { addLines, changeLines, dropLines, type KeptLine } from '../../../kernel/register/kept-lines.ts'
import { bookOf } from '../../funds/public.ts'
import { fundraisings } from '../../hardship/public.ts'
import { rosterOn } from '../../members/public.ts'
import { publish } from '../../openness/public.ts'
import { agreed } from '../../privacy/public.ts'
import type { DriveDetail, DriveEntry, DriveInput, DriveRow, DriveUse, OwnDrive } from '../contract.ts'
import { donations } from '../registers/giving.ts'
import { type Cause, CAUSES } from '../words.ts'

const registerOf = (cause: Cause) => (cause === 'society' ? donations : fundraisings)

const columns = sql`d.id, d.unit_id as "unitId", u.name as "unitName", d.cause, d.title, d.purpose, d.beneficiary,
  d.target_fen as "targetFen", d.start_on as "startOn", d.until_on as "untilOn", d.state, d.people,
  d.deposited_fen as "depositedFen", d.thanked_on as "thankedOn", d.record_id as "recordId",
  (select count(*)::int from charity.drive_entry e where e.drive_id = d.id and e.amount_fen > 0) as donors,
  (select coalesce(sum(e.amount_fen), 0)::bigint from charity.drive_entry e where e.drive_id = d.id) as "givenFen",
  (select coalesce(sum(x.amount_fen), 0)::bigint from charity.drive_use x where x.drive_id = d.id and x.state = 'paid') as "usedFen"`

type Drive = DriveRow & { beneficiary: string | null; recordId: number }

export async function listDrives(db: Db, actor: Actor, unitId: number, year: number): Promise<DriveRow[]> {
  const { rows } = await sql<Drive>`
    select ${columns} from charity.drive d join kernel.unit_name u on u.id = d.unit_id
    where extract(year from d.start_on) = ${year} and ${visibleTo(actor, 'charity.read', 'd.unit_id')} and exists (
      select from kernel.closure c where c.ancestor_id = ${unitId} and c.descendant_id = d.unit_id and c.valid_to = 'infinity')
    order by d.start_on desc, d.id desc limit 200`.execute(db)
  return rows.map(({ beneficiary: _, recordId: __, ...row }) => row)
}

/** Whoever keeps drives sees them, and so does whoever signs or pays for the union's book. @throws Problem 404 */
export async function driveById(db: Db | Tx, actor: Actor, id: number, lock = false): Promise<Drive> {
  if (lock) await sql`select 1 from charity.drive where id = ${id} for update`.execute(db)
  const { rows } = await sql<Drive>`
    select ${columns} from charity.drive d join kernel.unit_name u on u.id = d.unit_id
    where d.id = ${id} and (${visibleTo(actor, 'charity.read', 'd.unit_id')} or ${visibleTo(actor, 'funds.read', 'd.unit_id')})`.execute(
    db,
  )
  if (!rows[0]) throw notFound('募捐')
  return rows[0]
}

export async function driveDetail(db: Db, actor: Actor, id: number): Promise<DriveDetail> {
  const { recordId: _, ...drive } = await driveById(db, actor, id)
  const { rows: uses } = await sql<DriveUse>`
    select id, what, payee, amount_fen as "amountFen", state, asked_name as "askedName", decided_name as "decidedName", words,
      paid_on as "paidOn", voucher_id as "voucherId" from charity.drive_use where drive_id = ${id} order by id`.execute(
    db,
  )
  const book = await bookOf(db, drive.unitId)
  const may = async (permission: string): Promise<boolean> =>
    book !== null && (await allows(db, actor, permission, book.unitId))
  return {
    ...drive,
    uses,
    mayRun: await allows(db, actor, 'charity.write', drive.unitId),
    mayGrant: await may('funds.sign'),
    mayPay: await may('funds.pay'),
  }
}

/** Who was asked and who gave. What somebody gave is for those who run the drive. @throws Problem 403 | 404 */
export async function entriesOf(
  db: Db,
  actor: Actor,
  id: number,
  filter: { q?: string; after?: number; given?: boolean },
): Promise<{ rows: DriveEntry[]; next: number | null }> {
  const drive = await driveById(db, actor, id)
  await requirePermission(db, actor, 'charity.write', drive.unitId)
  const size = 50
  const q = filter.q?.trim()
  const { rows } = await sql<DriveEntry>`
    select e.no, p.name as "personName", u.name as "unitName", e.amount_fen as "amountFen", e.given_on as "givenOn"
    from charity.drive_entry e join kernel.person_name p on p.id = e.person_id join kernel.unit_name u on u.id = e.unit_id
    where e.drive_id = ${id} and e.no > ${filter.after ?? 0} ${filter.given ? sql`and e.amount_fen > 0` : sql``}
      ${q ? sql`and (p.name like ${`%${q.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`} or p.staff_no = ${q})` : sql``}
    order by e.no limit ${size + 1}`.execute(db)
  const more = rows.length > size
  if (more) rows.pop()
  return { rows, next: more ? rows.at(-1)!.no : null }
}

/** Calls for gifts: the roster is who is asked, the m of «n of m». @throws Problem 403 | 404, 422 `nobody` */
export async function openDrive(tx: Tx, actor: Actor, draft: DriveInput): Promise<{ id: number; people: number }> {
  await requirePermission(tx, actor, 'charity.write', draft.unitId, 'charity.read')
  const { rows } = await sql<{ id: number }>`
    insert into charity.drive (unit_id, cause, title, purpose, beneficiary, target_fen, start_on, until_on, created_by)
    values (${draft.unitId}, ${draft.cause}, ${draft.title}, ${draft.purpose}, ${draft.beneficiary ?? null}, ${draft.targetFen ?? null},
      ${draft.startOn}::date, ${draft.untilOn}::date, ${actor.accountId}) returning id`.execute(tx)
  const id = rows[0]!.id
  const { rows: roster } = await sql<{ no: number; personId: number }>`
    with member as (${rosterOn(draft.unitId, draft.startOn, 'all')})
    insert into charity.drive_entry (drive_id, no, person_id, unit_id)
    select ${id}, row_number() over (order by sort_key, unit_id, name, id), id, unit_id from member
    returning no, person_id as "personId"`.execute(tx)
  if (!roster.length) throw refused('nobody', '这个单位在这一天没有会员，不能发起募捐。')
  const people = roster.length
  const [recordId] = await keepRecords(tx, actor, registerOf(draft.cause), [
    {
      keptBy: `charity/drives/${id}`,
      draft: {
        unitId: draft.unitId,
        happenedOn: draft.startOn,
        title: draft.title,
        fields:
          draft.cause === 'society'
            ? { purpose: draft.purpose, ...(draft.beneficiary && { recipient: draft.beneficiary }) }
            : { kind: CAUSES[draft.cause], ...(draft.beneficiary && { beneficiary: draft.beneficiary }) },
        ...(draft.cause !== 'society' && {
          lines: roster
            .toSorted((one, other) => one.no - other.no)
            .map(({ personId }) => ({ personId, fields: { done: false } })),
        }),
      },
    },
  ])
  await sql`update charity.drive set people = ${people}, record_id = ${recordId!} where id = ${id}`.execute(tx)
  await told(tx, actor, { id, unitId: draft.unitId }, 'charity.open-drive', `发起“${draft.title}”，动员 ${people} 人`)
  return { id, people }
}

export const told = (tx: Tx, actor: Actor, drive: { id: number; unitId: number }, action: string, summary: string) =>
  audit(tx, actor, { action, objectKind: 'charity-drive', objectId: drive.id, unitId: drive.unitId, summary })

/**
 * Writes down what people gave, as the sum of each so far; a nought takes an entry back. What stands in the books already
 * can't be taken back here.
 * @throws Problem 403 | 404, 422 `closed` | `in-future` | `before-start` | `named-twice` | `deposited`
 */
export async function recordGifts(
  tx: Tx,
  actor: Actor,
  id: number,
  input: { on: string; gifts: readonly { no: number; amountFen: number }[] },
  today: string,
): Promise<void> {
  const drive = await driveById(tx, actor, id, true)
  await requirePermission(tx, actor, 'charity.write', drive.unitId)
  if (drive.state === 'closed') throw refused('closed', '这次募捐已经结束。')
  if (input.on > today) throw refused('in-future', '捐款日期不能晚于今天。', { on: '不能晚于今天' })
  if (input.on < drive.startOn)
    throw refused('before-start', `捐款日期不能早于开始的 ${drive.startOn}。`, { on: '不能早于开始日期' })
  const nos = input.gifts.map((gift) => gift.no)
  if (new Set(nos).size < nos.length)
    throw refused('named-twice', '同一个人写了两次，请合并金额。', { gifts: '有重复的人' })
  const { rows } = await sql<{ no: number; personId: number; before: number; amountFen: number }>`
    with old as (select no, amount_fen from charity.drive_entry where drive_id = ${id} and no = any(${nos}::int[]) for update)
    update charity.drive_entry e set amount_fen = t.fen, given_on = case when t.fen > 0 then ${input.on}::date end
    from unnest(${nos}::int[], ${input.gifts.map((gift) => gift.amountFen)}::bigint[]) as t (no, fen), old
    where e.drive_id = ${id} and e.no = t.no and old.no = t.no
    returning e.no, e.person_id as "personId", old.amount_fen as before, e.amount_fen as "amountFen"`.execute(tx)
  if (rows.length < nos.length) throw notFound('名单上的人')
  const after = drive.givenFen + rows.reduce((sum, row) => sum + row.amountFen - row.before, 0)
  if (after < drive.depositedFen)
    throw refused('deposited', '这笔捐款已经入账，不能在这里改少。确有错误的，请会计更正凭证。')
  const line = (row: (typeof rows)[number]): KeptLine => ({
    lineNo: row.no,
    personId: row.personId,
    fields:
      drive.cause === 'society'
        ? { kind: '款', amount: row.amountFen }
        : { done: row.amountFen > 0, ...(row.amountFen > 0 && { amount: row.amountFen }) },
  })
  if (drive.cause === 'society') {
    await dropLines(
      tx,
      actor,
      drive.recordId,
      rows.filter((row) => row.before > 0).map((row) => row.no),
      '更正捐款',
    )
    await addLines(tx, actor, donations, drive.recordId, rows.filter((row) => row.amountFen > 0).map(line))
  } else await changeLines(tx, actor, fundraisings, drive.recordId, rows.map(line), '登记捐款')
  await told(tx, actor, drive, 'charity.gifts', `“${drive.title}”登记捐款 ${rows.length} 人`)
}

/** Ends the drive. @throws Problem 403 | 404, 422 `closed` | `not-deposited` */
export async function closeDrive(tx: Tx, actor: Actor, id: number): Promise<void> {
  const drive = await driveById(tx, actor, id, true)
  await requirePermission(tx, actor, 'charity.write', drive.unitId)
  if (drive.state === 'closed') throw refused('closed', '这次募捐已经结束。')
  if (drive.givenFen > drive.depositedFen && (await bookOf(tx, drive.unitId)))
    throw refused('not-deposited', '还有捐款没有交出纳入账，入账后才能结束。')
  await sql`update charity.drive set state = 'closed' where id = ${id}`.execute(tx)
  await told(tx, actor, drive, 'charity.close-drive', `结束“${drive.title}”，${drive.donors} 人捐款`)
}

/**
 * Thanks on the board: how many of how many gave, how much, what for. Named are those alone who said yes to it; of fewer
 * than five givers no sum is told, which would say what each gave.
 * @throws Problem 403 | 404, 422 `nobody-gave` | `thanked`
 */
export async function thank(tx: Tx, actor: Actor, id: number, today: string): Promise<{ body: string }> {
  const drive = await driveById(tx, actor, id, true)
  await requirePermission(tx, actor, 'charity.write', drive.unitId)
  if (drive.thankedOn) throw refused('thanked', `已在 ${drive.thankedOn} 公开致谢。`)
  if (!drive.donors) throw refused('nobody-gave', '还没有人捐款。')
  const { rows: donors } = await sql<{ personId: number; name: string; named: boolean | null }>`
    select p.id as "personId", p.name, e.named from charity.drive_entry e join kernel.person_name p on p.id = e.person_id
    where e.drive_id = ${id} and e.amount_fen > 0 and e.named is distinct from false order by e.no limit 2000`.execute(
    tx,
  )
  // The word on this drive goes before the general one.
  const always = await agreed(
    tx,
    donors.map((donor) => donor.personId),
    'named',
  )
  const rows = donors.filter((donor) => donor.named ?? always.has(donor.personId))
  // Of few givers a sum would say who gave what; of few others, the two counts would say who didn't.
  const smallest = await smallestGroup(tx)
  const others = drive.people - drive.donors
  const body = [
    drive.donors < smallest || (others > 0 && others < smallest)
      ? `“${drive.title}”得到了同事们的支持，工会谨此致谢。`
      : `“${drive.title}”共有 ${drive.donors} 人捐款（动员 ${drive.people} 人），捐款 ${(drive.givenFen / 100).toFixed(2)} 元，全部用于${drive.purpose}。工会谨此致谢。`,
    ...(rows.length ? [`同意公布姓名的捐款人：${rows.map((row) => row.name).join('、')}。`] : []),
  ].join('\n\n')
  await publish(tx, actor, {
    unitId: drive.unitId,
    title: `${drive.title}致谢`,
    category: '职工福利',
    body,
    from: today,
    until: addDays(today, 30),
    audience: 'layer',
    source: `charity/drives/${id}`,
  })
  await sql`update charity.drive set thanked_on = ${today}::date where id = ${id}`.execute(tx)
  await told(tx, actor, drive, 'charity.thank', `公开致谢“${drive.title}”`)
  return { body }
}

/** One's own gifts, and whether one wants to be named. */
export async function ownDrives(db: Db, personId: number): Promise<OwnDrive[]> {
  const { rows } = await sql<OwnDrive>`
    select d.id, d.title, d.purpose, d.until_on as "untilOn", d.state, e.amount_fen as "amountFen", e.named
    from charity.drive_entry e join charity.drive d on d.id = e.drive_id
    where e.person_id = ${personId} and (d.state = 'open' or e.amount_fen > 0) order by d.start_on desc limit 50`.execute(
    db,
  )
  return rows
}

/** A donor's own word on being named. @throws Problem 404 */
export async function setNamed(tx: Tx, actor: Actor, id: number, named: boolean): Promise<void> {
  const { numAffectedRows } = await sql`
    update charity.drive_entry set named = ${named} where drive_id = ${id} and person_id = ${actor.personId}`.execute(
    tx,
  )
  if (!numAffectedRows) throw notFound('募捐')
}
