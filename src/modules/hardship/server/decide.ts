import { sql } from 'kysely'
import { requirePermission } from '../../../kernel/access/access.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import { audit } from '../../../kernel/audit/audit.ts'
import { loadCalendar } from '../../../kernel/calendar/calendar-days.ts'
import { addMonths, addYears } from '../../../kernel/calendar/days.ts'
import { refused } from '../../../kernel/contract/problem.ts'
import type { Tx } from '../../../kernel/db/database.ts'
import { act, actsOf, writeAct } from '../../../kernel/lifecycle/act.ts'
import { closeTodo, openTodo } from '../../../kernel/lifecycle/todos.ts'
import { publicityOf, publish, takeDown } from '../../openness/public.ts'
import type { CheckInput, MoveInput, ReviewInput } from '../contract.ts'
import { subjectOf } from './apply.ts'
import { type FileRow, lockFile, maskedName, sourceOf, type Version, versionsOf } from './files.ts'
import { fileDeed } from './filing.ts'
import { fileLife } from './machine.ts'
import { addVersion } from './versions.ts'
import { KEEPING } from './opening.ts'

/** Working days a list of names hangs before anybody decides. */
const PUBLICITY_DAYS = 5
/** Months after which somebody who was lifted is called. */
const CALL_BACK_MONTHS = 6

/**
 * Records a visit at the family's home, before the first decision or for a review on file; the newer finding closes the
 * older.
 * @throws Problem 403 | 404, 422 `not-now` | `own-file` and those of `addVersion`
 */
export async function recordCheck(
  tx: Tx,
  actor: Actor,
  dataDir: string,
  fileId: number,
  found: CheckInput,
  today: string,
): Promise<void> {
  const file = await lockFile(tx, actor, fileId, today)
  await requirePermission(tx, actor, 'hardship.write', file.unitId)
  if (file.state !== 'applied' && file.state !== 'on-file')
    throw refused('not-now', '只有待核查的申请和在档的档案可以登记入户核查。')
  if (actor.personId === file.personId) throw refused('own-file', '不能核查本人的档案，请由其他人办理。')
  await addVersion(tx, actor, dataDir, file, found, file.state === 'on-file' ? 'review' : 'check', today)
  if (file.state === 'on-file') await awaitDecision(tx, actor, file)
  await audit(tx, actor, {
    action: 'hardship.check',
    objectKind: 'hardship-file',
    objectId: fileId,
    unitId: file.unitId,
    summary: `登记入户核查（档案 ${fileId}），${found.visitors}`,
  })
}

/** 提交 撤回 同意 公示 退回 否决: moves an application on. @throws Problem as `act`, 422 `own-file` */
export async function moveFile(
  tx: Tx,
  actor: Actor,
  dataDir: string,
  fileId: number,
  move: MoveInput,
  today: string,
): Promise<{ state: string }> {
  const file = await lockFile(tx, actor, fileId, today)
  if (actor.personId === file.personId && move.verb !== '提交' && move.verb !== '撤回')
    throw refused('own-file', '不能办理本人的档案，请由其他人办理。')
  const [latest] = await versionsOf(tx, dataDir, fileId)
  const publicity = await publicityOf(tx, sourceOf(fileId), today)
  const present = [
    ...(latest?.reason === 'check' ? ['visit'] : []),
    ...(latest?.verdict.category ? ['qualifies'] : []),
    ...(publicity?.passed ? ['publicity'] : []),
  ]
  const { to } = await act(tx, actor, fileLife, subjectOf(file), move.verb, {
    today,
    present,
    ...(move.words && { words: move.words }),
  })
  if (file.state === 'published' && move.verb === '同意') await refuseSameHand(tx, actor, file, latest)
  const category = latest?.verdict.category ?? null
  if (move.verb === '公示') await hang(tx, actor, file, category!, today)
  if (file.state === 'published' && to !== 'on-file' && publicity?.state === 'published')
    await takeDown(tx, actor, sourceOf(fileId), move.words ?? '退回', today)
  if (to === 'on-file') {
    const reviewOn = addYears(today, 1)
    await sql`update hardship.file set state = ${to}, category = ${category}, filed_on = ${today}::date, review_on = ${reviewOn}::date
      where id = ${fileId}`.execute(tx)
    const { rows } = await sql<{ again: boolean }>`
      select previous_id is not null as again from hardship.file where id = ${fileId}`.execute(tx)
    await fileDeed(tx, actor, { ...file, category, reviewOn }, latest!, rows[0]!.again ? '返困重建' : '新建档', today)
    await awaitReview(tx, file, reviewOn)
  } else await sql`update hardship.file set state = ${to}, category = ${category} where id = ${fileId}`.execute(tx)
  return { state: to }
}

