import { sql } from 'kysely'
import { allows } from '../../../kernel/access/access.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import { loadCalendar } from '../../../kernel/calendar/calendar-days.ts'
import { forbidden, refused } from '../../../kernel/contract/problem.ts'
import type { Tx } from '../../../kernel/db/database.ts'
import { act, stateOf } from '../../../kernel/lifecycle/act.ts'
import type { Subject } from '../../../kernel/lifecycle/follow-up.ts'
import type { Verb } from '../../../kernel/lifecycle/machine.ts'
import { openTodo } from '../../../kernel/lifecycle/todos.ts'
import { deadlineOf } from '../../../kernel/rules/evaluate.ts'
import { cardOn } from '../../rules/public.ts'
import { postOf } from '../posts.ts'
import { candidatesOf } from './candidates.ts'
import { electionFor, electionToWork, racesOf, type Election } from './election.ts'
import { fileResult, writeOffices } from './filing.ts'
import { gatesOf, obstacles } from './gates.ts'
import { electionMachine } from './machine.ts'
import { withdrawSeats } from './seating.ts'
import { ballotsOf, standing } from './voting.ts'

const subjectOf = (election: Election, unitId = election.unitId): Subject => ({
  id: election.id,
  unitId,
  title: election.title,
  link: `/elections/${election.id}`,
})
const move = (
  tx: Tx,
  actor: Actor,
  election: Election,
  verb: Verb,
  today: string,
  words?: string | null,
  unitId?: number,
) =>
  act(tx, actor, electionMachine, subjectOf(election, unitId), verb, {
    today,
    ...(words && { words }),
    expected: election.state,
  })

/** What waits for the upper union waits on its desk, not on that of the union that asked. */
async function waitAbove(tx: Tx, election: Election, title: string, dueOn: string | null = null): Promise<void> {
  await openTodo(tx, {
    kind: electionMachine.id,
    objectKind: electionMachine.objectKind,
    objectId: election.id,
    // Without an upper union in this installation the union itself enters the answer it receives on paper.
    unitId: election.upperId ?? election.unitId,
    permission: election.upperId ? 'elections.approve' : 'elections.write',
    title: `${title}：${election.title}`,
    link: `/elections/${election.id}`,
    dueOn,
  })
}

/** Sends the plan up. @throws Problem 409 `wrong-state`, 422 `gates-block` */
export async function submitPlan(
  tx: Tx,
  actor: Actor,
  id: number,
  today: string,
  words?: string | null,
): Promise<void> {
  const election = await electionToWork(tx, actor, id, ['plan'])
  const blocking = (await gatesOf(tx, election, today)).filter(
    (gate) => gate.stage === 'plan' && gate.id !== 'EL-PLAN' && gate.id !== 'CM-WOMEN-10' && gate.blocks,
  )
  if (blocking.length)
    throw refused(
      'gates-block',
      `方案还不能上报：${blocking.map((gate) => gate.title).join('、')}。${blocking[0]!.steps[0] ?? ''}`,
    )
  await move(tx, actor, election, '提交', today, words)
  await waitAbove(tx, election, '选举方案待批复')
}

/** Takes the plan back before it is answered. */
export async function withdrawPlan(tx: Tx, actor: Actor, id: number, today: string): Promise<void> {
  const election = await electionToWork(tx, actor, id, ['review'])
  await move(tx, actor, election, '撤回', today)
}

/**
 * Whoever answers: an officer of the upper union, or the union itself that enters the paper it received, by its number.
 * @returns the unit in whose name it is done
 */
async function answering(
  tx: Tx,
  actor: Actor,
  election: Election,
  document: string | null | undefined,
): Promise<number> {
  if (election.upperId && (await allows(tx, actor, 'elections.approve', election.upperId))) return election.upperId
  if (!(await allows(tx, actor, 'elections.write', election.unitId))) throw forbidden('批复下级工会选举')
  if (!document)
    throw refused('document-missing', '批复由上一级工会作出。已收到书面批复的，请填写批复文号后登记。', {
      document: '请填写批复文号',
    })
  if (!(await allows(tx, actor, 'elections.approve', election.unitId))) throw forbidden('登记上级批复')
  return election.unitId
}

