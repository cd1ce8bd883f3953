import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState, type ReactElement } from 'react'
import { get, post } from '../../../../web/api.ts'
import { withQuery } from '../../../../web/path.ts'
import { today, useScope } from '../../../../web/session.ts'
import { DataTable } from '../../../../web/ui/DataTable.tsx'
import { LinkButton } from '../../../../web/ui/LinkButton.tsx'
import { Page } from '../../../../web/ui/Page.tsx'
import { Empty, Loaded, Problem } from '../../../../web/ui/states.tsx'
import { toast } from '../../../../web/ui/toast.tsx'
import { moneyText, StatusTag } from '../../../../web/ui/values.tsx'
import { TILL_WAYS, type TillCount, type TillPage } from '../../till-contract.ts'
import { WithBook } from '../book.tsx'
import { fundsPath } from '../paths.ts'
import { CountDialog, ReturnDialog, SettleDialog } from './TillDialogs.tsx'
import '../funds.css'

/** Counting the till: by the cashier with a witness, reviewed by another hand, a difference decided by the chair. */
export function Till(): ReactElement {
  return (
    <Page
      title="现金盘点"
      help="出纳盘点，另有人监盘；会计复核后差额记入待处理财产损溢，由主席批准处理。"
      crumbs={[{ title: '经费总览', to: fundsPath.treasury }]}
    >
      <WithBook>{() => <Counts />}</WithBook>
    </Page>
  )
}

type Asking = { what: 'count' } | { what: 'return' | 'settle'; count: TillCount }

function Counts(): ReactElement {
  const { unitId } = useScope()
  const queries = useQueryClient()
  const [asking, setAsking] = useState<Asking | null>(null)
  const page = useQuery({
    queryKey: ['funds', 'till', unitId],
    queryFn: () => get<TillPage>('/api/funds/till-counts', { unitId, onDate: today() }),
    enabled: unitId > 0,
  })
  const close = (): void => setAsking(null)
  const changed = (): Promise<void> => queries.invalidateQueries({ queryKey: ['funds'] })
  const [error, setError] = useState<unknown>(null)
  const review = (count: TillCount): void => {
    setError(null)
    post(`/api/funds/till-counts/${count.id}/review`, { unitId }).then(
      () => (toast('已复核。'), changed()),
      (refusal: unknown) => setError(refusal),
    )
  }
  return (
    <Loaded query={page}>
      {({ tills, counts, may }) => {
        const count = may.count && (
          <Button type="primary" onClick={() => setAsking({ what: 'count' })}>
            盘点
          </Button>
        )
        return (
          <>
            {error !== null && <Problem error={error} />}
            <section className="card money-strip" aria-label="库存现金">
              {tills.map((till) => (
                <div key={till.code}>
                  <span>{till.name}账面</span>
                  <b>{moneyText(till.bookFen)}</b>
                </div>
              ))}
              <div>
                <span>最近盘点</span>
                <b>{counts.find((one) => one.state !== 'returned')?.onDate ?? '还没有'}</b>
              </div>
              <div>
                <span>待处理差额</span>
                <b>{counts.filter(waits).length} 笔</b>
              </div>
            </section>
            <section className="card">
              {count && counts.length > 0 && (
                <div className="toolbar">
                  <span className="push" />
                  {count}
                </div>
              )}
              <DataTable
                caption="现金盘点"
                rows={counts}
                rowKey={(row) => row.id}
                columns={[
                  { id: 'on', title: '盘点日期', lead: true, width: 120, render: (row) => row.onDate },
                  { id: 'counted', title: '实点', number: true, render: (row) => moneyText(row.countedFen) },
                  { id: 'book', title: '账面', number: true, render: (row) => moneyText(row.bookFen) },
                  {
                    id: 'difference',
                    title: '溢余（短缺为负）',
                    number: true,
                    render: (row) => moneyText(row.countedFen - row.bookFen),
                  },
                  { id: 'who', title: '盘点 / 监盘', render: (row) => `${row.countedName} / ${row.witness}` },
                  { id: 'state', title: '状态', wrap: true, render: (row) => <Standing count={row} /> },
                ]}
                renderActions={(row) => (
                  <>
                    {may.review && row.state === 'counted' && (
                      <>
                        <button type="button" className="link" onClick={() => review(row)}>
                          复核
                        </button>{' '}
                        <button
                          type="button"
                          className="link"
                          onClick={() => setAsking({ what: 'return', count: row })}
                        >
                          退回
                        </button>{' '}
                      </>
                    )}
                    {may.settle && waits(row) && (
                      <button type="button" className="link" onClick={() => setAsking({ what: 'settle', count: row })}>
                        处理差额
                      </button>
                    )}{' '}
                    <LinkButton size="small" to={withQuery(fundsPath.printForms, { on: row.onDate, unit: unitId })}>
                      打印
                    </LinkButton>
                  </>
                )}
                empty={
                  <Empty title="还没有盘点过现金" actions={count}>
                    库存现金日清月结：填写各面额的张数，系统与账面核对。
                  </Empty>
                }
              />
            </section>
            {asking?.what === 'count' && <CountDialog tills={tills} unitId={unitId} changed={changed} close={close} />}
            {asking?.what === 'return' && (
              <ReturnDialog count={asking.count} unitId={unitId} changed={changed} close={close} />
            )}
            {asking?.what === 'settle' && (
              <SettleDialog count={asking.count} unitId={unitId} changed={changed} close={close} />
            )}
          </>
        )
      }}
    </Loaded>
  )
}

const waits = (count: TillCount): boolean => count.state === 'confirmed' && count.countedFen !== count.bookFen

function Standing({ count }: { count: TillCount }): ReactElement {
  const voucher = (id: number | null, words: string): ReactElement | null =>
    id === null ? null : <Link to={fundsPath.voucher(id) as never}>{words}</Link>
  if (count.state === 'counted') return <StatusTag text="待复核" tone="warn" />
  if (count.state === 'returned')
    return (
      <>
        <StatusTag text="已退回" tone="bad" /> {count.returned}
      </>
    )
  if (count.countedFen === count.bookFen) return <StatusTag text="账实相符" tone="good" />
  if (count.state === 'confirmed')
    return (
      <>
        <StatusTag text="差额待处理" tone="warn" /> {voucher(count.voucherId, '入账凭证')}
      </>
    )
  return (
    <>
      <StatusTag text={TILL_WAYS[count.settledHow!]} tone="good" />{' '}
      {count.settledParty && <span>{count.settledParty} </span>}
      {voucher(count.voucherId, '入账')} {voucher(count.settledVoucherId, '处理')}
    </>
  )
}
