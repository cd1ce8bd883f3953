import { sql } from 'kysely'
import { allows } from '../../../kernel/access/access.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import { audit } from '../../../kernel/audit/audit.ts'
import { conflict, forbidden, notFound, refused } from '../../../kernel/contract/problem.ts'
import type { Db, Tx } from '../../../kernel/db/database.ts'
import type { SheetInput } from '../contract.ts'
import { seatsFault, sheetFaults, type Count, type Tally } from '../verdict/count.ts'
import { channelTitle, MARKS } from '../words.ts'
import { canonical, isTeller, lockVote, type Vote } from './vote.ts'

export interface Entry {
  slot: 1 | 2
  name: string
  mine: boolean
}
export interface Difference {
  /** `issued`, or the line and its mark: 高远帆·赞成. */
  where: string
  first: number
  second: number
}
/** How far the counting of a channel is. Nobody sees the other's numbers before entering their own. */
export interface ChannelState {
  channel: string
  title: string
  entries: Entry[]
  agreed: boolean
  /** Both entered and differ: what differs. */
  differences: Difference[]
  /** My own sheet, to mend; the agreed one once it stands. */
  sheet: Count | null
}

const isOpen = (vote: Vote): boolean => vote.mode === 'hands'

/** The input as a count: listed lines in the sheet's order, written-in names behind them. @throws Problem 422 `count-wrong` */
export function sheetOf(vote: Vote, input: SheetInput): Count {
  const listed = vote.items.filter((item) => item.listed)
  const items: Tally[] = listed.map((item) => {
    const given = input.items.find((one) => one.key === item.key)
    return {
      key: item.key,
      label: item.label,
      yes: given?.yes ?? 0,
      no: given?.no ?? 0,
      abstain: given?.abstain ?? 0,
      ...(given?.grades && { grades: given.grades }),
    }
  })
  const faults: Record<string, string> = {}
  for (const [index, one] of input.writeIns.entries()) {
    const key = one.personId ? `p${one.personId}` : `w:${one.label}`
    if (vote.kind !== 'election') faults['writeIns'] = '只有选举可以另选他人'
    if (listed.some((item) => item.key === key || item.label === one.label))
      faults[`writeIns.${index}`] = `“${one.label}”在候选人名单里；若是同名的另一人，请在姓名后注明部门或工号`
    if (items.some((item) => item.key === key))
      faults[`writeIns.${index}`] = `“${one.label}”填了两次；同名的请注明部门或工号`
    items.push({ key, label: one.label, yes: one.yes, no: 0, abstain: 0, writtenIn: true })
  }
  const open = isOpen(vote)
  const raised = open ? Math.max(0, ...items.map((item) => item.yes + item.no + item.abstain)) : 0
  const count: Count = {
    expected: vote.expected,
    ...(vote.all !== null && { all: vote.all }),
    ...(vote.unit !== null && { unit: vote.unit }),
    present: vote.present ?? 0,
    issued: open ? (vote.present ?? 0) : input.issued,
    returned: open ? raised : input.returned,
    valid: open ? raised : input.valid,
    invalid: open ? 0 : input.invalid,
    items,
  }
  Object.assign(faults, sheetFaults(vote.kind, count))
  const seats = seatsFault(vote.rule, count)
  if (seats) faults['items'] = seats
  if (Object.keys(faults).length) throw refused('count-wrong', '计票单的数字对不上，请逐项核对后重填。', faults)
  return count
}

function differencesOf(vote: Vote, first: Count, second: Count): Difference[] {
  const found: Difference[] = []
  const compare = (where: string, one: number, other: number): void => {
    if (one !== other) found.push({ where, first: one, second: other })
  }
  for (const [name, title] of [
    ['issued', '发出'],
    ['returned', '收回'],
    ['valid', '有效'],
    ['invalid', '无效'],
  ] as const)
    compare(title, first[name], second[name])
  for (const key of new Set([...first.items, ...second.items].map((item) => item.key))) {
    const [one, other] = [first, second].map((sheet) => sheet.items.find((item) => item.key === key))
    const label = (one ?? other)!.label
    for (const mark of ['yes', 'no', 'abstain'] as const)
      compare(`${label}·${MARKS[mark]}`, one?.[mark] ?? 0, other?.[mark] ?? 0)
    for (const [index, grade] of (vote.rule.grades ?? []).entries())
      compare(`${label}·${grade}`, one?.grades?.[index] ?? 0, other?.grades?.[index] ?? 0)
  }
  return found
}

