import { sql } from 'kysely'
import type { Actor } from '../../../kernel/access/actor.ts'
import { audit } from '../../../kernel/audit/audit.ts'
import { conflict, notFound, refused } from '../../../kernel/contract/problem.ts'
import type { Db, Tx } from '../../../kernel/db/database.ts'
import { rates, type PaperInput } from '../contract.ts'
import { scaleAt } from '../words.ts'
import { groupTitle, roundFor, roundToRun, type RaterGroup, type Round } from './rounds.ts'

/** What two people counted alike of one group's paper sheets. */
export interface PaperCount {
  groupId: number
  issued: number
  returned: number
  subjects: { subjectId: number; counts: number[][]; names?: { name: string; votes: number }[] | undefined }[]
}
export interface PaperState {
  groupId: number
  title: string
  planned: number
  subjects: { id: number; name: string; post: string | null; seats: number | null }[]
  /** Who has entered; the numbers of the other are not shown. */
  entries: { slot: number; name: string; mine: boolean }[]
  agreed: boolean
  /** What differs, once both have entered: 李强·总体评价·称职 */
  differences: string[]
  /** My own entry, to mend. */
  mine: PaperInput | null
}

interface Entry {
  groupId: number
  slot: number
  accountId: number
  name: string
  sheet: PaperInput
}

async function entriesOf(db: Db | Tx, roundId: number): Promise<Entry[]> {
  const { rows } = await sql<Entry>`
    select c.group_id as "groupId", c.slot, c.account_id as "accountId", c.name, c.sheet
    from appraisal.paper_count c join appraisal.rater_group g on g.id = c.group_id where g.round_id = ${roundId}
    order by c.group_id, c.slot`.execute(db)
  return rows
}

/** How far the counting by hand is, group by group, for whoever runs the round. @throws Problem 404 */
export async function paperStates(db: Db, actor: Actor, roundId: number): Promise<PaperState[]> {
  const round = await roundFor(db, actor, roundId)
  const entries = await entriesOf(db, roundId)
  return round.groups
    .filter((group) => group.channel === 'paper')
    .map((group) => {
      const own = entries.filter((entry) => entry.groupId === group.id)
      const differences = own.length === 2 ? differ(round, own[0]!.sheet, own[1]!.sheet) : []
      return {
        groupId: group.id,
        title: groupTitle(group),
        planned: group.planned,
        subjects: round.subjects
          .filter((subject) => rates(group, subject))
          .map(({ id, name, post, seats }) => ({ id, name, post, seats })),
        entries: own.map(({ slot, name, accountId }) => ({ slot, name, mine: accountId === actor.accountId })),
        agreed: own.length === 2 && differences.length === 0,
        differences,
        mine: own.find((entry) => entry.accountId === actor.accountId)?.sheet ?? null,
      }
    })
}

function differ(round: Round, one: PaperInput, other: PaperInput): string[] {
  const sums = [
    ...(one.issued === other.issued ? [] : ['发出张数']),
    ...(one.returned === other.returned ? [] : ['收回张数']),
  ]
  return [
    ...sums,
    ...round.subjects.flatMap((subject) => {
      const [mine, theirs] = [one, other].map((sheet) => sheet.subjects.find((line) => line.subjectId === subject.id))
      const votes = (line: typeof mine, name: string): number =>
        line?.names?.find((written) => written.name === name)?.votes ?? 0
      const names = [...new Set([mine, theirs].flatMap((line) => (line?.names ?? []).map((written) => written.name)))]
      const named = names
        .filter((name) => votes(mine, name) !== votes(theirs, name))
        .map((name) => `${subject.name}·${name}`)
      const graded = round.criteria.flatMap((criterion, at) =>
        scaleAt(round, at).grades.flatMap((grade, index) =>
          (mine?.counts[at]?.[index] ?? 0) === (theirs?.counts[at]?.[index] ?? 0)
            ? []
            : [`${subject.name}·${criterion}·${grade.title}`],
        ),
      )
      return [...graded, ...named]
    }),
  ]
}

/**
 * One of two enters what was counted of a paper group. A third is refused; either may mend the own entry until the close.
 * @throws Problem 403, 404, 409 `round-not-open` | `not-on-paper` | `two-counted`, 422 `count-wrong` (fields)
 */
