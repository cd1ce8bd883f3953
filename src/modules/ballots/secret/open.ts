import { sql } from 'kysely'
import type { Actor } from '../../../kernel/access/actor.ts'
import { audit } from '../../../kernel/audit/audit.ts'
import { conflict, refused } from '../../../kernel/contract/problem.ts'
import type { Tx } from '../../../kernel/db/database.ts'
import type { Config } from '../../../kernel/http/services.ts'
import { compareBytes, fromTextOf, toText } from '../format/bytes.ts'
import { announce, type Opening } from '../format/opening.ts'
import { nodePrimitives } from '../format/primitives-node.ts'
import { commitment, rollRoot } from '../format/roll.ts'
import { voteById, type Vote } from '../server/vote.ts'
import { boxScalar, keepIssuer } from './places.ts'
import { newIssuer } from './signer.ts'

/** Below this number nobody's vote is secret: such a body votes on paper. */
export const fewestBallots = 10

export interface PlannedSheet {
  /** Who is rated. */
  name: string
  items: readonly string[]
}

/** How a secret vote is held. */
export interface SecretPlan {
  /** meeting: motions and elections in the hall; days: 领票 first and 投票 later; appraisal: one paper per sheet. */
  profile: 'meeting' | 'days' | 'appraisal'
  /** Instants; outside of them the box takes nothing. */
  castFrom?: string
  castTo?: string
  /** How many scrutineers' keys open the urn; 0 leaves the papers unsealed (motions in a meeting only). */
  threshold: number
  /** Names may be written in where 不赞成 is marked; null for none. */
  writeIns?: { most: number } | null
  /** Profile appraisal: a sheet per person who is rated, with its items by their keys; one sheet with all when left out. */
  sheets?: readonly PlannedSheet[]
}

/** Symbols on a paper: 赞成 a, 不赞成 o, 弃权 n; grades are a, b, c … from the best. */
export const symbolsOf = (vote: Pick<Vote, 'rule'>): string =>
  vote.rule.grades?.length ? letters.slice(0, vote.rule.grades.length) : 'aon'

const letters = 'abcdefghij'
/** A sheet about a person may leave a criterion open: the letter after the last grade. @param key of the item */
const gradesOf = ({ rule }: Pick<Vote, 'rule'>, plan: SecretPlan, key?: string): readonly string[] => {
  const grades = (key !== undefined && rule.scales?.[key]) || rule.grades
  return grades?.length && plan.sheets ? [...grades, '弃权'] : (grades ?? [])
}
/** In the order of the paper: what an item's letters stand for; null where that is what they stand for elsewhere. */
const scalesOf = (vote: Vote, plan: SecretPlan, keys: readonly string[]): (readonly string[] | null)[] =>
  keys.map((key) => (vote.rule.scales?.[key] ? gradesOf(vote, plan, key) : null))

export const reference = (personId: number): string => `person/${personId}`

function refuseUnsafePlace(config: Config): void {
  const page = new URL(config.publicUrl)
  const box = config.box ? new URL(config.box.url) : page
  const local = [page, box].every((url) => ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname))
  if (!local && [page, box].some((url) => url.protocol !== 'https:'))
    throw refused(
      'secret-needs-tls',
      '无记名电子投票须经加密连接：请管理员设置 PUBLIC_URL 和 BOX_URL（均为 https 网址）并配好证书，再开始发票。',
    )
  if (!local && page.host === box.host)
    throw refused('secret-needs-own-box', '票箱须有自己的网址：请管理员把 BOX_URL 设为另一个主机名或端口。')
}

/**
 * Opens a frozen vote for secret ballots: keys, salts and openings are made, the roll is committed to. Issuing begins when
 * the caller's transaction commits. Callers check their own permission.
 * @throws Problem 409 `not-frozen` | `secret-open`, 422 `secret-needs-tls` | `secret-needs-own-box` | `roll-too-small-for-secret` |
 *   `scrutineers-missing` | `not-secret` | `must-be-sealed`
 */