/** Each channel's state as the actor may see it. */
export async function channelsOf(db: Db | Tx, actor: Actor, vote: Vote): Promise<ChannelState[]> {
  const [entries, sheets] = await Promise.all([
    sql<{ channel: string; slot: 1 | 2; accountId: number; name: string; sheet: Count }>`
      select channel, slot, account_id as "accountId", name, sheet from ballots.count_entry where vote_id = ${vote.id} order by slot`.execute(
      db,
    ),
    sql<{
      channel: string
      sheet: Count
    }>`select channel, sheet from ballots.count_sheet where vote_id = ${vote.id}`.execute(db),
  ])
  return vote.channels.map((channel) => {
    const known = entries.rows.filter((row) => row.channel === channel)
    const agreed = sheets.rows.find((row) => row.channel === channel)
    const mine = known.find((row) => row.accountId === actor.accountId)
    const [first, second] = known
    return {
      channel,
      title: channelTitle(channel),
      entries: known.map((row) => ({ slot: row.slot, name: row.name, mine: row.accountId === actor.accountId })),
      agreed: Boolean(agreed),
      differences: !agreed && first && second ? differencesOf(vote, first.sheet, second.sheet) : [],
      sheet: agreed?.sheet ?? mine?.sheet ?? null,
    }
  })
}

/**
 * One of two people enters what a channel counted. When both entered the same, it stands; else both see where they differ.
 * @throws Problem 403, 409 `not-counting` | `counted-by-two`, 422 `count-wrong`
 */
export async function enterCount(
  tx: Tx,
  actor: Actor,
  voteId: number,
  channel: string,
  input: SheetInput,
): Promise<ChannelState> {
  const vote = await lockVote(tx, voteId)
  if (!isTeller(vote, actor) && !(await allows(tx, actor, 'ballots.count', vote.unitId))) {
    if (!(await allows(tx, actor, 'ballots.read', vote.unitId))) throw notFound('表决')
    throw forbidden('录入计票结果')
  }
  requireCounting(vote, channel)
  if (vote.items.some((item) => item.personId !== null && item.personId === actor.personId))
    throw refused('teller-is-candidate', '候选人不能录入计票结果，请由监票人、计票人录入。')
  const sheet = sheetOf(vote, input)
  if (vote.mode === 'secret') await requireMarked(tx, vote, channel, sheet)
  const { rows: known } = await sql<{ slot: 1 | 2; accountId: number; sheet: Count }>`
    select slot, account_id as "accountId", sheet from ballots.count_entry where vote_id = ${voteId} and channel = ${channel} order by slot`.execute(
    tx,
  )
  const mine = known.find((row) => row.accountId === actor.accountId)
  if (!mine && known.length === 2)
    throw conflict('counted-by-two', '这一处已由两人录入；需要更正的，请由录入人本人修改。')
  const slot = mine?.slot ?? (known.some((row) => row.slot === 1) ? 2 : 1)
  await sql`insert into ballots.count_entry (vote_id, channel, slot, account_id, name, sheet)
    values (${voteId}, ${channel}, ${slot}, ${actor.accountId}, ${actor.name}, ${JSON.stringify(sheet)}::jsonb)
    on conflict (vote_id, channel, slot) do update set sheet = excluded.sheet, name = excluded.name, entered_at = now()`.execute(
    tx,
  )
  const other = known.find((row) => row !== mine)
  const agreed = other !== undefined && canonical(numbersOf(other.sheet)) === canonical(numbersOf(sheet))
  await sql`delete from ballots.count_sheet where vote_id = ${voteId} and channel = ${channel}`.execute(tx)
  if (agreed) await keepSheet(tx, vote, channel, sheet, 'tellers')
  await audit(tx, actor, {
    action: 'ballots.count',
    objectKind: 'vote',
    objectId: voteId,
    unitId: vote.unitId,
    summary: `录入“${vote.title}”${channelTitle(channel)}计票结果（第 ${slot} 人）${agreed ? '，两人一致' : ''}`,
  })
  return (await channelsOf(tx, actor, vote)).find((one) => one.channel === channel)!
}

/** Beside an electronic box the papers handed out stand on the roll: the sheet must say as many. @throws Problem 409, 422 */
async function requireMarked(tx: Tx, vote: Vote, channel: string, sheet: Count): Promise<void> {
  if (channel === 'booth') throw notFound('投票点')
  const { rows } = await sql<{ marked: number; open: boolean; published: boolean }>`
    select (select count(*) from ballots.roll_line where vote_id = ${vote.id} and drawn_by = ${channel}) as marked,
      exists (select from ballots.secret_vote where vote_id = ${vote.id} and state = 'open') as open,
      exists (select from ballots.secret_vote where vote_id = ${vote.id} and state = 'published') as published`.execute(
    tx,
  )
  const { marked, open, published } = rows[0]!
  if (open) throw conflict('still-voting', '投票还没有结束。请先关闭电子票箱，再开箱清点纸质票。')
  if (published) throw conflict('published-already', '结果已经公布，计票单不能再改。')
  if (sheet.issued !== marked)
    throw refused('count-wrong', '计票单的数字对不上，请逐项核对后重填。', {
      issued: `名册上登记领纸质票 ${marked} 人，发出应为 ${marked} 张`,
    })
}