/** The list of names as it may hang: the name masked, the kind of hardship, no ground and no amount. */
async function hang(tx: Tx, actor: Actor, file: FileRow, category: string, today: string): Promise<void> {
  const until = (await loadCalendar(tx)).addWorkingDays(today, PUBLICITY_DAYS)
  await publish(tx, actor, {
    unitId: file.unitId,
    title: '困难职工建档公示',
    category: '职工福利',
    body: `经本人申请和入户核查，拟将${maskedName(file.personName)}列为${category}职工建立困难档案，现予公示。\n\n如有异议，请在公示期内在本页提出，或向工会反映；对提出异议的人，工会予以保密。`,
    from: today,
    until,
    audience: 'layer',
    publicity: { workingDays: PUBLICITY_DAYS },
    source: sourceOf(file.id),
  })
}

export const awaitReview = (tx: Tx, file: FileRow, reviewOn: string): Promise<void> =>
  openTodo(tx, {
    kind: 'hardship.review',
    objectKind: 'hardship-file',
    objectId: file.id,
    unitId: file.unitId,
    permission: KEEPING,
    title: `待年度复核：${file.personName}的困难档案`,
    link: `/hardship/files/${file.id}`,
    dueOn: reviewOn,
  })

/** Whoever looked at the family doesn't decide on what was found. @throws Problem 422 `same-hand` */
async function refuseSameHand(tx: Tx, actor: Actor, file: FileRow, latest: Version | undefined): Promise<void> {
  if (actor.kind !== 'person') return
  const passed = (await actsOf(tx, 'hardship-file', file.id)).findLast((one) => one.toState === 'checked')
  if (latest?.byId === actor.accountId || passed?.actorId === actor.accountId)
    throw refused('same-hand', '核查人和审批人不能是同一人，请由主席或另一名负责人审批。')
}

const awaitDecision = (tx: Tx, actor: Actor, file: FileRow): Promise<void> =>
  closeTodo(tx, actor, { objectKind: 'hardship-file', objectId: file.id, kind: 'hardship.received' }).then(() =>
    openTodo(tx, {
      kind: 'hardship.decide',
      objectKind: 'hardship-file',
      objectId: file.id,
      unitId: file.unitId,
      permission: 'hardship.approve',
      title: `待审定复核：${file.personName}的困难档案`,
      link: `/hardship/files/${file.id}`,
    }),
  )

/**
 * The decision on a review: renewed, sorted anew, or lifted, by somebody who did not make the finding. Only it clears the
 * to-dos of the review.
 * @throws Problem 403 | 404, 422 `not-now` | `own-file` | `no-finding` | `same-hand` | `no-longer-qualifies` | `words-missing`
 */
