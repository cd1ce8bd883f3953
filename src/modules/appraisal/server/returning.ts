import { sql } from 'kysely'
import { conflict, Problem, refused } from '../../../kernel/contract/problem.ts'
import type { Db } from '../../../kernel/db/database.ts'
import type { Services } from '../../../kernel/http/services.ts'
import { rates, type ReturnInput } from '../contract.ts'
import { scaleAt } from '../words.ts'
import { hashCode } from './issuing.ts'
import { groupTitle, rounds, type Round } from './rounds.ts'
import { atUrn, hasUrn, readUrn, writeUrn } from './urn.ts'

/** What the holder of a slip fills in. */
export interface Sheets {
  title: string
  unitName: string
  groupName: string
  closesOn: string
  criteria: string[]
  /** By criterion: what may be answered. */
  choices: string[][]
  remarks: boolean
  whole: Round['whole']
  topMost: number | null
  subjects: {
    id: number
    name: string
    post: string | null
    report: string | null
    /** 民主推荐: how many may be named, and from whom. */
    seats: number | null
    nominees: { name: string; post: string | null }[]
  }[]
  writeIns: boolean
}

const wrongCode = (): Problem =>
  refused('wrong-code', '评议码不对。请对照评议条核对，字母不分大小写；评议结束后评议码自动失效。', { code: '请核对' })
const usedCode = (): Problem => conflict('code-used', '这张评议条已经交过表，不能再交。您的评议已经收到，谢谢。')

async function find(db: Db, dataDir: string, code: string): Promise<{ round: Round; groupId: number; hash: string }> {
  const hash = hashCode(dataDir, code)
  const { rows } = await sql<{ roundId: number; groupId: number }>`
    select round_id as "roundId", group_id as "groupId" from appraisal.code where hash = ${hash}`.execute(db)
  if (!rows[0]) throw wrongCode()
  const { rows: found } = await sql<Round>`${rounds} where r.id = ${rows[0].roundId}`.execute(db)
  return { round: found[0]!, groupId: rows[0].groupId, hash: hash.toString('hex') }
}

function checkOpen(round: Round, today: string): void {
  if (round.state !== 'open') throw conflict('round-closed', '这次评议已经结束，不再收表。')
  if (today > round.closesOn) throw conflict('round-closed', `这次评议已于 ${round.closesOn} 截止，不再收表。`)
  if (today < round.heldOn) throw conflict('round-early', `这次评议从 ${round.heldOn} 开始，请到时再填。`)
}

/** The sheets behind a code. Reads only: nothing says that anybody looked. */
export async function look({ db, config, today }: Services, code: string): Promise<Sheets> {
  const { round, groupId, hash } = await find(db, config.dataDir, code)
  checkOpen(round, today())
  if (readUrn(config.dataDir, round.id).used.includes(hash)) throw usedCode()
  const group = round.groups.find((one) => one.id === groupId)!
  return {
    title: round.title,
    unitName: round.unitName,
    groupName: groupTitle(group),
    closesOn: round.closesOn,
    criteria: round.criteria,
    choices: round.criteria.map((_, at) => scaleAt(round, at).grades.map((grade) => grade.title)),
    remarks: round.remarks,
    whole: round.whole,
    topMost: round.topMost,
    subjects: round.subjects
      .filter((subject) => rates(group, subject))
      .map(({ id, name, post, report, seats, nominees }) => ({
        id,
        name,
        post,
        report,
        seats,
        nominees: nominees.map((one) => ({ name: one.name, post: one.post ?? null })),
      })),
    writeIns: round.writeIns,
  }
}

/**
 * Takes the sheets of one code into the urn. They come apart here: the urn keeps one line per subject, sorted among all the
 * others, and the code among used codes, so that neither leads to the other. Nothing is written to PostgreSQL.
 * @throws Problem 409 `code-used` | `round-closed` | `round-early`, 422 `wrong-code` | `sheet-wrong` | `top-most`
 */
