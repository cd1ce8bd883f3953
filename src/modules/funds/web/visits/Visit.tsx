import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { get } from '../../../../web/api.ts'
import { useAddress } from '../../../../web/session.ts'
import { DataTable } from '../../../../web/ui/DataTable.tsx'
import { Page } from '../../../../web/ui/Page.tsx'
import { Empty, Loaded, Notice } from '../../../../web/ui/states.tsx'
import { Tabs } from '../../../../web/ui/Tabs.tsx'
import { moneyText } from '../../../../web/ui/values.tsx'
import type { Outsider } from '../../outsider-contract.ts'
import { MorePages } from '../MorePages.tsx'
import { fundsPath, numberText } from '../paths.ts'
import { BalanceSheetTable, IncomeTable } from '../statements/StatementTables.tsx'
import type { Balance, Statements } from '../../statement-contract.ts'
import type { LedgerRow } from '../../voucher-contract.ts'
import '../funds.css'

/** The audited books as a visitor sees them: vouchers, balances, ledgers, statements, nothing to write. */
export function VisitPage(): ReactElement {
  const { id } = useParams({ strict: false }) as { id: string }
  const visit = useQuery({
    queryKey: ['funds', 'visit', id],
    queryFn: () => get<Outsider>(`/api/funds/visits/${id}`),
  })
  return (
    <Loaded query={visit}>
      {(found) => (
        <Page title={found.unitName} crumbs={[{ title: '查账', to: fundsPath.visits }]}>
          <div className="stack">
            <Notice>
              {found.auditTitle}：{found.booksFrom} 至 {found.booksTo} 的账，只读，开放到 {found.closesOn}。
            </Notice>
            <section className="card">
              <Tabs
                tabs={[
                  { id: 'vouchers', title: '记账凭证', render: () => <VisitedVouchers visit={found} /> },
                  { id: 'trial', title: '科目余额表', render: () => <VisitedTrial visit={found} /> },
                  { id: 'ledger', title: '明细账', render: () => <VisitedLedger visit={found} /> },
                  { id: 'statements', title: '财务报表', render: () => <VisitedStatements visit={found} /> },
                ]}
              />
            </section>
          </div>
        </Page>
      )}
    </Loaded>
  )
}

/** Months of the audited days, the last first. */
function monthsOf(visit: Outsider): string[] {
  const months: string[] = []
  let [year, month] = visit.booksTo.split('-').map(Number) as [number, number]
  for (;;) {
    const text = `${year}-${String(month).padStart(2, '0')}`
    if (text < visit.booksFrom.slice(0, 7)) return months
    months.push(text)
    month -= 1
    if (month === 0) [year, month] = [year - 1, 12]
  }
}

function useMonth(visit: Outsider): [string, ReactElement] {
  const [address, setAddress] = useAddress()
  const months = monthsOf(visit)
  const month = months.find((one) => one === address['month']) ?? months[0]!
  return [
    month,
    <div className="toolbar" key="month">
      <select
        className="control"
        aria-label="月份"
        value={month}
        onChange={(event) => setAddress({ month: event.target.value })}
      >
        {months.map((one) => (
          <option key={one} value={one}>
            {Number(one.slice(0, 4))} 年 {Number(one.slice(5))} 月
          </option>
        ))}
      </select>
    </div>,
  ]
}

interface VoucherList {
  vouchers: {
    id: number
    onDate: string
    month: number
    no: number
    summary: string
    totalFen: number
    key: string
  }[]
  next: string | null
}

