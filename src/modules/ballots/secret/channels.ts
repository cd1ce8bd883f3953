import { sql } from 'kysely'
import { refused } from '../../../kernel/contract/problem.ts'
import type { Tx } from '../../../kernel/db/database.ts'
import type { Count as Recount, Station } from '../format/tally.ts'
import type { Vote } from '../server/vote.ts'
import type { Count } from '../verdict/count.ts'
import { channelTitle } from '../words.ts'

/**
 * Paper beside the electronic box: what two tellers agreed on per station is published with the ballots, so that everybody
 * adds up the same whole. A station that handed out nothing has no line.
 * @throws Problem 422 `count-missing`
 */
export async function stationsCounted(tx: Tx, vote: Vote): Promise<Station[]> {
  const { rows } = await sql<{ channel: string; sheet: Count | null; tellers: string[] }>`
    select d.channel, s.sheet, coalesce((select array_agg(e.name order by e.slot) from ballots.count_entry e
      where e.vote_id = ${vote.id} and e.channel = d.channel), '{}') as tellers
    from (select distinct drawn_by as channel from ballots.roll_line
      where vote_id = ${vote.id} and drawn_by is not null and drawn_by not in ('booth', 'kiosk')) d
    left join ballots.count_sheet s on s.vote_id = ${vote.id} and s.channel = d.channel order by d.channel`.execute(tx)
  const missing = rows.filter(({ sheet }) => !sheet)
  if (missing.length)
    throw refused(
      'count-missing',
      `还不能公布：${missing.map(({ channel }) => channelTitle(channel)).join('、')}的纸质票还没有两人一致的计票录入。`,
    )
  const listed = vote.items.filter((item) => item.listed)
  const graded = (vote.rule.grades?.length ?? 0) > 0
  return rows.map(({ channel, sheet, tellers }) => ({
    name: channelTitle(channel),
    issued: sheet!.issued,
    returned: sheet!.returned,
    invalid: sheet!.invalid,
    marks: listed.map(({ key }) => {
      const item = sheet!.items.find((one) => one.key === key)!
      return graded ? [...(item.grades ?? [])] : [item.yes, item.no, item.abstain]
    }),
    names: sheet!.items
      .filter((item) => item.writtenIn)
      .map(({ label, yes }) => ({ name: writable(label), votes: yes })),
    tellers,
  }))
}

/** A name as the format spells it; what a teller added to tell two apart stays in full-width brackets. */
const writable = (label: string): string =>
  label
    .replaceAll('(', '（')
    .replaceAll(')', '）')
    .replaceAll(/[^A-Za-z0-9·（）\u{3400}-\u{4dbf}\u{4e00}-\u{9fff}\u{20000}-\u{323af}]/gu, '')

/**
 * What came out of the electronic box alone, as the sheet of channel `booth`: the published count less the paper stations,
 * which have sheets of their own. A written-in name that exactly one person of the roll bears is that person; the others
 * are named by the tellers when they matter.
 */
export async function boothSheet(tx: Tx, vote: Vote, count: Recount, stations: readonly Station[]): Promise<Count> {
  const listed = vote.items.filter((item) => item.listed)
  const graded = (vote.rule.grades?.length ?? 0) > 0
  const { paper: _paper, ...faults } = count.invalid
  const invalid = Object.values(faults).reduce((sum, papers) => sum + papers, 0)
  const marksOf = (at: number): number[] =>
    Object.values(count.items[at]!.votes).map(
      (votes, symbol) => votes - stations.reduce((sum, { marks }) => sum + marks[at]![symbol]!, 0),
    )
  const people = await bearers(
    tx,
    vote.id,
    count.names.map(({ name }) => name),
  )
  return {
    expected: vote.expected,
    ...(vote.all !== null && { all: vote.all }),
    ...(vote.unit !== null && { unit: vote.unit }),
    present: vote.present ?? vote.expected,
    issued: count.papers.online + count.papers.kiosk,
    returned: count.returned.box,
    valid: count.returned.box - invalid,
    invalid,
    items: [
      ...listed.map((item, at) => {
        const marks = marksOf(at)
        return graded
          ? { key: item.key, label: item.label, yes: 0, no: 0, abstain: 0, grades: marks }
          : { key: item.key, label: item.label, yes: marks[0]!, no: marks[1]!, abstain: marks[2]! }
      }),
      ...count.names.flatMap(({ name, votes }) => {
        const onPaper = stations.flatMap(({ names }) => names).filter((one) => one.name === name)
        const yes = votes - onPaper.reduce((sum, one) => sum + one.votes, 0)
        const person = people.get(name)
        const known = person !== undefined && !listed.some((item) => item.personId === person)
        const key = known ? `p${person}` : `w-${name}`
        return yes > 0 ? [{ key, label: name, yes, no: 0, abstain: 0, writtenIn: true }] : []
      }),
    ],
  }
}

/** Names that exactly one person of the roll bears, with that person. */
async function bearers(tx: Tx, voteId: number, names: readonly string[]): Promise<Map<string, number>> {
  const { rows } = await sql<{ name: string; id: number }>`
    select name, min(person_id) as id from ballots.roll_line where vote_id = ${voteId} and not struck
      and name = any(${[...names]}::text[]) group by name having count(*) = 1`.execute(tx)
  return new Map(rows.map(({ name, id }) => [name, id]))
}
