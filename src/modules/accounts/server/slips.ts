import { sql } from 'kysely'
import { randomInt } from 'node:crypto'
import QRCode from 'qrcode'
import { requirePermission } from '../../../kernel/access/access.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import { audit } from '../../../kernel/audit/audit.ts'
import { openKeys } from '../../../kernel/crypto/keys.ts'
import { conflict, Problem, refused } from '../../../kernel/contract/problem.ts'
import type { Db, Tx } from '../../../kernel/db/database.ts'
import type { Services } from '../../../kernel/http/services.ts'
import { recordFor, setPassword } from './accounts.ts'
import { escapeHtml, page } from './page.ts'
import { openSession, type Origin } from './sessions.ts'
import { attemptFailed, refuseBusyAddress } from './sign-in.ts'

// Nothing that is mistaken for something else on a bad print: no 0 O 1 I L.
const alphabet = '23456789ABCDEFGHJKMNPQRSTUVWXYZ'

/** Twelve characters, 59 bits: XXXX-XXXX-XXXX. */
const newCode = (): string =>
  [0, 0, 0].map(() => Array.from({ length: 4 }, () => alphabet[randomInt(alphabet.length)]).join('')).join('-')

/** Under the installation's key: a stolen table can't be searched for codes. */
const hashCode = (services: Services, code: string): Buffer =>
  openKeys(services.config.dataDir).keyedHash(code.toUpperCase().replace(/[^0-9A-Z]/g, ''), 'activation')

export interface Slip {
  accountId: number
  name: string
  staffNo: string | null
  unitName: string
  login: string
  code: string
  expiresOn: string
}

interface SlipHolder {
  /** Null for staff who aren't on the roster. */
  personId: number | null
  accountId: number | null
  name: string
  staffNo: string | null
  unitId: number
  unitName: string
}

export interface SlipScope {
  /** Everybody of the unit and below. */
  unitId?: number | undefined
  personIds?: number[] | undefined
  accountIds?: number[] | undefined
}

/** People of the roster who could still get an account, and accounts beside the roster that wait for their holder. */
async function holdersWithoutPassword(tx: Tx, scope: SlipScope): Promise<SlipHolder[]> {
  const { unitId, personIds = [], accountIds = [] } = scope
  const within = (column: string) => sql`(${sql.ref(column)} = ${unitId ?? 0} or ${sql.ref(column)} in (
    select descendant_id from kernel.closure
    where ancestor_id = ${unitId ?? 0} and valid_from <= current_date and valid_to > current_date))`
  const { rows } = await sql<SlipHolder>`
    select h.* from (
      select p.id as "personId", a.id as "accountId", p.name, p.staff_no as "staffNo", p.unit_id as "unitId",
        u.name as "unitName", u.sort_key
      from members.person p join organisation.unit u on u.id = p.unit_id
        left join accounts.account a on a.person_id = p.id
      where p.merged_into is null and p.kind = 'member' and p.status in ('active', 'retained', 'retired')
        and (a.id is null or a.state = 'invited')
        and (${within('p.unit_id')} or p.id = any(${personIds}::bigint[]) or a.id = any(${accountIds}::bigint[]))
      union all
      select null, a.id, a.name, null, a.unit_id, u.name, u.sort_key
      from accounts.account a join organisation.unit u on u.id = a.unit_id
      where a.person_id is null and a.state = 'invited'
        and (${within('a.unit_id')} or a.id = any(${accountIds}::bigint[]))
    ) h order by h.sort_key, h."unitId", h."personId" is not null, h."staffNo", h."personId", h."accountId" limit 2001`.execute(
    tx,
  )
  return rows
}

/** Invited accounts for those who have none; the login is the staff number where it is free, else «m» and a number. */
async function inviteAll(tx: Tx, actor: Actor, holders: readonly SlipHolder[]): Promise<void> {
  const ids = holders.flatMap((holder) => (holder.accountId === null && holder.personId ? [holder.personId] : []))
  await sql`
    insert into accounts.account (login, name, person_id, created_by)
    select case when length(p.staff_no) between 2 and 40
        and not exists (select from accounts.account a where lower(a.login) = lower(p.staff_no))
        and count(*) over (partition by lower(p.staff_no)) = 1 then p.staff_no else 'm' || p.id end, p.name, p.id,
      ${actor.accountId}
    from members.person p where p.id = any(${ids}::bigint[])
    on conflict do nothing`.execute(tx)
}

