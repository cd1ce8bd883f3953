import { sql } from 'kysely'
import { allows } from '../../../kernel/access/access.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import { audit } from '../../../kernel/audit/audit.ts'
import { conflict, notFound, refused } from '../../../kernel/contract/problem.ts'
import { openKeys } from '../../../kernel/crypto/keys.ts'
import type { Tx } from '../../../kernel/db/database.ts'
import { actsOf, writeAct, type Act } from '../../../kernel/lifecycle/act.ts'
import { closeTodo, openTodo } from '../../../kernel/lifecycle/todos.ts'
import type { ApplicationInput, Terms } from '../contract.ts'
import type { Application } from '../member-contract.ts'
import { openAid } from './opening.ts'

const select = (actor: Actor) => sql`
  select a.id, a.cycle_id as "cycleId", g.title as programme, c.title as cycle, g.kind, c.closes_on as "closesOn",
    a.person_id as "personId", p.name as "personName", a.unit_id as "unitId", u.name as "unitName", a.state, a.words,
    a.asked_fen as "askedFen", a.papers, r.terms -> 'papers' as needed, a.student, a.stage, a.school,
    a.student_hash is not null as "hasStudentNo", a.returned_why as "returnedWhy", a.submitted_on as "submittedOn", a.version,
    coalesce(a.person_id = ${actor.personId}, false) as own, c.state = 'draft' as open
  from aid.application a join aid.cycle c on c.id = a.cycle_id join aid.programme g on g.id = c.programme_id
    join aid.rule r on r.id = c.rule_id join kernel.person_name p on p.id = a.person_id join kernel.unit_name u on u.id = a.unit_id`

/** One's own, or as an officer who may see names. @throws Problem 404 */
export async function applicationById(tx: Tx, actor: Actor, applicationId: number): Promise<Application> {
  const { rows } = await sql<Application>`${select(actor)} where a.id = ${applicationId}`.execute(tx)
  const [found] = rows
  if (!found || (!found.own && !(await allows(tx, actor, 'aid.read-confidential', found.unitId))))
    throw notFound('帮扶申请')
  return found
}

/** The same with what happened to it. */
export const openApplication = async (
  tx: Tx,
  actor: Actor,
  applicationId: number,
): Promise<Application & { acts: Act[] }> => ({
  ...(await applicationById(tx, actor, applicationId)),
  acts: await actsOf(tx, 'aid-application', applicationId),
})

/** Applications of a cycle for the officer, the newest first. */
export async function applicationsOf(tx: Tx, actor: Actor, cycleId: number, unitId: number): Promise<Application[]> {
  if (!(await allows(tx, actor, 'aid.read-confidential', unitId))) throw notFound('帮扶批次')
  const { rows } = await sql<Application>`${select(actor)}
    where a.cycle_id = ${cycleId} and a.state in ('submitted', 'returned') order by a.id desc limit 500`.execute(tx)
  return rows
}

interface Window {
  id: number
  title: string
  unitId: number
  state: string
  terms: Terms
  opensOn: string
  closesOn: string
}

/** The cycle somebody applies to, where it takes applications from the person's union. @throws Problem 404, 422 */
async function windowFor(tx: Tx, cycleId: number, unitId: number, today: string): Promise<Window> {
  const { rows } = await sql<Window>`
    select c.id, g.title || '·' || c.title as title, c.unit_id as "unitId", c.state, r.terms, c.opens_on as "opensOn", c.closes_on as "closesOn"
    from aid.cycle c join aid.programme g on g.id = c.programme_id join aid.rule r on r.id = c.rule_id
    where c.id = ${cycleId} and exists (select from kernel.closure k where k.ancestor_id = c.unit_id and k.descendant_id = ${unitId}
      and k.valid_to = 'infinity')`.execute(tx)
  const cycle = rows[0]
  if (!cycle) throw notFound('帮扶批次')
  if (cycle.terms.pool !== 'applications')
    throw refused('not-needed', '这个项目由工会按档案或名册拟定名单，不需要申请。')
  if (cycle.state !== 'draft') throw refused('decided', '这一批次已经拟定名单，不再接受申请。有异议的可以申诉。')
  if (today < cycle.opensOn || today > cycle.closesOn)
    throw refused('not-open', `申请时间是 ${cycle.opensOn} 至 ${cycle.closesOn}，今天不在其中。`)
  return cycle
}

