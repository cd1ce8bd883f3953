import { sql } from 'kysely'
import type { Actor } from '../../../kernel/access/actor.ts'
import { audit } from '../../../kernel/audit/audit.ts'
import { conflict, refused } from '../../../kernel/contract/problem.ts'
import type { Db, Tx } from '../../../kernel/db/database.ts'
import type { Services } from '../../../kernel/http/services.ts'
import {
  closeSecret,
  discardVoided,
  fewestBallots,
  freezeVote,
  openSecret,
  openSheets,
  openVote,
  scrutineersNeeded,
  secretTerms,
  voidVote,
} from '../../ballots/public.ts'
import { rates, type RatersInput } from '../contract.ts'
import { scaleAt } from '../words.ts'
import { groupTitle, roundToRun, type RaterGroup, type Round } from './rounds.ts'

/**
 * Raters with accounts: each group is a secret vote of the ballots module with a sheet, a key and a token of its own for
 * every person who is rated. So nobody can tell which sheets are of one rater, and one sheet goes unopened before two
 * scrutineers agree.
 */
const accountGroups = (round: Round): RaterGroup[] => round.groups.filter((group) => group.channel === 'account')
const ratedBy = (round: Round, group: RaterGroup): Round['subjects'] =>
  round.subjects.filter((subject) => rates(group, subject))
const keyOf = (subjectId: number, criterion: number): string => `s${subjectId}-${criterion}`

/** By item: the answers of a question that has its own. */
const scalesOf = (round: Round, subjects: readonly Round['subjects'][number][]): Record<string, string[]> =>
  Object.fromEntries(
    subjects.flatMap((subject) =>
      round.criteria.flatMap((_criterion, at) =>
        round.scales[at] ? [[keyOf(subject.id, at), scaleAt(round, at).grades.map((grade) => grade.title)]] : [],
      ),
    ),
  )