/**
 * Prints one-time activation slips. Only accounts that were never activated (or were just reset) get one: a slip for a
 * living account would be a password reset by a single officer. Earlier slips of the same accounts become void.
 * @param days until the codes expire
 */
export async function printSlips(
  services: Services,
  tx: Tx,
  actor: Actor,
  scope: SlipScope & { days: number },
): Promise<Slip[]> {
  if (scope.unitId === undefined && !scope.personIds?.length && !scope.accountIds?.length)
    throw refused('nobody-chosen', '请选择单位，或勾选需要激活条的人。', { unitId: '请选择' })
  const holders = await holdersWithoutPassword(tx, scope)
  if (holders.length > 2000)
    throw refused('too-many', '一次最多打印 2000 张激活条，请按下级单位分批打印。', { unitId: '请选择下级单位' })
  const units = new Set(holders.map((holder) => holder.unitId))
  for (const unitId of scope.unitId === undefined ? units : [scope.unitId])
    await requirePermission(tx, actor, 'accounts.manage', unitId, 'members.read')
  if (!holders.length) throw refused('nobody-left', '所选人员都已激活，无需再打印。忘记密码请走“重置密码”。')
  await inviteAll(tx, actor, holders)
  const drafts = await invitedOf(tx, holders)
  const expiresOn = await keepCodes(services, tx, actor, drafts, scope.days)
  await audit(tx, actor, {
    action: 'accounts.print-slips',
    objectKind: 'unit',
    objectId: scope.unitId ?? null,
    unitId: scope.unitId ?? holders[0]!.unitId,
    summary: `打印激活条 ${drafts.length} 张，有效期至 ${expiresOn}`,
    detail: { accounts: drafts.map((draft) => draft.accountId) },
  })
  return drafts.map(({ accountId, name, staffNo, unitName, login, code }) => ({
    accountId,
    name,
    staffNo,
    unitName,
    login,
    code,
    expiresOn,
  }))
}

/** Each holder with the account that now waits, and a code for it. */
async function invitedOf(
  tx: Tx,
  holders: readonly SlipHolder[],
): Promise<(SlipHolder & { accountId: number; login: string; code: string })[]> {
  const persons = holders.map((holder) => holder.personId)
  const accounts = holders.map((holder) => holder.accountId)
  const { rows } = await sql<{ accountId: number; personId: number | null; login: string }>`
    select id as "accountId", person_id as "personId", login from accounts.account
    where state = 'invited' and (person_id = any(${persons}::bigint[]) or id = any(${accounts}::bigint[]))`.execute(tx)
  return holders.flatMap((holder) => {
    const account = rows.find((row) =>
      holder.accountId === null ? row.personId === holder.personId : row.accountId === holder.accountId,
    )
    return account ? [{ ...holder, ...account, code: newCode() }] : []
  })
}

async function keepCodes(
  services: Services,
  tx: Tx,
  actor: Actor,
  drafts: readonly { accountId: number; code: string }[],
  days: number,
): Promise<string> {
  const ids = drafts.map((draft) => draft.accountId)
  await sql`update accounts.activation_slip set withdrawn_at = now()
    where account_id = any(${ids}::bigint[]) and used_at is null and withdrawn_at is null`.execute(tx)
  const { rows } = await sql<{ expires_on: string }>`
    insert into accounts.activation_slip (account_id, code_hash, expires_at, printed_by)
    select id, hash, (current_date + ${days}::int + 1)::timestamptz, ${actor.accountId}
    from unnest(${ids}::bigint[], ${drafts.map((draft) => hashCode(services, draft.code))}::bytea[]) as d(id, hash)
    returning (expires_at - interval '1 day')::date as expires_on`.execute(tx)
  return rows[0]!.expires_on
}

/** One slip for one account, after a reset. */
export async function slipFor(
  services: Services,
  tx: Tx,
  actor: Actor,
  accountId: number,
  days: number,
): Promise<Slip> {
  const { rows } = await sql<{ name: string; login: string; staffNo: string | null; unitName: string }>`
    select a.name, a.login, p.staff_no as "staffNo", coalesce(u.name, '') as "unitName" from accounts.account a
    left join members.person p on p.id = a.person_id
    left join organisation.unit u on u.id = coalesce(p.unit_id, a.unit_id) where a.id = ${accountId}`.execute(tx)
  const code = newCode()
  const expiresOn = await keepCodes(services, tx, actor, [{ accountId, code }], days)
  return { accountId, code, expiresOn, ...rows[0]! }
}