/**
 * Begins an application: for oneself from a phone, or an officer for a member. It is a draft until it is submitted, so
 * that photos can be added one by one over a bad line.
 * @throws Problem 404, 409 `applied-already`, 422 `not-needed` | `decided` | `not-open` | `person-unknown`
 */
export async function beginApplication(
  tx: Tx,
  actor: Actor,
  draft: ApplicationInput & { cycleId: number; personId: number | null },
  dataDir: string,
  today: string,
): Promise<{ id: number }> {
  await openAid(tx, actor)
  const personId = draft.personId ?? actor.personId
  const { rows: people } = await sql<{ unitId: number }>`
    select unit_id as "unitId" from kernel.person_name where id = ${personId} and kind = 'member' and merged_into is null`.execute(
    tx,
  )
  const unitId = people[0]?.unitId
  if (!unitId || (personId !== actor.personId && !(await officerAt(tx, actor, unitId))))
    throw refused('person-unknown', '会员名册里没有这个人，请从名册中选择。', { personId: '请从名册中选择' })
  const cycle = await windowFor(tx, draft.cycleId, unitId, today)
  const { rows } = await sql<{ id: number }>`
    insert into aid.application (cycle_id, unit_id, person_id, words, asked_fen, papers, student, stage, school, student_hash, created_by)
    values (${cycle.id}, ${unitId}, ${personId}, ${draft.words}, ${draft.askedFen}, ${draft.papers}, ${draft.student}, ${draft.stage},
      ${draft.school}, ${hashOf(dataDir, draft.studentNo)}, ${actor.accountId})
    on conflict (cycle_id, person_id) where state <> 'withdrawn' do nothing returning id`.execute(tx)
  if (!rows[0]) throw conflict('applied-already', '这一批次已经有申请，请打开原来的申请继续办理。')
  return rows[0]
}

const officerAt = async (tx: Tx, actor: Actor, unitId: number): Promise<boolean> =>
  (await allows(tx, actor, 'aid.write', unitId)) && (await allows(tx, actor, 'aid.read-confidential', unitId))

const hashOf = (dataDir: string, studentNo: string | null): Buffer | null =>
  studentNo ? openKeys(dataDir).keyedHash(studentNo.toUpperCase(), 'aid-student') : null

/** Locks an application that may still be changed, by the person or an officer. @throws Problem 404, 422 `decided` | `not-now` */
async function lockOpen(tx: Tx, actor: Actor, applicationId: number): Promise<Application> {
  await openAid(tx, actor)
  await sql`select from aid.application where id = ${applicationId} for update`.execute(tx)
  const found = await applicationById(tx, actor, applicationId)
  if (!found.own && !(await officerAt(tx, actor, found.unitId))) throw notFound('帮扶申请')
  if (!found.open) throw refused('decided', '这一批次已经拟定名单，申请不能再改。有异议的可以申诉。')
  return found
}

/** Keeps what was typed so far. @throws Problem 404, 409 `stale`, 422 `decided` | `not-now` */
export async function saveApplication(
  tx: Tx,
  actor: Actor,
  applicationId: number,
  draft: ApplicationInput & { version: number },
  dataDir: string,
): Promise<{ version: number }> {
  const found = await lockOpen(tx, actor, applicationId)
  if (!['draft', 'returned'].includes(found.state)) throw refused('not-now', '申请已经提交，要修改请先撤回。')
  if (found.version !== draft.version) throw conflict('stale', '这份申请刚在别处修改过，请刷新后再改。')
  await sql`update aid.application set words = ${draft.words}, asked_fen = ${draft.askedFen}, papers = ${draft.papers},
    student = ${draft.student}, stage = ${draft.stage}, school = ${draft.school},
    student_hash = ${draft.studentNo ? hashOf(dataDir, draft.studentNo) : sql`student_hash`}, version = version + 1 where id = ${applicationId}`.execute(
    tx,
  )
  return { version: found.version + 1 }
}