export async function reviewFile(
  tx: Tx,
  actor: Actor,
  dataDir: string,
  fileId: number,
  decided: ReviewInput,
  today: string,
): Promise<void> {
  const file = await lockFile(tx, actor, fileId, today)
  await requirePermission(tx, actor, 'hardship.approve', file.unitId)
  if (file.state !== 'on-file') throw refused('not-now', '只有在档的档案可以复核。')
  if (actor.personId === file.personId) throw refused('own-file', '不能复核本人的档案，请由其他人办理。')
  const [latest] = await versionsOf(tx, dataDir, fileId)
  const { rows } = await sql<{
    no: number | null
  }>`select decided_no as no from hardship.file where id = ${fileId}`.execute(tx)
  if (latest?.reason !== 'review' || latest.no <= (rows[0]!.no ?? 0))
    throw refused('no-finding', '还没有新的入户复核记录，请先由办理人登记复核。')
  await refuseSameHand(tx, actor, file, latest)
  const { verdict } = latest
  const lifted = decided.decision === 'lift'
  if (!lifted && !verdict.category)
    throw refused(
      'no-longer-qualifies',
      '按现行标准已不符合任何困难类别，不能续档。请核对收入和支出，或选择脱困退出。',
      {
        decision: '已不符合困难类别',
      },
    )
  if (lifted && !decided.words?.trim())
    throw refused('words-missing', '请写明退出的原因。', { words: '请写明退出的原因' })
  const category = lifted ? file.category : verdict.category
  const reviewOn = lifted ? file.reviewOn : addYears(today, 1)
  for (const kind of ['hardship.review', 'hardship.decide'])
    await closeTodo(tx, actor, { objectKind: 'hardship-file', objectId: fileId, kind })
  await sql`update hardship.file set state = ${lifted ? 'lifted' : 'on-file'}, category = ${category}, review_on = ${reviewOn}::date,
    lifted_on = ${lifted ? today : null}::date, lift_reason = ${lifted ? decided.words! : null}, decided_no = ${latest.no} where id = ${fileId}`.execute(
    tx,
  )
  await writeAct(tx, actor, {
    objectKind: 'hardship-file',
    objectId: fileId,
    verb: lifted ? '脱困退出' : '复核',
    from: 'on-file',
    to: lifted ? 'lifted' : 'on-file',
    words: decided.words ?? null,
  })
  await audit(tx, actor, {
    action: 'hardship.review',
    objectKind: 'hardship-file',
    objectId: fileId,
    unitId: file.unitId,
    summary: `${lifted ? '脱困退出' : '复核续档'}（档案 ${fileId}）`,
  })
  const action = lifted ? '脱困退出' : category === file.category ? '复核续档' : '调整类别'
  await fileDeed(tx, actor, { ...file, category, reviewOn }, latest, action, today, lifted ? decided.words : undefined)
  if (lifted)
    await openTodo(tx, {
      kind: 'hardship.call-back',
      objectKind: 'hardship-file',
      objectId: fileId,
      unitId: file.unitId,
      permission: KEEPING,
      title: `待回访：${file.personName}脱困后的情况`,
      link: `/hardship/files/${fileId}`,
      dueOn: addMonths(today, CALL_BACK_MONTHS),
    })
  else await awaitReview(tx, file, reviewOn!)
}

/** What a call to somebody who was lifted brought. Only it clears the to-do. @throws Problem 403 | 404, 422 `not-now` */
export async function callBack(tx: Tx, actor: Actor, fileId: number, words: string, today: string): Promise<void> {
  const file = await lockFile(tx, actor, fileId, today)
  await requirePermission(tx, actor, 'hardship.write', file.unitId)
  if (file.state !== 'lifted') throw refused('not-now', '只有脱困退出的档案需要回访。')
  if (!(await closeTodo(tx, actor, { objectKind: 'hardship-file', objectId: fileId, kind: 'hardship.call-back' })))
    throw refused('not-now', '已经回访过。')
  await writeAct(tx, actor, {
    objectKind: 'hardship-file',
    objectId: fileId,
    verb: '回访',
    from: 'lifted',
    to: 'lifted',
    words,
  })
  await audit(tx, actor, {
    action: 'hardship.call-back',
    objectKind: 'hardship-file',
    objectId: fileId,
    unitId: file.unitId,
    summary: `回访脱困职工（档案 ${fileId}）`,
  })
}