/** Who of a unit and below may rate, when everybody may: members in service. */
async function membersOf(tx: Tx, unitId: number): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select p.id from members.person p join kernel.closure c on c.descendant_id = p.unit_id and c.ancestor_id = ${unitId}
      and c.valid_from <= current_date and c.valid_to > current_date
    where p.status = 'active' and p.merged_into is null order by p.id`.execute(tx)
  return rows.map(({ id }) => id)
}

/**
 * Says who the raters of a group are and who keeps the box's keys. The scrutineers make their keys afterwards, before the
 * round opens. Said again, the earlier list is void.
 * @throws Problem 403, 404, 409 `round-not-in-setup`, 422 `not-by-account` | `roll-too-small-for-secret` |
 *   `scrutineers-missing` | `top-most-by-account` | `scrutineer-is-rated` | `remote-needs-document`
 */
export async function nameRaters(
  tx: Tx,
  actor: Actor,
  id: number,
  groupId: number,
  input: RatersInput,
): Promise<number> {
  const round = await roundToRun(tx, actor, id, 'appraisal.run')
  if (round.state !== 'setup') throw conflict('round-not-in-setup', '这次评议已经开始或结束，评议人不能再改。')
  const group = accountGroups(round).find((one) => one.id === groupId)
  if (!group) throw refused('not-by-account', '这一组不用本人账号评议，不用确定名单。')
  if (round.topMost)
    throw refused(
      'top-most-by-account',
      '每张表单独成票、互不关联，不能限制一人评几个最高等次。请取消这项限制，或改用评议条。',
    )
  const people = input.personIds.length ? input.personIds : await membersOf(tx, round.unitId)
  if (people.length < fewestBallots)
    throw refused(
      'roll-too-small-for-secret',
      `这一组只有 ${people.length} 人，本人账号评议保不住秘密（至少 ${fewestBallots} 人）。请把评议方式改为“纸质评议票”，或与其他组合并。`,
    )
  const scrutineers = [...new Set(input.scrutineers)]
  if (scrutineers.length <= scrutineersNeeded)
    throw refused('scrutineers-missing', `请确定至少 ${scrutineersNeeded + 1} 名监票人。`, { scrutineers: '人数不够' })
  const rated = round.subjects.find((subject) => subject.personId && scrutineers.includes(subject.personId))
  if (rated)
    throw refused('scrutineer-is-rated', `${rated.name}是评议对象，不能担任监票人。`, { scrutineers: '不能是评议对象' })
  const before = await voteOf(tx, groupId)
  if (before) await voidVote(tx, actor, before, '评议人名单重新确定')
  const vote = await openVote(tx, actor, {
    unitId: round.unitId,
    subject: { kind: 'appraisal', path: `appraisal/rounds/${round.id}` },
    title: `${round.title}（${groupTitle(group)}）`,
    kind: 'appraisal',
    mode: 'secret',
    rule: {
      kind: 'appraisal',
      base: 'valid',
      threshold: null,
      tie: 'open',
      grades: round.grades.map((grade) => grade.title),
      ...(round.scales.some(Boolean) && { scales: scalesOf(round, ratedBy(round, group)) }),
      smallest: round.least,
      secret: secretTerms(actor, input, true),
      articles: {},
    },
    heldOn: round.heldOn,
    items: ratedBy(round, group).flatMap((subject) =>
      round.criteria.map((criterion, at) => ({ key: keyOf(subject.id, at), label: criterion })),
    ),
    roll: people,
    channels: ['booth'],
    tellers: scrutineers.map((personId) => ({ personId, duty: '监票人' })),
  })
  await sql`update appraisal.rater_group set vote_id = ${vote.id}, planned = ${vote.expected} where id = ${groupId}`.execute(
    tx,
  )
  return vote.expected
}

async function voteOf(db: Db | Tx, groupId: number): Promise<number | null> {
  const { rows } = await sql<{ voteId: number | null }>`
    select vote_id as "voteId" from appraisal.rater_group where id = ${groupId}`.execute(db)
  return rows[0]?.voteId ?? null
}

async function votesOf(tx: Tx, round: Round): Promise<{ group: RaterGroup; voteId: number }[]> {
  const found: { group: RaterGroup; voteId: number }[] = []
  for (const group of accountGroups(round)) {
    const voteId = await voteOf(tx, group.id)
    if (voteId === null)
      throw refused('raters-missing', `请先确定“${groupTitle(group)}”的评议人名单和监票人，并由监票人生成密钥。`)
    found.push({ group, voteId })
  }
  return found
}

/** Opens the boxes of a round that opens. @throws Problem 422 `raters-missing` and as {@link openSecret} */
export async function openBoxes(
  { config }: Pick<Services, 'config'>,
  tx: Tx,
  actor: Actor,
  round: Round,
): Promise<void> {
  for (const { group, voteId } of await votesOf(tx, round)) {
    await freezeVote(tx, actor, voteId, 0)
    const sheets = ratedBy(round, group).map(({ id, name }) => ({
      name,
      items: round.criteria.map((_criterion, at) => keyOf(id, at)),
    }))
    await openSecret(tx, actor, voteId, { profile: 'appraisal', threshold: scrutineersNeeded, sheets }, config)
  }
}

/** Takes no more sheets: afterwards the scrutineers give their keys. @throws Problem 403, 404, 409 */
export async function closeBoxes(
  { config }: Pick<Services, 'config'>,
  tx: Tx,
  actor: Actor,
  id: number,
): Promise<void> {
  const round = await roundToRun(tx, actor, id, 'appraisal.run')
  if (round.state !== 'open') throw conflict('round-not-open', '这次评议还没有开始或已经结束。')
  const votes = await votesOf(tx, round)
  if (!votes.length) throw refused('not-by-account', '这次评议没有用本人账号评议的组，可以直接结束。')
  for (const { voteId } of votes) await closeSecret(tx, actor, voteId, config)
}

/** What came in by account: lines as the urn of slips has them, and how many drew and returned by group. */
export interface BoxCount {
  sheets: number[][]
  groups: { groupId: number; issued: number; returned: number }[]
}

/** Opens the closed boxes for the count. @throws Problem 409 `secret-not-closed`, 422 `scrutineers-missing` */
export async function countBoxes(tx: Tx, actor: Actor, round: Round): Promise<BoxCount> {
  const count: BoxCount = { sheets: [], groups: [] }
  for (const { group, voteId } of await votesOf(tx, round)) {
    const { sheets, drawn } = await openSheets(tx, actor, voteId)
    const subjects = ratedBy(round, group)
    for (const { sheet, papers, invalid } of sheets) {
      const subjectId = subjects[sheet - 1]!.id
      for (const marks of papers) count.sheets.push([group.id, subjectId, ...marks])
      // An unreadable sheet came back and isn't valid, like one on which nothing is marked.
      for (let at = 0; at < invalid; at++) count.sheets.push([group.id, subjectId, ...round.criteria.map(() => -1)])
    }
    const returned = Math.max(0, ...sheets.map(({ papers, invalid }) => papers.length + invalid))
    count.groups.push({ groupId: group.id, issued: drawn, returned })
  }
  return count
}

/** Calls the votes of a round off that is given up. @returns their ids, for {@link discardBoxes} after the commit */
export async function voidBoxes(tx: Tx, actor: Actor, round: Round, reason: string): Promise<number[]> {
  const votes: number[] = []
  for (const group of accountGroups(round)) {
    const voteId = await voteOf(tx, group.id)
    if (voteId === null) continue
    await voidVote(tx, actor, voteId, reason)
    votes.push(voteId)
  }
  return votes
}

export async function discardBoxes(
  { db, config }: Pick<Services, 'db' | 'config'>,
  votes: readonly number[],
): Promise<void> {
  for (const voteId of votes) await discardVoided(db, voteId, config)
}

/** For the record of who was named: the list itself stands on the vote's roll. */
export async function recordRaters(
  tx: Tx,
  actor: Actor,
  round: Pick<Round, 'id' | 'unitId' | 'title'>,
  people: number,
) {
  await audit(tx, actor, {
    action: 'appraisal.raters',
    objectKind: 'appraisal-round',
    objectId: round.id,
    unitId: round.unitId,
    summary: `确定“${round.title}”用本人账号评议的 ${people} 人`,
  })
}
