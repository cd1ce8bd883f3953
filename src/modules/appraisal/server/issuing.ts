import { sql } from 'kysely'
import { randomInt } from 'node:crypto'
import type { Actor } from '../../../kernel/access/actor.ts'
import { audit } from '../../../kernel/audit/audit.ts'
import { conflict, refused } from '../../../kernel/contract/problem.ts'
import { openKeys } from '../../../kernel/crypto/keys.ts'
import type { Tx } from '../../../kernel/db/database.ts'
import { qrOf } from '../../../kernel/documents/qr.ts'
import type { Services } from '../../../kernel/http/services.ts'
import { openBoxes } from './accounts.ts'
import { roundToRun, type Round } from './rounds.ts'
import { emptyUrn, writeUrn } from './urn.ts'

// No sign that is mistaken for another on a bad print: no 0 O 1 I L.
const alphabet = '23456789ABCDEFGHJKMNPQRSTUVWXYZ'

/** Twelve characters, 59 bits. */
const newCode = (): string =>
  [0, 0, 0].map(() => Array.from({ length: 4 }, () => alphabet[randomInt(alphabet.length)]).join('')).join('-')

/** Under the installation's key: whoever has the table can't try codes out. */
export const hashCode = (dataDir: string, code: string): Buffer =>
  openKeys(dataDir).keyedHash(code.toUpperCase().replace(/[^0-9A-Z]/g, ''), 'appraisal-code')

/**
 * Opens a round: the plan is frozen, the urn is made, slips may be printed. A body too small for a secret vote is told to
 * vote on paper.
 */
export async function openRound(services: Services, tx: Tx, actor: Actor, id: number): Promise<Round> {
  const round = await roundToRun(tx, actor, id, 'appraisal.run')
  if (round.state !== 'setup') throw conflict('round-not-in-setup', '这次评议已经开始或结束。')
  const slips = round.groups.filter((group) => group.channel === 'slip')
  const raters = slips.reduce((sum, group) => sum + group.planned, 0)
  if (slips.length && raters < round.least)
    throw refused(
      'too-few-raters',
      `评议人合计 ${raters} 人，少于 ${round.least} 人，线上评议不能保证不记名。请把评议方式改为“纸质评议票”，或合并单位后评议。`,
    )
  if (round.closesOn < services.today())
    throw refused('round-late', `截止日期 ${round.closesOn} 已过，请先修改方案。`, { closesOn: '日期已过' })
  await openBoxes(services, tx, actor, round)
  await sql`update appraisal.round set state = 'open', version = version + 1 where id = ${id}`.execute(tx)
  await audit(tx, actor, {
    action: 'appraisal.open',
    objectKind: 'appraisal-round',
    objectId: id,
    unitId: round.unitId,
    summary: `开始评议“${round.title}”`,
    detail: { groups: round.groups.map(({ name, weight, planned }) => ({ name, weight, planned })) },
  })
  // Last, and not part of the transaction: an urn without an open round takes nothing and is written anew.
  writeUrn(services.config.dataDir, id, emptyUrn())
  return { ...round, state: 'open' }
}

export interface Slips {
  round: Pick<Round, 'id' | 'title' | 'unitName' | 'closesOn'>
  groupName: string
  /** 三年级1班 */
  class: string | null
  /** In random order; kept nowhere, so that the print is the only place they stand. */
  slips: { code: string; qr: string }[]
  address: string
}

/**
 * Prints slips of one group. They carry no name and no number; hand them out face down. A second print adds slips (for
 * those that got lost), up to twice what was planned.
 */
export async function issue(
  services: Services,
  tx: Tx,
  actor: Actor,
  id: number,
  groupId: number,
  count?: number,
): Promise<Slips> {
  const round = await roundToRun(tx, actor, id, 'appraisal.run')
  if (round.state !== 'open') throw conflict('round-not-open', '评议还没有开始或已经结束，不能打印评议条。')
  const group = round.groups.find((one) => one.id === groupId)
  if (!group) throw refused('group-unknown', '没有这一组评议人，请刷新后再试。')
  if (group.channel === 'account')
    throw conflict('account-group', '这一组用本人账号评议，不打印评议条；评议人在“我的投票”里领票。')
  if (group.channel === 'paper')
    throw conflict('paper-group', '这一组用纸质评议票，不打印评议条；投票后由两人分别录入计票。')
  const more = count ?? group.planned - group.issued
  if (more < 1) throw conflict('slips-printed', '这一组的评议条已经打印过。确有遗失的，请填写补打张数。')
  if (group.issued + more > group.planned * 2)
    throw refused('too-many-slips', `这一组应发 ${group.planned} 张，已发 ${group.issued} 张，补打后超过应发的两倍。`, {
      count: '请减少张数',
    })
  const codes = Array.from({ length: more }, newCode)
  const hashes = codes
    .map((code) => hashCode(services.config.dataDir, code))
    .toSorted((one, other) => one.compare(other))
  await sql`insert into appraisal.code (round_id, hash, group_id)
    select ${id}, h, ${groupId} from unnest(${hashes}::bytea[]) h`.execute(tx)
  await sql`update appraisal.rater_group set issued = issued + ${more} where id = ${groupId}`.execute(tx)
  await audit(tx, actor, {
    action: 'appraisal.issue',
    objectKind: 'appraisal-round',
    objectId: id,
    unitId: round.unitId,
    summary: `“${round.title}”向${group.name}发出评议条 ${more} 张`,
  })
  const address = `${services.config.publicUrl}/appraise`
  const slips = await Promise.all(
    codes.map(async (code) => ({ code, qr: await qrOf(`${address}#${code.replaceAll('-', '')}`) })),
  )
  return { round, groupName: group.name, class: group.class, slips, address }
}