export async function enterPaper(
  tx: Tx,
  actor: Actor,
  roundId: number,
  groupId: number,
  sheet: PaperInput,
): Promise<void> {
  const round = await roundToRun(tx, actor, roundId, 'appraisal.write')
  if (round.state !== 'open') throw conflict('round-not-open', '评议还没有开始或已经结束，不能录入计票。')
  const group = round.groups.find((one) => one.id === groupId)
  if (!group) throw notFound('评议人组')
  if (group.channel !== 'paper') throw conflict('not-on-paper', '这一组用评议条，不用录入计票。')
  check(round, group, sheet)
  const own = (await entriesOf(tx, roundId)).filter((entry) => entry.groupId === groupId)
  const mine = own.find((entry) => entry.accountId === actor.accountId)
  if (!mine && own.length === 2)
    throw conflict('two-counted', `这一组已由${own.map((entry) => entry.name).join('、')}录入。有差错的，由本人更正。`)
  const slot = mine?.slot ?? (own.some((entry) => entry.slot === 1) ? 2 : 1)
  await sql`insert into appraisal.paper_count (group_id, slot, account_id, name, sheet)
    values (${groupId}, ${slot}, ${actor.accountId}, ${actor.name}, ${JSON.stringify(sheet)}::jsonb)
    on conflict (group_id, slot) do update set sheet = excluded.sheet`.execute(tx)
  await audit(tx, actor, {
    action: 'appraisal.count-paper',
    objectKind: 'appraisal-round',
    objectId: roundId,
    unitId: round.unitId,
    summary: `录入“${round.title}”${groupTitle(group)}纸质评议票计票`,
  })
}

/** Sheets add up: not more came back than went out, and no criterion has more marks than there are valid sheets. */
function check(round: Round, group: RaterGroup, sheet: PaperInput): void {
  const fields: Record<string, string> = {}
  const sum = (counts: readonly number[] | undefined): number => (counts ?? []).reduce((total, n) => total + n, 0)
  if (sheet.returned > sheet.issued) fields['returned'] = `收回 ${sheet.returned} 张，多于发出的 ${sheet.issued} 张`
  if (sheet.issued > group.planned * 2) fields['issued'] = `应发 ${group.planned} 张，超过了两倍`
  const expected = round.subjects.filter((subject) => rates(group, subject))
  for (const subject of expected) {
    const counts = sheet.subjects.find((one) => one.subjectId === subject.id)?.counts
    const valid = sum(counts?.[0])
    const say = (words: string): void => {
      fields[`subject.${subject.id}`] = words
    }
    if (!counts) say(`请填写${subject.name}的票数`)
    else if (valid > sheet.returned)
      say(`${subject.name}“${round.criteria[0]}”合计 ${valid} 票，多于收回的 ${sheet.returned} 张`)
    else
      for (const [at, criterion] of round.criteria.entries()) {
        const marks = sum(counts[at])
        if (marks > valid) say(`${subject.name}“${criterion}”合计 ${marks} 票，多于有效的 ${valid} 张`)
        if (round.whole === 'complete' && marks < valid)
          say(`${subject.name}“${criterion}”合计 ${marks} 票，少于有效的 ${valid} 张；有一项未评的是无效票`)
        if ((counts[at]?.length ?? 0) > scaleAt(round, at).grades.length) say(`${subject.name}“${criterion}”的等次多了`)
      }
    const line = sheet.subjects.find((one) => one.subjectId === subject.id)
    const wrong = line && subject.seats !== null && namesWrong(subject, line.counts[0]?.[0] ?? 0, line)
    if (wrong) say(wrong)
  }
  if (sheet.subjects.some((one) => !expected.some((subject) => subject.id === one.subjectId)))
    fields['subjects'] = '有的评议对象不由这一组评议，请刷新后重填'
  if (Object.keys(fields).length) throw refused('count-wrong', `计票单有差错：${Object.values(fields)[0]}。`, fields)
}

/** What can't be true of the names counted for a post. @param forms how many forms recommend somebody */
function namesWrong(
  subject: Round['subjects'][number],
  forms: number,
  { names }: PaperInput['subjects'][number],
): string | null {
  if (new Set(names.map((one) => one.name)).size !== names.length)
    return `${subject.name}有一个姓名写了两行，请合并票数`
  const above = names.find((one) => one.votes > forms)
  if (above) return `${subject.name}：${above.name} ${above.votes} 票，多于推荐的 ${forms} 张`
  const votes = names.reduce((sum, one) => sum + one.votes, 0)
  if (votes > forms * subject.seats!)
    return `${subject.name}：各人合计 ${votes} 票，多于 ${forms} 张表每张 ${subject.seats} 人`
  if (votes < forms) return `${subject.name}：${forms} 张表推荐了人，各人合计却只有 ${votes} 票`
  return null
}

/** Every paper group as two counted it. @throws Problem 409 `paper-open` */
export async function agreedPapers(tx: Tx, round: Round): Promise<PaperCount[]> {
  const entries = await entriesOf(tx, round.id)
  return round.groups
    .filter((group) => group.channel === 'paper')
    .map((group) => {
      const [one, other] = entries.filter((entry) => entry.groupId === group.id)
      if (!one || !other || differ(round, one.sheet, other.sheet).length)
        throw conflict('paper-open', `${groupTitle(group)}的纸质评议票还没有两人一致的计票，不能结束评议。`)
      return { groupId: group.id, ...one.sheet }
    })
}
