import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactElement, ReactNode } from 'react'
import { get } from '../../../../web/api.ts'
import { withQuery } from '../../../../web/path.ts'
import { today, useAddress, useMay, useScope } from '../../../../web/session.ts'
import { DataTable } from '../../../../web/ui/DataTable.tsx'
import { DateInput } from '../../../../web/ui/FieldInput.tsx'
import { Page } from '../../../../web/ui/Page.tsx'
import { Empty, Loaded } from '../../../../web/ui/states.tsx'
import { Tabs } from '../../../../web/ui/Tabs.tsx'
import { moneyText } from '../../../../web/ui/values.tsx'
import { CLASS_WORDS } from '../../words.ts'
import { useAccounts, WithBook } from '../book.tsx'
import { MorePages } from '../MorePages.tsx'
import { AccountInput } from '../journal/AccountInput.tsx'
import type { Book } from '../../voucher-contract.ts'
import { fundsPath, numberText } from '../paths.ts'
import type { Balance } from '../../statement-contract.ts'
import type { LedgerRow } from '../../voucher-contract.ts'

/** Balances of every account, and the lines behind one. */
export function Ledgers(): ReactElement {
  const may = useMay()
  const { year } = useScope()
  return (
    <Page title="账簿" help="科目余额表可以点开明细账；现金、银行日记账就是 101、102 的明细账。">
      <WithBook>
        {(book) => (
          <>
            <section className="card">
              <Tabs
                tabs={[
                  { id: 'trial', title: '科目余额表', render: () => <TrialBalance book={book} /> },
                  { id: 'ledger', title: '明细账、日记账', render: () => <Ledger book={book} /> },
                ]}
              />
            </section>
            {may('funds.export') && (
              <p className="row" style={{ gap: 14, flexWrap: 'wrap' }}>
                <Link to={withQuery(fundsPath.opening, { unit: book.unitId }) as never}>期初和旧账导入</Link>
                <span className="faint">{year} 年全部账簿：</span>
                <a href={withQuery(`/api/funds/books/${book.id}/export`, { year, format: 'csv' })}>凭证和分录（CSV）</a>
                <a href={withQuery(`/api/funds/books/${book.id}/export`, { year, format: 'hledger' })}>hledger 账簿</a>
                <a href={withQuery(`/api/funds/books/${book.id}/archive.zip`, { year })}>
                  会计档案包（含保管期限清单）
                </a>
              </p>
            )}
          </>
        )}
      </WithBook>
    </Page>
  )
}

const split = (fen: number): [string, string] => [fen > 0 ? moneyText(fen) : '', fen < 0 ? moneyText(-fen) : '']

function TrialBalance({ book }: { book: Book }): ReactElement {
  const { year } = useScope()
  const [address, setAddress] = useAddress()
  const thisYear = Number(today().slice(0, 4))
  const on = address['on'] ?? (year === thisYear ? today() : `${year}-12-31`)
  const without = address['closings'] !== 'all'
  const trial = useQuery({
    queryKey: ['funds', 'trial', book.id, on, without],
    queryFn: () =>
      get<{ rows: Balance[] }>(`/api/funds/books/${book.id}/trial-balance`, {
        on,
        closings: without ? 'without' : 'all',
      }).then((one) => one.rows),
    placeholderData: keepPreviousData,
  })
  return (
    <>
      <div className="toolbar">
        <span>截至</span>
        <DateInput label="余额表日期" value={on} onChange={(day) => setAddress({ on: day })} />
        <label className="row">
          <input type="checkbox" checked={!without} onChange={() => setAddress({ closings: without ? 'all' : null })} />
          包括期末结转
        </label>
      </div>
      <Loaded query={trial}>
        {(rows) => {
          const total = (of: (row: Balance) => number): string => moneyText(rows.reduce((sum, row) => sum + of(row), 0))
          return (
            <DataTable
              caption="科目余额表"
              rows={rows}
              rowKey={(row) => row.accountId}
              density="compact"
              columns={[
                { id: 'code', title: '编码', width: 76, render: (row) => row.code },
                {
                  id: 'name',
                  title: '科目',
                  lead: true,
                  render: (row) => (
                    <Link to={withQuery(fundsPath.ledgers, { tab: 'ledger', account: row.code, year }) as never}>
                      {row.name}
                    </Link>
                  ),
                },
                { id: 'class', title: '类别', width: 70, render: (row) => CLASS_WORDS[row.class] },
                {
                  id: 'od',
                  title: '年初借方',
                  number: true,
                  render: (row) => split(row.openingFen)[0],
                  total: total((row) => Math.max(row.openingFen, 0)),
                },
                {
                  id: 'oc',
                  title: '年初贷方',
                  number: true,
                  render: (row) => split(row.openingFen)[1],
                  total: total((row) => Math.max(-row.openingFen, 0)),
                },
                {
                  id: 'd',
                  title: '本年借方',
                  number: true,
                  render: (row) => (row.debitFen ? moneyText(row.debitFen) : ''),
                  total: total((row) => row.debitFen),
                },
                {
                  id: 'c',
                  title: '本年贷方',
                  number: true,
                  render: (row) => (row.creditFen ? moneyText(row.creditFen) : ''),
                  total: total((row) => row.creditFen),
                },
                {
                  id: 'bd',
                  title: '期末借方',
                  number: true,
                  render: (row) => split(row.balanceFen)[0],
                  total: total((row) => Math.max(row.balanceFen, 0)),
                },
                {
                  id: 'bc',
                  title: '期末贷方',
                  number: true,
                  render: (row) => split(row.balanceFen)[1],
                  total: total((row) => Math.max(-row.balanceFen, 0)),
                },
              ]}
              empty={<Empty title="还没有记账">录入期初余额或记账后，这里列出各科目余额。</Empty>}
            />
          )
        }}
      </Loaded>
    </>
  )
}

