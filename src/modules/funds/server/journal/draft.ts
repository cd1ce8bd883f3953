import { sql, type RawBuilder } from 'kysely'
import { refused } from '../../../../kernel/contract/problem.ts'
import { plannedOnce, type Tx } from '../../../../kernel/db/database.ts'
import { capitalYuan, formatYuan } from '../../../../kernel/money/money.ts'
import type { VoucherKind } from '../../contract.ts'
import { bookRow, opened, type Book } from './books.ts'

/** One line of a voucher. Exactly one of the two amounts is not zero; negative only where an error is taken back. */
export interface EntryDraft {
  /** code of the account */
  account: string
  debitFen?: number
  creditFen?: number
  /** code of the project */
  project?: string | null | undefined
  economicClass?: string | null | undefined
  spendingKind?: 'basic' | 'project' | null | undefined
  counterparty?: string | null | undefined
  summary?: string | undefined
}

/** Who signed. Account id 0 is the system: what an approved record or a closing leads to. */
export interface Signature {
  accountId: number
  name: string
}

export interface VoucherDraft {
  /** `YYYY-MM-DD`, decides the period */
  onDate: string
  kind?: VoucherKind
  summary: string
  /** number of originals; at least one, except closing, red and correcting vouchers (会计基础工作规范 §51) */
  attachments?: number
  entries: readonly EntryDraft[]
  invoices?: readonly {
    number: string
    amountFen?: number | null | undefined
    issuedOn?: string | null | undefined
    seller?: string | null | undefined
  }[]
  /** total in Chinese capitals, as on the paper */
  capitals?: string | null | undefined
  /** path in the app of the record it comes from, without leading slash: `spending/12`. One voucher a source. */
  source?: string | null
  correctsId?: number | null | undefined
  reversesId?: number | null | undefined
}

/** A draft with its accounts and projects found. */
export interface CheckedDraft extends VoucherDraft {
  kind: VoucherKind
  lines: (EntryDraft & {
    accountId: number
    class: string
    projectId: number | null
    debitFen: number
    creditFen: number
  })[]
  totalFen: number
}

interface AccountRow {
  id: number
  code: string
  name: string
  class: string
  direct: boolean
  countyOnly: boolean
  validFrom: string
  validTo: string
  replaced: boolean
}
interface ProjectRow {
  id: number
  code: string
  name: string
  fundKind: 'tied' | 'free'
  finishedOn: string | null
}

/** Kinds that may carry red amounts. */
const RED_KINDS: readonly VoucherKind[] = ['red', 'correction', 'close', 'year-close']
/** Kinds without originals of their own. */
const BARE_KINDS: readonly VoucherKind[] = ['red', 'correction', 'close', 'year-close']
/** Income whose use may be tied: without a project it counts as untied. 40302 is tied by its name. */
const TIED_ACCOUNTS = ['40302']

/**
 * Finds what a draft names and refuses what is wrong with it, at the field. Says everything at once.
 * @param known the accounts it names, where they came with the book
 * @throws Problem 422 with `fields` like `entries.0.account`; the code is that of the first fault
 */