/** A sheet to cut: eight slips a page, each with its QR. */
export async function slipSheet(services: Services, slips: readonly Slip[]): Promise<string> {
  const cards = await Promise.all(
    slips.map(async (slip) => {
      const qr = await QRCode.toString(activationUrl(services, slip.code), { type: 'svg', margin: 0, width: 96 })
      return `<div class="slip">${qr}<div><b>${escapeHtml(slip.name)}</b>　${escapeHtml(slip.staffNo ?? '')}<br>${escapeHtml(slip.unitName)}<br>
登录名：${escapeHtml(slip.login)}<br>激活码：<code>${slip.code}</code><br><small>扫码或打开 ${escapeHtml(services.config.publicUrl)}/activate<br>${slip.expiresOn} 前有效，只能用一次，请勿转交他人。</small></div></div>`
    }),
  )
  return page(
    '账号激活条',
    `<div class="sheet">${cards.join('')}</div>`,
    `.sheet { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)) } .slip { display: flex; gap: 4mm; border: 1px dashed #888;
padding: 3mm 4mm; break-inside: avoid; font-size: 9.5pt; line-height: 1.45; overflow-wrap: anywhere } .slip svg { width: 26mm; height: 26mm; flex: none } code { font-size: 12pt }`,
  )
}

const activationUrl = (services: Services, code: string): string =>
  `${services.config.publicUrl}/activate#${code.replaceAll('-', '')}`

function cell(text: string | null): string {
  const safe = /^[=+\-@\t\r]/.test(text ?? '') ? `'${text}` : (text ?? '')
  return `"${safe.replaceAll('"', '""')}"`
}

/** CSV for a mail merge, with the mark by which spreadsheet programs know UTF-8. A leading = + - @ is made text. */
export function slipCsv(slips: readonly Slip[]): string {
  const rows = slips.map((slip) => [slip.unitName, slip.name, slip.staffNo, slip.login, slip.code, slip.expiresOn])
  return `\uFEFF${[['单位', '姓名', '工号', '登录名', '激活码', '有效期至'], ...rows].map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`
}

interface OpenSlip {
  id: number
  accountId: number
  name: string
  login: string
}

async function findSlip(services: Services, db: Db | Tx, code: string, lock: boolean): Promise<OpenSlip | null> {
  const { rows } = await sql<OpenSlip>`
    select s.id, a.id as "accountId", a.name, a.login
    from accounts.activation_slip s join accounts.account a on a.id = s.account_id
    where s.code_hash = ${hashCode(services, code)} and s.used_at is null and s.withdrawn_at is null
      and s.expires_at > now() and a.state = 'invited' ${lock ? sql`for update of s` : sql``}`.execute(db)
  return rows[0] ?? null
}

const wrongCode = (): Problem =>
  new Problem(422, 'wrong-code', '激活码不正确、已用过或已过期。请核对纸条，或向本单位工会重新领取。', {
    code: '请核对',
  })

/** Greets by name before a password is chosen. */
export async function lookAtSlip(
  services: Services,
  code: string,
  ip: string,
): Promise<{ name: string; login: string }> {
  await refuseBusyAddress(services.db, ip)
  const slip = await findSlip(services, services.db, code, false)
  if (!slip) {
    await attemptFailed(services.db, null, ip)
    throw wrongCode()
  }
  return { name: slip.name, login: slip.login }
}

/** The slip is spent, the password is set, and the holder is signed in. */
export async function activate(
  services: Services,
  input: { code: string; login?: string | undefined; password: string; shared: boolean },
  origin: Origin,
): Promise<{ token: string; maxAge: number | null }> {
  await lookAtSlip(services, input.code, origin.ip)
  return services.db.transaction().execute(async (tx) => {
    const slip = await findSlip(services, tx, input.code, true)
    if (!slip) throw wrongCode()
    if (input.login && input.login !== slip.login) await rename(tx, slip.accountId, input.login)
    await setPassword(tx, slip.accountId, input.password)
    await sql`update accounts.activation_slip set used_at = now() where id = ${slip.id}`.execute(tx)
    await recordFor(tx, slip.accountId, 'accounts.activate', '用激活条设置密码并登录', { ip: origin.ip })
    return openSession(tx, slip.accountId, 'activation', origin, input.shared)
  })
}

async function rename(tx: Tx, accountId: number, login: string): Promise<void> {
  const { rows } =
    await sql`select from accounts.account where lower(login) = lower(${login}) and id <> ${accountId}`.execute(tx)
  if (rows.length) throw conflict('login-taken', `登录名“${login}”已被使用，请换一个。`)
  await sql`update accounts.account set login = ${login} where id = ${accountId}`.execute(tx)
}