interface Answer {
  openingFen: number
  rows: LedgerRow[]
  next: string | null
}

function Ledger({ book }: { book: Book }): ReactElement {
  const { year } = useScope()
  const may = useMay()
  const [address, setAddress] = useAddress()
  const accounts = useAccounts(book, true)
  const code = address['account'] ?? '102'
  const from = address['from'] ?? `${year}-01-01`
  const to = address['to'] ?? `${year}-12-31`
  const ledger = useInfiniteQuery({
    queryKey: ['funds', 'ledger', book.id, code, from, to],
    queryFn: ({ pageParam }) =>
      get<Answer>(`/api/funds/books/${book.id}/ledger/${code}`, { from, to, after: pageParam, limit: 60 }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  })
  const account = accounts.data?.find((one) => one.code === code)
  const side = account?.side ?? 'debit'
  const balance = (fen: number): string =>
    fen === 0 ? '平　0.00' : `${fen > 0 ? '借' : '贷'}　${moneyText(Math.abs(fen))}`
  return (
    <>
      <div className="toolbar">
        <div style={{ minWidth: 300 }}>
          <AccountInput
            accounts={(accounts.data ?? []).map((one) => ({ ...one, postable: true }))}
            value={code}
            label="科目"
            onChange={(chosen) => setAddress({ account: chosen })}
            onDone={(chosen) => setAddress({ account: chosen })}
          />
        </div>
        <DateInput label="从" value={from} onChange={(day) => setAddress({ from: day })} />
        <span>至</span>
        <DateInput label="到" value={to} onChange={(day) => setAddress({ to: day })} />
        {may('funds.export') && (
          <a className="push" href={withQuery(`/api/funds/books/${book.id}/ledger.xlsx`, { account: code, year })}>
            导出 {year} 年本科目账页
          </a>
        )}
      </div>
      <Loaded query={ledger}>
        {(pages) => {
          const rows = pages.pages.flatMap((page) => page.rows)
          return (
            <>
              <p className="spread" style={{ padding: '0 16px 10px' }}>
                <b>
                  {code} {account?.fullName ?? ''}
                </b>
                <span>
                  期初余额 {balance(pages.pages[0]!.openingFen)}{' '}
                  <span className="faint">（{side === 'debit' ? '借方' : '贷方'}科目）</span>
                </span>
              </p>
              <DataTable
                caption="明细账"
                rows={rows}
                rowKey={(row) => row.key}
                density="compact"
                columns={[
                  { id: 'on', title: '日期', width: 100, render: (row) => row.onDate },
                  {
                    id: 'no',
                    title: '凭证号',
                    width: 104,
                    render: (row) => (
                      <Link to={fundsPath.voucher(row.voucherId) as never}>{numberText(row.month, row.no)}</Link>
                    ),
                  },
                  { id: 'summary', title: '摘要', lead: true, render: (row) => row.summary },
                  {
                    id: 'party',
                    title: '对方 / 项目',
                    render: (row) => [row.counterparty, row.project].filter(Boolean).join(' / '),
                  },
                  { id: 'd', title: '借方', number: true, render: (row) => red(row.debitFen) },
                  { id: 'c', title: '贷方', number: true, render: (row) => red(row.creditFen) },
                  { id: 'balance', title: '余额', number: true, width: 170, render: (row) => balance(row.balanceFen) },
                ]}
                empty={<Empty small title="这段时间没有发生额" />}
              />
              <MorePages query={ledger} text="再看 60 行" />
            </>
          )
        }}
      </Loaded>
    </>
  )
}

/** Nothing for zero, so that a phone leaves the line out. */
const red = (fen: number): ReactNode =>
  fen === 0 ? '' : <span className={fen < 0 ? 'red-letter' : undefined}>{moneyText(fen)}</span>