/** What two tellers must agree on; the roll's numbers aren't theirs. Write-ins in any order. */
const numbersOf = (sheet: Count) => ({
  issued: sheet.issued,
  returned: sheet.returned,
  valid: sheet.valid,
  invalid: sheet.invalid,
  items: Object.fromEntries(
    sheet.items.map((item) => [item.key, [item.yes, item.no, item.abstain, item.grades ?? []]]),
  ),
})

function requireCounting(vote: Vote, channel: string): void {
  if (vote.state !== 'issuing')
    throw conflict('not-counting', vote.state === 'draft' ? '还没有开始发票，不能录入计票结果。' : '这次表决已经结束。')
  if (!vote.channels.includes(channel)) throw notFound('投票点')
}

async function keepSheet(
  tx: Tx,
  vote: Vote,
  channel: string,
  sheet: Count,
  source: 'tellers' | 'names' | 'box',
): Promise<void> {
  await sql`insert into ballots.count_sheet (vote_id, channel, sheet, source)
    values (${vote.id}, ${channel}, ${JSON.stringify(sheet)}::jsonb, ${source})`.execute(tx)
}

/**
 * A channel that counts itself: the ballot box after publication. Only server code calls it.
 * @throws Problem 409 `not-counting`, 422 `count-wrong`
 */
export async function recordChannel(tx: Tx, voteId: number, channel: string, input: SheetInput): Promise<void> {
  const vote = await lockVote(tx, voteId)
  requireCounting(vote, channel)
  const sheet = sheetOf(vote, input)
  await sql`delete from ballots.count_sheet where vote_id = ${voteId} and channel = ${channel}`.execute(tx)
  await keepSheet(tx, vote, channel, sheet, 'box')
}

/** Open vote by name: what each said. Again for the same person and line replaces. @throws Problem 409 `not-counting`, 422 `not-on-roll` */
export async function markNames(
  tx: Tx,
  actor: Actor,
  voteId: number,
  marks: readonly { personId: number; key: string; mark: 'yes' | 'no' | 'abstain' }[],
): Promise<void> {
  const vote = await lockVote(tx, voteId)
  const own = marks.every((one) => one.personId === actor.personId)
  if (!own && !isTeller(vote, actor) && !(await allows(tx, actor, 'ballots.count', vote.unitId))) {
    if (!(await allows(tx, actor, 'ballots.read', vote.unitId))) throw notFound('表决')
    throw forbidden('录入计票结果')
  }
  if (vote.mode !== 'named') throw refused('not-by-name', '这次表决不是记名表决，不能登记各人表态。')
  if (vote.state !== 'issuing') throw conflict('not-counting', '现在不能登记表态：还没有开始，或已经结束。')
  const keys = new Set(vote.items.map((item) => item.key))
  if (marks.some((one) => !keys.has(one.key))) throw notFound('表决事项')
  const { rows } = await sql<{ id: number }>`
    insert into ballots.named_mark (vote_id, person_id, item_key, mark)
    select ${voteId}, m.id, m.key, m.mark from unnest(${marks.map((one) => one.personId)}::bigint[], ${marks.map((one) => one.key)}::text[],
      ${marks.map((one) => one.mark)}::text[]) m (id, key, mark)
      join ballots.roll_line l on l.vote_id = ${voteId} and l.person_id = m.id and not l.struck
    on conflict (vote_id, person_id, item_key) do update set mark = excluded.mark returning person_id as id`.execute(tx)
  if (rows.length !== marks.length)
    throw own ? notFound('表决') : refused('not-on-roll', '有人不在本次表决的名册上，请核对后重新登记。')
}

/** The named marks as a count; whoever said nothing is not counted. */
export async function countNames(tx: Tx, vote: Vote): Promise<Count> {
  const { rows } = await sql<{ key: string; yes: number; no: number; abstain: number; voters: number }>`
    select item_key as key, count(*) filter (where mark = 'yes') as yes, count(*) filter (where mark = 'no') as no,
      count(*) filter (where mark = 'abstain') as abstain, (select count(distinct person_id) from ballots.named_mark where vote_id = ${vote.id}) as voters
    from ballots.named_mark where vote_id = ${vote.id} group by item_key`.execute(tx)
  const voters = rows[0]?.voters ?? 0
  const items = vote.items.map((item) => {
    const row = rows.find((one) => one.key === item.key)
    const [yes, no] = [row?.yes ?? 0, row?.no ?? 0]
    // Who voted on another line and left this one open abstained here.
    return { key: item.key, label: item.label, yes, no, abstain: voters - yes - no }
  })
  return {
    expected: vote.expected,
    ...(vote.all !== null && { all: vote.all }),
    ...(vote.unit !== null && { unit: vote.unit }),
    present: vote.present ?? 0,
    issued: vote.present ?? 0,
    returned: voters,
    valid: voters,
    invalid: 0,
    items,
  }
}