/** 批复 of the plan: 同意 or 退回. */
export async function answerPlan(
  tx: Tx,
  actor: Actor,
  id: number,
  answer: { verb: '同意' | '退回' | '否决'; document?: string | null | undefined; words?: string | null | undefined },
  today: string,
): Promise<void> {
  const election = await electionFor(tx, actor, id)
  if (answer.verb === '否决') throw refused('not-now', '方案不合适的，请退回修改并写明理由。')
  const unitId = await answering(tx, actor, election, answer.document)
  await move(tx, actor, election, answer.verb, today, answer.words, unitId)
  if (answer.verb === '同意')
    await sql`update elections.election set plan_document = ${answer.document ?? null} where id = ${id}`.execute(tx)
  await backHome(tx, election)
}

/** After an answer from above the waiting is the union's own again. */
async function backHome(tx: Tx, election: Election): Promise<void> {
  const { waiting } = electionMachine.states[await electionNow(tx, election.id)]!
  if (!waiting || waiting.for === 'submitter') return
  await openTodo(tx, {
    kind: electionMachine.id,
    objectKind: electionMachine.objectKind,
    objectId: election.id,
    unitId: election.unitId,
    permission: waiting.for.permission,
    title: `${waiting.title}：${election.title}`,
    link: `/elections/${election.id}`,
  })
}
const electionNow = (tx: Tx, id: number): Promise<string> => stateOf(tx, electionMachine, id)

/** Publicises the candidates from a day on. @throws Problem 422 `not-ready` */
export async function publicise(tx: Tx, actor: Actor, id: number, on: string, today: string): Promise<void> {
  const election = await electionToWork(tx, actor, id, ['preparing'])
  if (on > election.heldOn) throw refused('publicity-late', '公示应在选举日以前。', { on: '晚于选举日' })
  if (election.kind !== 'recall') {
    const [races, candidates] = [await racesOf(tx, id), await candidatesOf(tx, election)]
    const posts = races.filter(
      (race) => !isLater(election, race.post) && !candidates.some((one) => one.raceId === race.id),
    )
    if (posts.length)
      throw refused('no-candidates', `还没有候选人：${posts.map((race) => postOf(race.post).title).join('、')}。`)
    const silent = candidates.filter((one) => one.relation === null)
    if (silent.length)
      throw refused('not-declared', `还没有签署回避情况声明：${silent.map((one) => one.name).join('、')}。`)
  }
  await sql`update elections.election set publicised_on = ${on}::date where id = ${id}`.execute(tx)
  await move(tx, actor, election, '公示', today)
}

/** Posts whose candidates come from those the same election elects first. */
const isLater = (election: Election, post: string): boolean =>
  (election.kind === 'first' || election.kind === 'term') &&
  ['standing', 'chair', 'vice', 'audit-chair', 'women-chair'].includes(post) &&
  !(election.chairBy === 'assembly' && (post === 'chair' || post === 'vice'))

/** The meeting begins. */
export async function convene(tx: Tx, actor: Actor, id: number, today: string): Promise<void> {
  const election = await electionToWork(tx, actor, id, ['publicity'])
  await move(tx, actor, election, '提交', today)
}

/** Takes the list back to change it; publicity begins anew. */
export async function reopenList(tx: Tx, actor: Actor, id: number, words: string, today: string): Promise<void> {
  const election = await electionToWork(tx, actor, id, ['publicity'])
  await sql`update elections.election set publicised_on = null where id = ${id}`.execute(tx)
  await move(tx, actor, election, '退回', today, words)
}

/**
 * Announces the result and that it is valid. A flawed election is recorded and can only end as invalid.
 * @throws Problem 422 `not-finished` | `flawed` | `gates-block`
 */
