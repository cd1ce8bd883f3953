import { sql } from 'kysely'
import { allows, requirePermission, visibleTo } from '../../../kernel/access/access.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import { conflict, notFound, refused } from '../../../kernel/contract/problem.ts'
import type { Keys } from '../../../kernel/crypto/keys.ts'
import type { Db, Tx } from '../../../kernel/db/database.ts'
import { act } from '../../../kernel/lifecycle/act.ts'
import { machine, type Verb } from '../../../kernel/lifecycle/machine.ts'
import { unitById, type Unit } from '../../organisation/public.ts'
import type { Gender } from '../words.ts'
import { checkNumbers, joinUnion } from './person.ts'
import { COLUMNS, sealNumbers } from './secrets.ts'

/**
 * Joining by application: the person applies (also from a phone), the group or branch seconds it, the union's committee
 * decides (工会章程 第2条: 本人自愿申请，基层工会委员会批准).
 */
export type ApplicationState = 'submitted' | 'seconded' | 'returned' | 'admitted' | 'rejected' | 'withdrawn'

const approve = 'members.approve'
const withdraw = { verb: '撤回', to: 'withdrawn', permission: approve } as const
const reject = { verb: '否决', to: 'rejected', permission: approve } as const
const sendBack = { verb: '退回', to: 'returned', permission: approve } as const
export const applicationMachine = machine({
  id: 'members.application',
  objectKind: 'application',
  title: '入会申请',
  initial: 'draft',
  states: {
    draft: { title: '填写', moves: [{ verb: '提交', to: 'submitted', permission: approve }] },
    submitted: {
      title: '待小组（分会）意见',
      moves: [{ verb: '同意', to: 'seconded', permission: approve }, sendBack, reject, withdraw],
      waiting: { for: { permission: approve }, title: '待签意见' },
    },
    seconded: {
      title: '待委员会批准',
      moves: [{ verb: '同意', to: 'admitted', permission: approve }, sendBack, reject, withdraw],
      waiting: { for: { permission: approve }, title: '待批准入会' },
    },
    returned: {
      title: '已退回补充',
      moves: [{ verb: '提交', to: 'submitted', permission: approve }, withdraw],
      waiting: { for: 'submitter', title: '请补充后再提交' },
    },
    admitted: { title: '已入会', final: true, moves: [] },
    rejected: { title: '未批准', final: true, moves: [] },
    withdrawn: { title: '已撤回', final: true, moves: [] },
  },
  async visible(db, actor, id) {
    const found = await find(db, id)
    return !!found && sees(db, actor, found)
  },
})

const isOwn = (actor: Actor, application: Application): boolean =>
  application.accountId !== null && application.accountId === actor.accountId
const sees = async (db: Db | Tx, actor: Actor, application: Application): Promise<boolean> =>
  isOwn(actor, application) || (await allows(db, actor, 'members.read', application.unitId))

export interface Application {
  id: number
  unitId: number
  unitName: string
  name: string
  gender: Gender | null
  bornOn: string | null
  staffNo: string | null
  idLast4: string | null
  phoneLast4: string | null
  words: string | null
  source: 'desk' | 'phone'
  state: ApplicationState
  accountId: number | null
  personId: number | null
  submittedOn: string
  decidedOn: string | null
}

const columns = sql`a.id, a.unit_id as "unitId", u.name as "unitName", a.name, a.gender, a.born_on as "bornOn", a.staff_no as "staffNo",
  a.id_last4 as "idLast4", a.phone_last4 as "phoneLast4", a.words, a.source, a.state, a.account_id as "accountId",
  a.person_id as "personId", a.submitted_on as "submittedOn", a.decided_on as "decidedOn"`
const joined = sql`members.application a join organisation.unit u on u.id = a.unit_id`

async function find(db: Db | Tx, id: number): Promise<Application | undefined> {
  return (await sql<Application>`select ${columns} from ${joined} where a.id = ${id}`.execute(db)).rows[0]
}

/** Applications to the actor's units and the actor's own, open ones first. */
export async function listApplications(db: Db, actor: Actor): Promise<Application[]> {
  const { rows } = await sql<Application>`
    select ${columns} from ${joined}
    where ${visibleTo(actor, 'members.read', 'a.unit_id')} or (a.account_id = ${actor.accountId} and a.account_id <> 0)
    order by a.state in ('submitted', 'seconded', 'returned') desc, a.id desc limit 200`.execute(db)
  return rows
}

export interface ApplicationDraft {
  unitId: number
  name: string
  gender?: Gender | null
  bornOn?: string | null
  staffNo?: string | null
  idNo: string
  phone?: string | null
  words?: string | null
  source: 'desk' | 'phone'
}