export async function checkDraft(
  tx: Tx,
  book: Book,
  draft: VoucherDraft,
  known?: readonly AccountRow[],
): Promise<CheckedDraft> {
  const kind = draft.kind ?? 'business'
  // Closing empties whatever holds something, also an account or a project that has ended since.
  const closing = kind === 'close' || kind === 'year-close'
  const faults: { code: string; field: string; sentence: string }[] = []
  const fault = (code: string, field: string, sentence: string): void => void faults.push({ code, field, sentence })

  const accounts = new Map((known ?? (await accountsNamed(tx, book.id, draft))).map((row) => [row.code, row]))
  const projects = new Map((await projectsNamed(tx, book.id, draft)).map((row) => [row.code, row]))
  if (!/^\d{4}-\d{2}-\d{2}$/.test(draft.onDate)) fault('wrong-period', 'onDate', '请填写凭证日期。')
  else if (draft.onDate < book.openedOn)
    fault('wrong-period', 'onDate', `本账套从 ${book.openedOn} 起记账，${draft.onDate} 不在账内。请核对凭证日期。`)
  if (!draft.summary.trim()) fault('summary-missing', 'summary', '请填写摘要。')
  if (!draft.attachments && !BARE_KINDS.includes(kind))
    fault(
      'attachments-missing',
      'attachments',
      '请附原始凭证并填写附件张数。只有结账、更正和红字冲销凭证可以没有附件。',
    )
  if (draft.entries.length < 2) fault('lines-missing', 'entries', '一张凭证至少要有一借一贷两行分录。')

  let [debit, credit] = [0, 0]
  const lines = draft.entries.map((entry, index) => {
    const at = (field: string) => `entries.${index}.${field}`
    const debitFen = entry.debitFen ?? 0
    const creditFen = entry.creditFen ?? 0
    const amountField = at(creditFen ? 'creditFen' : 'debitFen')
    if (!Number.isSafeInteger(debitFen) || !Number.isSafeInteger(creditFen))
      fault('over-precise', amountField, '金额最多到分，且不能过大。')
    else if (debitFen && creditFen) fault('two-sides', amountField, '一行只能记借方或贷方，请分成两行。')
    else if (!debitFen && !creditFen) fault('zero-amount', amountField, '金额不能为零。')
    else if ((debitFen < 0 || creditFen < 0) && !RED_KINDS.includes(kind))
      fault('negative-amount', amountField, '金额不能为负数。冲销已记账的凭证请用“红字冲销”。')
    debit += debitFen
    credit += creditFen
    const account = accounts.get(entry.account)
    const project = entry.project ? projects.get(entry.project) : undefined
    if (!account) fault('account-unknown', at('account'), `没有科目 ${entry.account}。请按编码、名称或拼音首字母查找。`)
    else {
      if (!closing) checkAccount(account, draft.onDate, book, (code, sentence) => fault(code, at('account'), sentence))
      if (!entry.project && needsProject(account.code, kind))
        fault('project-missing', at('project'), `“${account.name}”是专项资金，请选择项目。`)
      if (project?.fundKind === 'tied' && account.code.startsWith('401'))
        fault('project-wrong', at('project'), '会费收入不是专项资金，请去掉项目。')
    }
    if (entry.project && !project)
      fault('project-unknown', at('project'), `没有项目 ${entry.project}。请先在“专项与项目”中登记。`)
    else if (project?.finishedOn && project.finishedOn < draft.onDate && !closing)
      fault('project-finished', at('project'), `项目“${project.name}”已于 ${project.finishedOn} 结束。`)
    return {
      ...entry,
      debitFen,
      creditFen,
      accountId: account?.id ?? 0,
      class: account?.class ?? '',
      projectId: project?.id ?? null,
    }
  })
  if (debit !== credit)
    fault(
      'unbalanced',
      'entries',
      `借方合计 ${formatYuan(debit)} 元，贷方合计 ${formatYuan(credit)} 元，相差 ${formatYuan(Math.abs(debit - credit))} 元。请核对金额。`,
    )
  if (debit === credit && !closing) for (const sentence of unpaired(lines)) fault('asset-pair', 'entries', sentence)
  const capitals = draft.capitals
    ?.replace(/^人民币/, '')
    .replaceAll(/[正]$/g, '整')
    .replaceAll('圆', '元')
    .trim()
  if (capitals && debit === credit && capitals !== capitalYuan(debit))
    fault(
      'capitals-differ',
      'capitals',
      `大写金额与合计不符：合计 ${formatYuan(debit)} 元应写作“${capitalYuan(debit)}”。`,
    )
  const seen = new Set<string>()
  for (const [index, { number }] of (draft.invoices ?? []).entries()) {
    if (seen.has(number)) fault('invoice-twice', `invoices.${index}.number`, `发票 ${number} 在本凭证中出现了两次。`)
    seen.add(number)
  }
  if (faults.length) {
    const fields: Record<string, string> = {}
    for (const { field, sentence } of faults) fields[field] ??= sentence
    throw refused(faults[0]!.code, faults[0]!.sentence, fields)
  }
  return { ...draft, kind, lines, totalFen: debit }
}

const needsProject = (code: string, kind: VoucherKind): boolean =>
  kind !== 'close' && TIED_ACCOUNTS.some((tied) => code.startsWith(tied))

/** Accounts that only closing moves. */
const CLOSING_ACCOUNTS: readonly string[] = ['32103', '32203', '32204', '33103', '33203', '33204']