/**
 * Submits: the reason and, for scholarships, the student have to be there; papers may be amiss, which the decision says.
 * @throws Problem 404, 422 `decided` | `not-now` | `not-open` | `words-missing` | `student-missing`
 */
export async function submitApplication(tx: Tx, actor: Actor, applicationId: number, today: string): Promise<void> {
  const found = await lockOpen(tx, actor, applicationId)
  if (!['draft', 'returned'].includes(found.state)) throw refused('not-now', '申请已经提交，或已撤回。')
  // A returned one may be mended after the window has closed, for the delay isn't the person's.
  if (found.state === 'draft') await windowFor(tx, found.cycleId, found.unitId, today)
  if (found.words.length < 4)
    throw refused('words-missing', '请用一两句话写明申请的理由。', { words: '请写明申请的理由（至少 4 个字）' })
  if (found.kind === 'school' && (!found.student || !found.stage || !found.hasStudentNo))
    throw refused('student-missing', '助学申请要写明学生、学段和学籍号（或准考证号）。', {
      ...(!found.student && { student: '请填写学生姓名' }),
      ...(!found.stage && { stage: '请选择学段' }),
      ...(!found.hasStudentNo && { studentNo: '请填写学籍号或准考证号' }),
    })
  await sql`update aid.application set state = 'submitted', submitted_on = ${today}::date, returned_why = null, version = version + 1
    where id = ${applicationId}`.execute(tx)
  await stepped(tx, actor, found, '提交', 'submitted', null)
}

/** Takes an application back before the decision. @throws Problem 404, 422 `decided` | `not-now` */
export async function withdrawApplication(tx: Tx, actor: Actor, applicationId: number): Promise<void> {
  const found = await lockOpen(tx, actor, applicationId)
  if (!found.own) throw refused('not-yours', '只有申请人本人可以撤回；材料有问题的，请退回补正。')
  if (found.state === 'withdrawn') throw refused('not-now', '申请已经撤回。')
  await sql`update aid.application set state = 'withdrawn', version = version + 1 where id = ${applicationId}`.execute(
    tx,
  )
  await stepped(tx, actor, found, '撤回', 'withdrawn', null)
}

/** Sends it back to be completed, saying what lacks; the person gets it on the desk. @throws Problem 403 | 404, 422 */
export async function returnApplication(tx: Tx, actor: Actor, applicationId: number, reason: string): Promise<void> {
  const found = await lockOpen(tx, actor, applicationId)
  if (found.own) throw refused('own-application', '不能办理本人的申请，请由其他人办理。')
  if (found.state !== 'submitted') throw refused('not-now', '只有已提交的申请可以退回补正。')
  await sql`update aid.application set state = 'returned', returned_why = ${reason}, version = version + 1 where id = ${applicationId}`.execute(
    tx,
  )
  await stepped(tx, actor, found, '退回', 'returned', reason)
  const { rows } = await sql<{ accountId: number }>`select id as "accountId" from accounts.account
    where person_id = ${found.personId} limit 1`.execute(tx)
  if (rows[0])
    await openTodo(tx, {
      kind: 'aid.application',
      objectKind: 'aid-application',
      objectId: applicationId,
      unitId: found.unitId,
      accountId: rows[0].accountId,
      title: `待补正：${found.programme}申请`,
      link: `/aid/applications/${applicationId}`,
    })
}

async function stepped(
  tx: Tx,
  actor: Actor,
  found: Application,
  verb: string,
  to: string,
  words: string | null,
): Promise<void> {
  await writeAct(tx, actor, {
    objectKind: 'aid-application',
    objectId: found.id,
    verb,
    from: found.state,
    to,
    words,
  })
  await audit(tx, actor, {
    action: 'aid.application',
    objectKind: 'aid-application',
    objectId: found.id,
    unitId: found.unitId,
    summary: `${verb}${found.programme}申请 ${found.id}`,
  })
  await closeTodo(tx, actor, { objectKind: 'aid-application', objectId: found.id, kind: 'aid.application' })
}