function VisitedVouchers({ visit }: { visit: Outsider }): ReactElement {
  const [address, setAddress] = useAddress()
  const q = address['q'] ?? ''
  const vouchers = useInfiniteQuery({
    queryKey: ['funds', 'visit', visit.id, 'vouchers', q],
    queryFn: ({ pageParam }) =>
      get<VoucherList>(`/api/funds/visits/${visit.id}/vouchers`, { q: q || undefined, after: pageParam ?? undefined }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  })
  return (
    <>
      <div className="toolbar">
        <input
          className="control"
          type="search"
          aria-label="按摘要查找"
          placeholder="按摘要查找"
          defaultValue={q}
          onBlur={(event) => setAddress({ q: event.target.value || null })}
          onKeyDown={(event) => event.key === 'Enter' && setAddress({ q: event.currentTarget.value || null })}
        />
      </div>
      <Loaded query={vouchers}>
        {({ pages }) => (
          <DataTable
            caption="记账凭证"
            density="compact"
            rows={pages.flatMap((page) => page.vouchers)}
            rowKey={(row) => row.id}
            columns={[
              {
                id: 'no',
                title: '凭证号',
                lead: true,
                width: 110,
                render: (row) => (
                  <Link to={fundsPath.visitedVoucher(visit.id, row.id) as never}>{numberText(row.month, row.no)}</Link>
                ),
              },
              { id: 'on', title: '日期', width: 110, render: (row) => row.onDate },
              { id: 'summary', title: '摘要', wrap: true, render: (row) => row.summary },
              { id: 'total', title: '金额', number: true, width: 130, render: (row) => moneyText(row.totalFen) },
            ]}
            empty={<Empty small title="没有找到凭证" />}
          />
        )}
      </Loaded>
      <MorePages query={vouchers} text="再看一些" />
    </>
  )
}

const sides = (fen: number): [string, string] => [fen > 0 ? moneyText(fen) : '', fen < 0 ? moneyText(-fen) : '']

function VisitedTrial({ visit }: { visit: Outsider }): ReactElement {
  const [month, choice] = useMonth(visit)
  const [, setAddress] = useAddress()
  const trial = useQuery({
    queryKey: ['funds', 'visit', visit.id, 'trial', month],
    queryFn: () => get<{ rows: Balance[] }>(`/api/funds/visits/${visit.id}/trial-balance`, { month }),
  })
  return (
    <>
      {choice}
      <Loaded query={trial}>
        {({ rows }) => (
          <DataTable
            caption="科目余额表"
            density="compact"
            rows={rows}
            rowKey={(row) => row.code}
            columns={[
              {
                id: 'account',
                title: '科目',
                lead: true,
                render: (row) => (
                  <button type="button" className="link" onClick={() => setAddress({ tab: 'ledger', code: row.code })}>
                    {row.code} {row.name}
                  </button>
                ),
              },
              { id: 'debit', title: '本年借方', number: true, render: (row) => moneyText(row.debitFen) },
              { id: 'credit', title: '本年贷方', number: true, render: (row) => moneyText(row.creditFen) },
              { id: 'd', title: '期末借方', number: true, render: (row) => sides(row.balanceFen)[0] },
              { id: 'c', title: '期末贷方', number: true, render: (row) => sides(row.balanceFen)[1] },
            ]}
            empty={<Empty small title="没有余额和发生额" />}
          />
        )}
      </Loaded>
    </>
  )
}

function VisitedLedger({ visit }: { visit: Outsider }): ReactElement {
  const [address, setAddress] = useAddress()
  const code = address['code'] ?? '102'
  const ledger = useInfiniteQuery({
    queryKey: ['funds', 'visit', visit.id, 'ledger', code],
    queryFn: ({ pageParam }) =>
      get<{ openingFen: number; rows: LedgerRow[]; next: string | null }>(
        `/api/funds/visits/${visit.id}/ledger/${code}`,
        { after: pageParam ?? undefined },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  })
  return (
    <>
      <div className="toolbar">
        <input
          className="control"
          aria-label="科目编码"
          inputMode="numeric"
          defaultValue={code}
          key={code}
          onKeyDown={(event) => event.key === 'Enter' && setAddress({ code: event.currentTarget.value || null })}
        />
        <span className="faint">输入科目编码后按回车，也可以从科目余额表点开。</span>
      </div>
      <Loaded query={ledger}>
        {({ pages }) => (
          <>
            <p className="inside faint">期初余额 {moneyText(pages[0]!.openingFen)}</p>
            <DataTable
              caption={`${code} 明细账`}
              density="compact"
              rows={pages.flatMap((page) => page.rows)}
              rowKey={(row) => row.key}
              columns={[
                { id: 'on', title: '日期', width: 110, render: (row) => row.onDate },
                {
                  id: 'no',
                  title: '凭证号',
                  lead: true,
                  width: 110,
                  render: (row) => (
                    <Link to={fundsPath.visitedVoucher(visit.id, row.voucherId) as never}>
                      {numberText(row.month, row.no)}
                    </Link>
                  ),
                },
                { id: 'summary', title: '摘要', wrap: true, render: (row) => row.summary },
                {
                  id: 'debit',
                  title: '借方',
                  number: true,
                  render: (row) => (row.debitFen ? moneyText(row.debitFen) : ''),
                },
                {
                  id: 'credit',
                  title: '贷方',
                  number: true,
                  render: (row) => (row.creditFen ? moneyText(row.creditFen) : ''),
                },
                { id: 'balance', title: '余额', number: true, render: (row) => moneyText(row.balanceFen) },
              ]}
              empty={<Empty small title="被审期间没有发生额" />}
            />
            <MorePages query={ledger} text="再看一些" />
          </>
        )}
      </Loaded>
    </>
  )
}

function VisitedStatements({ visit }: { visit: Outsider }): ReactElement {
  const [month, choice] = useMonth(visit)
  const statements = useQuery({
    queryKey: ['funds', 'visit', visit.id, 'statements', month],
    queryFn: () =>
      get<Pick<Statements, 'balanceSheet' | 'income'>>(`/api/funds/visits/${visit.id}/statements`, { month }),
  })
  return (
    <>
      {choice}
      <Loaded query={statements}>
        {(found) => (
          <div className="inside">
            <div className="table-scroll" tabIndex={0} role="region" aria-label="可左右滚动的表格">
              <BalanceSheetTable sheet={found.balanceSheet} />
            </div>
            <div className="table-scroll" tabIndex={0} role="region" aria-label="可左右滚动的表格">
              <IncomeTable statement={found.income} />
            </div>
          </div>
        )}
      </Loaded>
    </>
  )
}