export async function openSecret(
  tx: Tx,
  actor: Actor,
  voteId: number,
  plan: SecretPlan,
  config: Config,
): Promise<{ eids: string[] }> {
  const vote = await voteById(tx, voteId)
  refuseUnsafePlace(config)
  if (vote.mode !== 'secret') throw refused('not-secret', '这次表决不是无记名电子投票。')
  if (vote.state !== 'issuing') throw conflict('not-frozen', '请先确认名册和规则、开始发票，再打开电子票箱。')
  const { rows: known } = await sql`select 1 from ballots.secret_vote where vote_id = ${voteId}`.execute(tx)
  if (known.length) throw conflict('secret-open', '这次投票的电子票箱已经打开过。')
  if (vote.kind !== 'motion' && plan.threshold < 2)
    throw refused('must-be-sealed', '选举和测评的选票须由至少两名监票人共同开启。')
  const { rows: voters } = await sql<{ id: number }>`
    select person_id as id from ballots.roll_line where vote_id = ${voteId} and not struck order by person_id`.execute(
    tx,
  )
  if (voters.length < fewestBallots)
    throw refused(
      'roll-too-small-for-secret',
      `名册只有 ${voters.length} 人，电子投票保不住秘密（至少 ${fewestBallots} 人），请改用纸质票。`,
    )
  const { rows: keys } = await sql<{ publicKey: string }>`
    select public_key as "publicKey" from ballots.scrutineer_key where vote_id = ${voteId} order by person_id`.execute(
    tx,
  )
  if (plan.threshold && keys.length <= plan.threshold - 1)
    throw refused('scrutineers-missing', `需要至少 ${plan.threshold} 名监票人先生成密钥，现在只有 ${keys.length} 名。`)

  const boxKey = toText(nodePrimitives.publicOf(boxScalar(config.dataDir)))
  const sheets = plan.sheets ?? [{ name: '', items: vote.items.map((item) => item.key) }]
  const eids: string[] = []
  for (const [at, sheet] of sheets.entries()) {
    const nonce = nodePrimitives.random(32)
    const salts = voters.map(() => nodePrimitives.random(32))
    const committed = voters.map(({ id }, place) => commitment(nodePrimitives, nonce, salts[place]!, reference(id)))
    const issuer = await newIssuer(sheets.length > 1 || voters.length > 1000 ? 2048 : 3072)
    const { text, vote: opened } = announce(nodePrimitives, {
      format: 'zhijia-ballots-1',
      title: sheet.name ? `${vote.title}：${sheet.name}` : vote.title,
      nonce: toText(nonce),
      ...paperOf(vote, sheet.items, plan),
      roll: { size: voters.length, root: toText(rollRoot(nodePrimitives, committed.toSorted(compareBytes))) },
      tokenKeys: [{ n: toText(issuer.key.n), e: issuer.key.e }],
      trustees: plan.threshold
        ? { threshold: plan.threshold, keys: keys.map(({ publicKey }) => publicKey) }
        : { threshold: 0, keys: [] },
      boxKey,
      notes: {
        profile: plan.profile,
        rule: vote.hash,
        // What the symbols of a graded sheet stand for; 赞成, 不赞成, 弃权 need no legend.
        ...(vote.rule.grades?.length && { grades: [...gradesOf(vote, plan)] }),
        ...(sheet.items.some((key) => vote.rule.scales?.[key]) && { scales: scalesOf(vote, plan, sheet.items) }),
        ...(sheet.name && { sheet: sheet.name }),
        ...(plan.castFrom && { castFrom: plan.castFrom }),
        ...(plan.castTo && { castTo: plan.castTo }),
      },
    })
    const eid = toText(opened.eid)
    keepIssuer(config.dataDir, eid, issuer.privateKey)
    await sql`insert into ballots.secret_vote (eid, vote_id, sheet, opening, state)
      values (${eid}, ${voteId}, ${at + 1}, ${text}, 'open')`.execute(tx)
    await sql`insert into ballots.secret_roll (eid, person_id, salt)
      select ${eid}, v.id, decode(v.salt, 'hex') from unnest(${voters.map(({ id }) => id)}::bigint[],
        ${salts.map((salt) => Buffer.from(salt).toString('hex'))}::text[]) v (id, salt)`.execute(tx)
    eids.push(eid)
  }
  await audit(tx, actor, {
    action: 'ballots.open-secret',
    objectKind: 'vote',
    objectId: voteId,
    unitId: vote.unitId,
    summary: `“${vote.title}”打开电子票箱：${voters.length} 人有权领票`,
    detail: { eids },
  })
  return { eids }
}

/** What is on the paper. The message's room holds every item, and as many names as may be written in. */
function paperOf(
  vote: Vote,
  sheet: readonly string[],
  plan: SecretPlan,
): Pick<Opening, 'items' | 'limit' | 'writeIn' | 'pad'> {
  const symbols = (key: string): string =>
    plan.sheets ? letters.slice(0, gradesOf(vote, plan, key).length) : symbolsOf(vote)
  const items = sheet.map((key, at) => ({
    id: String(at + 1),
    title: vote.items.find((item) => item.key === key)?.label ?? key,
    symbols: symbols(key),
  }))
  const election = vote.kind === 'election'
  const most = plan.writeIns?.most ?? 0
  const room = 64 + items.length + most * (30 * 3 + 4)
  return {
    items,
    limit: election && vote.rule.seats ? { symbol: 'a', most: vote.rule.seats } : null,
    writeIn: election && most ? { on: 'o', most, length: 30 } : null,
    pad: Math.ceil(room / 64) * 64,
  }
}

/** A scrutineer's public key, made in their own browser, before the box is opened. @throws Problem 403, 409, 422 */
export async function giveScrutineerKey(tx: Tx, actor: Actor, voteId: number, publicKey: string): Promise<void> {
  const vote = await voteById(tx, voteId)
  if (!vote.tellers.some((teller) => teller.personId === actor.personId))
    throw refused('not-a-teller', '只有本次投票的监票人可以生成开箱密钥。')
  const point = fromTextOf(publicKey, 65)
  if (!point || !nodePrimitives.shared(boxProbe, point)) throw refused('not-a-key', '密钥格式不正确，请重新生成。')
  const { rows } = await sql`select 1 from ballots.secret_vote where vote_id = ${voteId}`.execute(tx)
  if (rows.length) throw conflict('secret-open', '票箱已经打开，密钥不能再换。')
  await sql`insert into ballots.scrutineer_key (vote_id, person_id, public_key) values (${voteId}, ${actor.personId}, ${publicKey})
    on conflict (vote_id, person_id) do update set public_key = excluded.public_key`.execute(tx)
}

/** Any scalar: multiplying tells whether a point is on the curve. */
const boxProbe = new Uint8Array(32).fill(1)