/** Anyone signed in may apply to a unit that takes members; nothing is written to the roster before the committee decides. */
export async function apply(
  tx: Tx,
  actor: Actor,
  keys: Keys,
  draft: ApplicationDraft,
  today: string,
): Promise<Application> {
  const unit = await unitById(tx, draft.unitId)
  if (!unit || unit.dissolvedOn || ['committee', 'club'].includes(unit.type))
    throw refused('unit-unknown', '没有找到这个单位，请重新选择要加入的分会或小组。', { unitId: '没有这个单位' })
  const checked = checkNumbers(draft, today)
  const secrets = sealNumbers(keys, checked)
  const member = await sql`
    select 1 from members.person p join members.membership m on m.person_id = p.id and m.left_on is null
    where p.id_no_hash = ${secrets.idNoHash} and p.merged_into is null`.execute(tx)
  if (member.rows.length) throw conflict('already-member', '这个证件号码的人已是会员；调动单位的请办理会员转移。')
  const open =
    await sql`select 1 from members.application where id_no_hash = ${secrets.idNoHash} and state in ('submitted', 'seconded', 'returned')`.execute(
      tx,
    )
  if (open.rows.length) throw conflict('application-open', '这个证件号码已有一份入会申请在办理，请等待结果。')
  const { rows } = await sql<{ id: number }>`
    insert into members.application (unit_id, name, gender, born_on, staff_no, id_no_sealed, id_no_hash, id_last4, phone_sealed, phone_hash,
      phone_last4, words, source, account_id, submitted_on)
    values (${unit.id}, ${checked.name.trim()}, ${checked.gender ?? null}, ${checked.bornOn ?? null}::date, ${checked.staffNo?.trim() || null},
      ${secrets.idNoSealed}, ${secrets.idNoHash}, ${secrets.idLast4}, ${secrets.phoneSealed}, ${secrets.phoneHash}, ${secrets.phoneLast4},
      ${checked.words ?? null}, ${checked.source}, ${actor.accountId || null}, ${today}::date) returning id`.execute(tx)
  const application = (await find(tx, rows[0]!.id))!
  await act(tx, { ...actor, kind: 'system' }, applicationMachine, subjectOf(application, unit.id), '提交', { today })
  return application
}

const subjectOf = (application: Application, unitId: number) => ({
  id: application.id,
  unitId,
  title: `${application.name}加入${application.unitName}`,
  link: '/members/applications',
})

/** The unit whose word is asked next: the group or branch first, then the union whose committee decides. */
async function decidingUnit(tx: Tx, application: Application): Promise<Unit> {
  const unit = (await unitById(tx, application.unitId))!
  return application.state === 'seconded' ? (await unitById(tx, unit.layerId))! : unit
}

/**
 * One hand's act. The committee's 同意 makes the person a member from that day on. Where the application went straight to
 * a union without branches, the committee gives both words.
 */
export async function actOnApplication(
  tx: Tx,
  actor: Actor,
  keys: Keys,
  id: number,
  verb: Extract<Verb, '提交' | '同意' | '退回' | '否决' | '撤回'>,
  words: string | undefined,
  today: string,
): Promise<Application> {
  const application = await find(tx, id)
  if (!application || !(await sees(tx, actor, application))) throw notFound('申请')
  const unit = await decidingUnit(tx, application)
  if (verb === '提交' && !isOwn(actor, application)) await requirePermission(tx, actor, 'members.write', unit.id)
  const open = application.state === 'submitted' || application.state === 'seconded'
  if (open && verb !== '提交' && verb !== '撤回') await requirePermission(tx, actor, approve, unit.id)
  const next = verb === '同意' && application.state === 'submitted' ? unit.layerId : unit.id
  // The permission over the deciding unit was asked above; the subject's unit may be the next one's already.
  const { to } = await act(
    tx,
    verb === '撤回' ? actor : { ...actor, kind: 'system' },
    applicationMachine,
    subjectOf(application, next),
    verb,
    { today, words },
  )
  const personId = to === 'admitted' ? await admit(tx, actor, keys, application, today) : null
  await sql`
    update members.application set state = ${to}, person_id = ${personId}, version = version + 1,
      decided_on = case when ${to} in ('admitted', 'rejected') then ${today}::date end
    where id = ${id}`.execute(tx)
  return (await find(tx, id))!
}

async function admit(tx: Tx, actor: Actor, keys: Keys, application: Application, today: string): Promise<number> {
  const { rows } = await sql<{ idNo: Buffer | null; phone: Buffer | null }>`
    select id_no_sealed as "idNo", phone_sealed as phone from members.application where id = ${application.id}`.execute(
    tx,
  )
  const { idNo, phone } = rows[0]!
  return joinUnion(
    tx,
    actor,
    keys,
    {
      name: application.name,
      unitId: application.unitId,
      gender: application.gender,
      bornOn: application.bornOn,
      staffNo: application.staffNo,
      joinedOn: today,
      document: `入会申请 ${application.id} 号`,
      idNo: idNo && keys.open(idNo, COLUMNS.idNo),
      phone: phone && keys.open(phone, COLUMNS.phone),
    },
    today,
  )
}