export async function takeSheets(services: Services, input: ReturnInput): Promise<void> {
  const { db, config, today } = services
  const { round, groupId } = await find(db, config.dataDir, input.code)
  checkSheets(round, groupId, input)
  await atUrn(round.id, async () => {
    // Asked again inside: the round may have closed while this return waited for the urn.
    const { round: now, hash } = await find(db, config.dataDir, input.code)
    checkOpen(now, today())
    const urn = readUrn(config.dataDir, round.id)
    if (urn.used.includes(hash)) throw usedCode()
    urn.used.push(hash)
    for (const sheet of input.sheets)
      urn.sheets.push([groupId, sheet.subjectId, ...round.criteria.map((_, at) => sheet.marks[at] ?? -1)])
    urn.names = [
      ...(urn.names ?? []),
      ...input.sheets.flatMap((sheet) =>
        sheet.names.map((name): [number, number, string] => [groupId, sheet.subjectId, name]),
      ),
    ]
    if (round.remarks) for (const { subjectId, words } of input.remarks) urn.remarks.push([subjectId ?? 0, words])
    writeUrn(config.dataDir, round.id, urn)
  })
}

function checkSheets(round: Round, groupId: number, input: ReturnInput): void {
  const wrong = (): Problem => refused('sheet-wrong', '评议表与评议方案对不上，请刷新页面后重新填写。')
  const group = round.groups.find((one) => one.id === groupId)!
  const subjects = new Set(round.subjects.filter((subject) => rates(group, subject)).map((subject) => subject.id))
  const given = input.sheets.map((sheet) => sheet.subjectId)
  if (given.length !== subjects.size || new Set(given).size !== given.length) throw wrong()
  if (!given.every((id) => subjects.has(id))) throw wrong()
  for (const { marks } of input.sheets)
    if (
      marks.length > round.criteria.length ||
      marks.some((mark, at) => mark !== null && mark >= scaleAt(round, at).grades.length)
    )
      throw wrong()
  for (const sheet of input.sheets) checkNames(round, sheet)
  if (input.remarks.some(({ subjectId }) => subjectId && !subjects.has(subjectId))) throw wrong()
  const best = input.sheets.filter((sheet) => sheet.marks[0] === 0).length
  if (round.topMost && best > round.topMost)
    throw refused(
      'top-most',
      `“${round.grades[0]!.title}”最多评 ${round.topMost} 个，您评了 ${best} 个，请调整后再交。`,
    )
}

/** Names stand where somebody is recommended, once each, not more than the form allows, and from the list where it is closed. */
function checkNames(round: Round, sheet: ReturnInput['sheets'][number]): void {
  const subject = round.subjects.find((one) => one.id === sheet.subjectId)!
  const recommends = subject.seats !== null && sheet.marks[0] === 0
  if (!recommends && sheet.names.length)
    throw refused('names-wrong', '没有推荐人选的，不能带姓名。请刷新页面后重新填写。')
  if (!recommends) return
  if (!sheet.names.length) throw refused('names-missing', `请写出推荐任“${subject.name}”的人，或选“弃权”。`)
  if (sheet.names.length > subject.seats!)
    throw refused('names-many', `“${subject.name}”最多推荐 ${subject.seats} 人，您写了 ${sheet.names.length} 人。`)
  if (new Set(sheet.names).size !== sheet.names.length)
    throw refused('names-twice', `“${subject.name}”里同一个人写了两次，请删去一个。`)
  const listed = new Set(subject.nominees.map((one) => one.name))
  const beside = sheet.names.find((name) => !listed.has(name))
  if (beside && !round.writeIns)
    throw refused('names-unlisted', `“${subject.name}”只能从名单里选，“${beside}”不在名单上。`)
}

/** How many slips came back so far; nothing else of an open round is told. Null when the urn isn't on this machine. */
export const returnedSoFar = ({ config }: Services, roundId: number): number | null =>
  hasUrn(config.dataDir, roundId) ? readUrn(config.dataDir, roundId).used.length : null
