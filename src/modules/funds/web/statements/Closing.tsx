import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState, type ReactElement } from 'react'
import { get, post } from '../../../../web/api.ts'
import { withQuery } from '../../../../web/path.ts'
import { useMay } from '../../../../web/session.ts'
import { DataTable } from '../../../../web/ui/DataTable.tsx'
import { Dialog } from '../../../../web/ui/Dialog.tsx'
import { Card, Page } from '../../../../web/ui/Page.tsx'
import { Empty, Loaded } from '../../../../web/ui/states.tsx'
import { moneyText, StatusTag, timeText } from '../../../../web/ui/values.tsx'
import type { BankAccount } from '../../bank-contract.ts'
import { WithBook } from '../book.tsx'
import type { Book } from '../../voucher-contract.ts'
import { fundsPath } from '../paths.ts'
import type { Statements } from '../../statement-contract.ts'
import type { Period } from '../../voucher-contract.ts'

/** Closing month by month: what is still to be done before it, then the deed, which can't be taken back. */
export function Closing(): ReactElement {
  return (
    <Page title="结账" help="按月份顺序结账。结账后这个月不能再记账，也不能反结账。" narrow>
      <WithBook>{(book) => <Months book={book} />}</WithBook>
    </Page>
  )
}

function Months({ book }: { book: Book }): ReactElement {
  const may = useMay()
  const queries = useQueryClient()
  const [asking, setAsking] = useState(false)
  const periods = useQuery({
    queryKey: ['funds', 'periods', book.id],
    queryFn: () => get<{ periods: Period[] }>(`/api/funds/books/${book.id}/periods`).then((one) => one.periods),
  })
  return (
    <Loaded query={periods}>
      {(all) => {
        const next = all.find((period) => period.state === 'open')
        return (
          <>
            {next && (
              <Card
                title={`${next.year} 年 ${next.month} 月`}
                aside={
                  may('funds.close') && (
                    <Button type="primary" disabled={next.unposted > 0} onClick={() => setAsking(true)}>
                      {next.month === 12 ? '月结和年结' : '结账'}
                    </Button>
                  )
                }
              >
                <Checks book={book} period={next} />
              </Card>
            )}
            <Card title="各月" flush>
              <DataTable
                caption="会计期间"
                rows={all.toReversed()}
                few={12}
                rowKey={(row) => `${row.year}-${row.month}`}
                density="compact"
                columns={[
                  { id: 'month', title: '月份', lead: true, render: (row) => `${row.year} 年 ${row.month} 月` },
                  { id: 'posted', title: '已记账', number: true, render: (row) => `${row.posted} 张` },
                  {
                    id: 'unposted',
                    title: '未记账',
                    number: true,
                    render: (row) => (row.unposted ? `${row.unposted} 张` : ''),
                  },
                  {
                    id: 'state',
                    title: '状态',
                    render: (row) => (
                      <StatusTag
                        text={row.state === 'closed' ? '已结账' : '未结账'}
                        tone={row.state === 'closed' ? 'good' : ''}
                      />
                    ),
                  },
                  { id: 'at', title: '结账时间', render: (row) => (row.closedAt ? timeText(row.closedAt) : '') },
                ]}
                renderActions={(row) => (
                  <Link to={withQuery(fundsPath.statements, { year: row.year, month: row.month }) as never}>报表</Link>
                )}
                empty={<Empty small title="还没有会计期间" />}
              />
            </Card>
            {asking && next && (
              <Dialog
                title={`${next.year} 年 ${next.month} 月结账`}
                okText="结账"
                done="已结账。"
                close={() => setAsking(false)}
                work={() =>
                  post(`/api/funds/books/${book.id}/close`, { year: next.year, month: next.month }).then(() =>
                    queries.invalidateQueries({ queryKey: ['funds'] }),
                  )
                }
              >
                {() => (
                  <p>
                    系统生成期末结转凭证，把本月收支转入“工会资金结转”和“工会资金结余”
                    {next.month === 12 && '，并办理年末结转'}。结账后不能反结账，请确认上面的检查都已看过。
                  </p>
                )}
              </Dialog>
            )}
          </>
        )
      }}
    </Loaded>
  )
}

interface Check {
  good: boolean
  /** A fault stops closing; a remark only reminds. */
  fault?: boolean
  text: string
  link?: { to: string; title: string }
}

function Checks({ book, period }: { book: Book; period: Period }): ReactElement {
  const { year, month } = period
  const end = `${year}-${String(month).padStart(2, '0')}-${new Date(Date.UTC(year, month, 0)).getUTCDate()}`
  const statements = useQuery({
    queryKey: ['funds', 'statements', book.id, year, month, false],
    queryFn: () => get<Statements>(`/api/funds/books/${book.id}/statements`, { year, month }),
  })
  const bank = useQuery({
    queryKey: ['funds', 'bank', book.unitId],
    queryFn: () =>
      get<{ accounts: BankAccount[] }>('/api/funds/bank/accounts', { unitId: book.unitId }).then((one) => one.accounts),
  })
  const depreciation = useQuery({
    queryKey: ['funds', 'depreciation', book.unitId, end.slice(0, 7)],
    queryFn: () =>
      get<{ lines: { amountFen: number }[] }>('/api/funds/depreciation', {
        unitId: book.unitId,
        month: end.slice(0, 7),
      }).then((one) => one.lines),
  })
  if (!statements.data || !bank.data || !depreciation.data)
    return <Loaded query={statements}>{() => <p className="faint">正在检查…</p>}</Loaded>
  const broken = statements.data.identities.filter((identity) => !identity.holds && !identity.note)
  const due = depreciation.data.reduce((sum, line) => sum + line.amountFen, 0)
  const moved = bank.data.filter((account) => account.bookFen !== 0 || account.statedTo)
  const unstated = moved.filter((account) => !account.statedTo || account.statedTo < `${end.slice(0, 7)}-20`)
  const checks: Check[] = [
    period.unposted
      ? {
          good: false,
          fault: true,
          text: `还有 ${period.unposted} 张凭证没有记账，请审核记账或删除草稿。`,
          link: { to: withQuery(fundsPath.vouchers, { year, month }), title: '去处理' },
        }
      : { good: true, text: `本月 ${period.posted} 张凭证全部记账。` },
    broken.length
      ? { good: false, fault: true, text: `报表勾稽有 ${broken.length} 处不符：${broken[0]!.label}。` }
      : { good: true, text: '借贷平衡，报表勾稽全部相符。' },
    due
      ? {
          good: false,
          text: `还有固定资产折旧 ${moneyText(due)} 元没有计提。`,
          link: { to: withQuery(fundsPath.assets, { tab: 'depreciation', month: end.slice(0, 7) }), title: '去计提' },
        }
      : { good: true, text: '固定资产折旧已计提，或没有要提的。' },
    unstated.length
      ? {
          good: false,
          text: `${unstated.map((account) => account.name).join('、')}本月还没有对账。`,
          link: { to: fundsPath.bank, title: '去对账' },
        }
      : { good: true, text: '银行对账单已导入。' },
  ]
  return (
    <ul className="check-list" aria-label="结账检查">
      {checks.map((check) => (
        <li key={check.text}>
          <span>
            <StatusTag
              text={check.good ? '通过' : check.fault ? '不能结账' : '提醒'}
              tone={check.good ? 'good' : check.fault ? 'bad' : 'warn'}
            />
          </span>
          <span>
            {check.text} {check.link && <Link to={check.link.to as never}>{check.link.title}</Link>}
          </span>
        </li>
      ))}
    </ul>
  )
}