export async function announce(tx: Tx, actor: Actor, id: number, today: string): Promise<void> {
  const election = await electionToWork(tx, actor, id, ['meeting'])
  if (election.flaw) throw refused('flawed', `这次选举不能宣布有效：${election.flaw}。请记为选举无效，重新组织。`)
  const [races, ballots] = [await racesOf(tx, id), await ballotsOf(tx, id)]
  const open = races.filter((race) => standing(race, ballots) !== 'settled')
  if (open.length)
    throw refused('not-finished', `还没有选完：${open.map((race) => postOf(race.post).title).join('、')}。`)
  const { blocking } = obstacles((await gatesOf(tx, election, today)).filter((gate) => gate.stage === 'result'))
  if (blocking.length)
    throw refused(
      'gates-block',
      `不能宣布有效：${blocking.map((gate) => gate.title).join('、')}。${blocking[0]!.steps[0] ?? ''}`,
    )
  await sql`update elections.election set announced_on = ${today}::date where id = ${id}`.execute(tx)
  await move(tx, actor, election, '公示', today)
}

/** Ends an election: before the meeting called off, in it recorded as invalid with all its counts. */
export async function endWithout(tx: Tx, actor: Actor, id: number, words: string, today: string): Promise<void> {
  const election = await electionToWork(tx, actor, id, ['plan', 'preparing', 'publicity', 'meeting'])
  await move(tx, actor, election, '终止', today, words)
}

/**
 * An announced result turns out to be invalid: everything counted stays, nothing follows from it, and seats already taken end.
 * @throws Problem 403, 404, 409 `wrong-state`
 */
export async function annul(tx: Tx, actor: Actor, id: number, words: string, today: string): Promise<void> {
  const election = await electionToWork(tx, actor, id, ['announced', 'reported'])
  await move(tx, actor, election, '终止', today, words)
  await withdrawSeats(tx, actor, election, words, today)
}

/** Reports the result up; the upper union has fifteen days. Silence is not approval. */
export async function report(tx: Tx, actor: Actor, id: number, today: string): Promise<void> {
  const election = await electionToWork(tx, actor, id, ['announced'])
  await sql`update elections.election set reported_on = ${today}::date where id = ${id}`.execute(tx)
  await move(tx, actor, election, '提交', today)
  const card = cardOn('EL-APPROVE-15', today)
  const due = card ? deadlineOf(card, today, await loadCalendar(tx)).due : null
  await waitAbove(tx, election, '选举结果待批复', due)
}

/**
 * 批复 of the result. 同意 writes the terms and offices, from the election day on, and files the election in its register.
 * @throws Problem 403, 422 `document-missing` | `words-missing`
 */
export async function answerResult(
  tx: Tx,
  actor: Actor,
  id: number,
  answer: {
    verb: '同意' | '退回' | '否决'
    document?: string | null | undefined
    words?: string | null | undefined
    on?: string | null | undefined
  },
  today: string,
): Promise<void> {
  const before = await electionFor(tx, actor, id)
  if (answer.verb === '退回') throw refused('not-now', '选举结果只能批准，或写明理由不予批准。')
  const unitId = await answering(tx, actor, before, answer.document)
  if (answer.verb === '同意' && !answer.document)
    throw refused('document-missing', '请填写批复文号。', { document: '请填写批复文号' })
  await sql`update elections.election set document = ${answer.document ?? null}, decided_on = ${answer.on ?? today}::date where id = ${id}`.execute(
    tx,
  )
  await move(tx, actor, before, answer.verb, today, answer.words, unitId)
  if (answer.verb !== '同意') {
    await withdrawSeats(tx, actor, before, `选举结果未获批准：${answer.words ?? ''}`, today)
    return
  }
  const election = await electionFor(tx, actor, id)
  await writeOffices(tx, actor, election)
  await fileResult(tx, actor, election)
}