/** What stands for assets in the net assets: 资产基金 and the assets themselves, kind by kind. */
const FUND_PAIRS: readonly [fund: string, assets: readonly string[], label: string][] = [
  ['30101', ['141'], '库存物品'],
  ['30102', ['151'], '投资'],
  ['30103', ['161'], '在建工程'],
  ['30104', ['162', '163'], '固定资产'],
  ['30105', ['171', '172'], '无形资产'],
  ['30106', ['181'], '长期待摊费用'],
]

/**
 * Assets that are not money move together with their 资产基金 (工会会计制度, 两对分录): else the sheet's net assets would count
 * them as money to spend. What is pending (18201) may stand for any of them.
 */
function unpaired(lines: readonly { account: string; debitFen: number; creditFen: number }[]): string[] {
  const moved = (...codes: string[]): number =>
    lines.reduce(
      (sum, line) => (codes.some((code) => line.account.startsWith(code)) ? sum + line.debitFen - line.creditFen : sum),
      0,
    )
  if (lines.some((line) => line.account.startsWith('18201'))) {
    const assets = moved('18201', ...FUND_PAIRS.flatMap(([, codes]) => codes))
    return assets + moved('301') === 0 ? [] : ['待处理的资产与“资产基金”没有同时增减，请补齐另一对分录。']
  }
  return FUND_PAIRS.flatMap(([fund, assets, label]) =>
    moved(...assets) + moved(fund) === 0
      ? []
      : [`“${label}”与“资产基金—${label}”（${fund}）应同时增减相同金额，请补齐另一对分录。`],
  )
}

function checkAccount(
  account: AccountRow,
  onDate: string,
  book: Book,
  fault: (code: string, sentence: string) => void,
): void {
  if (!account.direct || account.replaced)
    fault('account-has-details', `“${account.code} ${account.name}”已设明细科目，请选择它的明细。`)
  else if (CLOSING_ACCOUNTS.includes(account.code))
    fault('account-class', `“${account.code} ${account.name}”只在结账时自动结转，不能手工填制。`)
  else if (account.countyOnly && !book.wideChart)
    fault('account-class', `“${account.code} ${account.name}”是县级以上工会的科目，基层工会不使用。`)
  else if (onDate < account.validFrom || onDate >= account.validTo)
    fault('account-not-valid', `“${account.code} ${account.name}”在 ${onDate} 不能使用。`)
}

/** @param bookId of the book whose own accounts count beside the general chart's */
function accountRows(bookId: RawBuilder<unknown>, draft: VoucherDraft): RawBuilder<AccountRow> {
  const codes = [...new Set(draft.entries.map((entry) => entry.account))]
  return sql<AccountRow>`
    select a.id, a.code, a.name, a.class, a.direct, a.county_only as "countyOnly", a.valid_from as "validFrom",
      coalesce(nullif(a.valid_to, 'infinity'), '9999-12-31') as "validTo",
      exists (select from funds.account d where d.parent_id = a.id and d.book_id = ${bookId} and not d.beside
        and d.valid_to = 'infinity') as replaced
    from funds.account a where a.code = any(${codes}::text[]) and (a.book_id is null or a.book_id = ${bookId})`
}

async function accountsNamed(tx: Tx, bookId: number, draft: VoucherDraft): Promise<AccountRow[]> {
  return (await sql<AccountRow>`${plannedOnce}${accountRows(sql`${bookId}::bigint`, draft)}`.execute(tx)).rows
}

/**
 * A unit's book and the accounts a draft names, in one question.
 * @throws Problem 422 `book-missing` when the union keeps no book yet
 */
export async function bookWithAccounts(
  tx: Tx,
  unitId: number,
  draft: VoucherDraft,
): Promise<{ book: Book; accounts: AccountRow[] }> {
  const { rows } = await sql<Book & { accounts: AccountRow[] }>`${plannedOnce}
    select b.*, (select coalesce(json_agg(r), '[]') from (${accountRows(sql`b.id`, draft)}) r) as accounts
    from (${bookRow(unitId)}) b`.execute(tx)
  const { accounts, ...book } = opened(rows[0])
  return { book, accounts }
}

async function projectsNamed(tx: Tx, bookId: number, draft: VoucherDraft): Promise<ProjectRow[]> {
  const codes = [...new Set(draft.entries.flatMap((entry) => entry.project ?? []))]
  if (!codes.length) return []
  const { rows } = await sql<ProjectRow>`
    select id, code, name, fund_kind as "fundKind", finished_on as "finishedOn" from funds.project
    where book_id = ${bookId} and code = any(${codes}::text[])`.execute(tx)
  return rows
}
