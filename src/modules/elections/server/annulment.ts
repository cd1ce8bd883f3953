import { sql } from 'kysely'
import { allows } from '../../../kernel/access/access.ts'
import { isOwnDeed, type Actor } from '../../../kernel/access/actor.ts'
import { audit } from '../../../kernel/audit/audit.ts'
import { conflict, forbidden, refused } from '../../../kernel/contract/problem.ts'
import type { Db, Tx } from '../../../kernel/db/database.ts'
import { act, writeAct } from '../../../kernel/lifecycle/act.ts'
import { closeTodo, openTodo } from '../../../kernel/lifecycle/todos.ts'
import type { AnnulmentInput, AnnulmentShape } from '../contract.ts'
import { electionFor, electionToWork, type Election } from './election.ts'
import { electionMachine } from './machine.ts'
import { withdrawSeats } from './seating.ts'

/** What waits for whoever confirms. */
const KIND = 'elections.annulment'

interface Row extends Omit<AnnulmentShape, 'mine'> {
  id: number
  proposedBy: number
  proposedPerson: number | null
}

/** The last proposal, open or answered; null where nobody proposed any. */
async function lastOf(db: Db | Tx, electionId: number): Promise<Row | null> {
  const { rows } = await sql<Row>`
    select id, reason, document, decided_on as "decidedOn", state, proposed_by as "proposedBy",
      proposed_person as "proposedPerson", proposed_name as "proposedName", answered_name as "answeredName",
      answered_on as "answeredOn"
    from elections.annulment where election_id = ${electionId} order by id desc limit 1`.execute(db)
  return rows[0] ?? null
}

const isProposer = (actor: Actor, row: Row): boolean =>
  isOwnDeed(actor, { accountId: row.proposedBy, personId: row.proposedPerson })

/** For the election's page, by whoever may see the election. */
export async function annulmentOf(db: Db | Tx, actor: Actor, electionId: number): Promise<AnnulmentShape | null> {
  const row = await lastOf(db, electionId)
  if (!row) return null
  const { reason, document, decidedOn, state, proposedName, answeredName, answeredOn } = row
  return { reason, document, decidedOn, state, proposedName, answeredName, answeredOn, mine: isProposer(actor, row) }
}

/** In whose name the actor may confirm: the upper union's, or the union's own. Null: not at all. */
export async function answersFor(db: Db | Tx, actor: Actor, election: Election): Promise<number | null> {
  for (const unitId of [election.upperId, election.unitId])
    if (unitId !== null && (await allows(db, actor, 'elections.approve', unitId))) return unitId
  return null
}

/**
 * Proposes that an approved election of delegates is invalid. What was approved is not undone by one hand: nothing follows from
 * it until somebody else confirms.
 * @throws Problem 403, 404, 409 `wrong-state` | `annulment-open`, 422 `not-delegates` | `annulment-dates`
 */
export async function proposeAnnulment(
  tx: Tx,
  actor: Actor,
  id: number,
  input: AnnulmentInput,
  today: string,
): Promise<void> {
  const election = await electionToWork(tx, actor, id, ['approved'])
  if (election.kind !== 'delegates')
    throw refused(
      'not-delegates',
      '已批复的委员会选举不能整次撤销：届期和任职已经生效。要免去个别委员的，请办理“罢免”；任期未满要重选的，请报上一级工会后提前换届。',
    )
  if (input.on > today || input.on < election.heldOn)
    throw refused('annulment-dates', '决定日期应在选举日以后、今天以前。', { on: '请核对决定日期' })
  if ((await lastOf(tx, id))?.state === 'proposed')
    throw conflict('annulment-open', '这次选举已有人提出认定无效，正等待确认。')
  await sql`insert into elections.annulment (election_id, reason, document, decided_on, proposed_by, proposed_person, proposed_name)
    values (${id}, ${input.words}, ${input.document}, ${input.on}::date, ${actor.accountId}, ${actor.personId}, ${actor.name})`.execute(
    tx,
  )
  await writeAct(tx, actor, {
    objectKind: 'election',
    objectId: id,
    verb: '提交',
    from: 'approved',
    to: null,
    words: `提出认定当选无效：${input.words}（${input.document}）`,
  })
  await openTodo(tx, {
    kind: KIND,
    objectKind: 'election',
    objectId: id,
    unitId: election.upperId ?? election.unitId,
    permission: 'elections.approve',
    title: `确认当选无效：${election.title}`,
    link: `/elections/${id}`,
  })
  await audit(tx, actor, {
    action: 'elections.propose-annulment',
    objectKind: 'election',
    objectId: id,
    unitId: election.unitId,
    summary: `提出认定${election.title}无效：${input.words}（${input.document}）`,
  })
}

/**
 * Answers a proposal: confirmed by a second person, the election is invalid and its seats end on the document's day; otherwise
 * the approved result goes on standing. Whoever proposed may only take it back.
 * @throws Problem 403, 404, 409 `no-annulment`, 422 `same-person` | `words-missing`
 */
export async function answerAnnulment(
  tx: Tx,
  actor: Actor,
  id: number,
  answer: { confirm: boolean; words?: string | null | undefined },
  today: string,
): Promise<void> {
  await sql`select 1 from elections.election where id = ${id} for update`.execute(tx)
  const election = await electionFor(tx, actor, id)
  const proposal = await lastOf(tx, id)
  if (proposal?.state !== 'proposed') throw conflict('no-annulment', '没有等待确认的认定，请刷新页面。')
  const proposer = isProposer(actor, proposal)
  const inNameOf = await answersFor(tx, actor, election)
  if (inNameOf === null && !(proposer && !answer.confirm)) throw forbidden('确认选举无效')
  if (answer.confirm && proposer)
    throw refused('same-person', '认定已批复的选举无效，须由另一个人核对文件后确认。您提出的，请另一位负责人办理。')
  const words = answer.words?.trim()
  if (!answer.confirm && !words) throw refused('words-missing', '请写明不予确认的理由。', { words: '请写明理由' })
  await sql`update elections.annulment set state = ${answer.confirm ? 'confirmed' : 'dropped'}, answered_by = ${actor.accountId},
    answered_name = ${actor.name}, answered_on = ${today}::date where id = ${proposal.id}`.execute(tx)
  await closeTodo(tx, actor, { kind: KIND, objectKind: 'election', objectId: id })
  const because = `${proposal.reason}（${proposal.document}）`
  if (answer.confirm) {
    await act(
      tx,
      actor,
      electionMachine,
      { id, unitId: inNameOf!, title: election.title, link: `/elections/${id}` },
      '终止',
      { today, words: `确认当选无效：${because}`, expected: 'approved' },
    )
    await withdrawSeats(tx, actor, election, because, proposal.decidedOn)
    return
  }
  await writeAct(tx, actor, {
    objectKind: 'election',
    objectId: id,
    verb: proposer ? '撤回' : '退回',
    from: 'approved',
    to: null,
    words: `不认定无效：${words}`,
  })
  await audit(tx, actor, {
    action: 'elections.drop-annulment',
    objectKind: 'election',
    objectId: id,
    unitId: election.unitId,
    summary: `不认定${election.title}无效：${words}`,
  })
}
