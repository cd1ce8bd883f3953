import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState, type ReactElement } from 'react'
import { get, Refusal } from '../../../../web/api.ts'
import { useMay, useScope } from '../../../../web/session.ts'
import { DataTable } from '../../../../web/ui/DataTable.tsx'
import { Card, Page } from '../../../../web/ui/Page.tsx'
import { Empty, Loaded } from '../../../../web/ui/states.tsx'
import { moneyText, percentText } from '../../../../web/ui/values.tsx'
import type { ShareRow } from '../../income-contract.ts'
import { KIND_TITLES, PER, RuleDialog, STRENGTH, type RuleKind } from './RuleDialog.tsx'
import type { Frame } from './shapes.ts'

/** How a union's money is ruled: its book, who signs, its own amounts, what goes up. All dated, all with their document. */
export function FundsRules(): ReactElement {
  const { unitId, year } = useScope()
  const may = useMay()
  const queries = useQueryClient()
  const [open, setOpen] = useState<RuleKind | null>(null)
  const frame = useQuery({
    queryKey: ['funds-frame', unitId],
    queryFn: () =>
      get<Frame>('/api/funds/spending-frame', { unitId }).catch((error: unknown) => {
        if (error instanceof Refusal && error.code === 'book-missing') return null
        throw error
      }),
    enabled: unitId > 0,
    retry: false,
  })
  const shares = useQuery({
    queryKey: ['funds-allocation', unitId, year],
    queryFn: () => get<{ shares: ShareRow[] }>('/api/funds/allocation', { unitId, year }),
    enabled: frame.data !== undefined && frame.data !== null && may('funds.read'),
  })
  const close = (): void => {
    setOpen(null)
    for (const key of ['funds-frame', 'funds-allocation']) void queries.invalidateQueries({ queryKey: [key] })
  }
  const mayChange = may('funds.close')
  const until = (row: { validFrom: string; validTo: string | null }): string =>
    `${row.validFrom} 起${row.validTo ? `，至 ${row.validTo}` : ''}`
  return (
    <Page
      title="经费设置"
      help="建账方式、审批权限、慰问标准和上缴比例，都注明文件和起止日期；改变时登记新的，旧的自动终止。"
    >
      <Loaded query={frame}>
        {(data) =>
          data === null ? (
            <Card>
              <Empty
                title="还没有建账"
                actions={
                  mayChange && (
                    <Button type="primary" onClick={() => setOpen('book')}>
                      建账
                    </Button>
                  )
                }
              >
                有独立账户的工会先建账，再登记收支。二十来人的小工会选“小型工会”：一名出纳、一名代理记账会计、主席审批。
              </Empty>
            </Card>
          ) : (
            <div className="stack">
              <Card
                title="审批权限"
                aside={mayChange && <Button onClick={() => setOpen('route')}>登记审批权限</Button>}
                flush
              >
                <DataTable
                  caption="审批权限"
                  rows={data.routes}
                  rowKey={(row) => row.id}
                  columns={[
                    {
                      id: 'kind',
                      title: '支出种类',
                      lead: true,
                      render: (row) => (row.kind ? KIND_TITLES[row.kind] : '全部种类'),
                    },
                    {
                      id: 'deputy',
                      title: '分管副主席可批（元）',
                      number: true,
                      render: (row) => moneyText(row.deputyUpToFen),
                    },
                    {
                      id: 'chair',
                      title: '主席可批（元）',
                      number: true,
                      render: (row) => moneyText(row.chairUpToFen),
                    },
                    { id: 'document', title: '依据', wrap: true, render: (row) => row.document },
                    { id: 'valid', title: '期间', render: until },
                  ]}
                  empty={
                    <p className="quiet inside">
                      没有登记时：全部由主席审批，超过 {moneyText(data.defaultRoute.chairUpToFen)}{' '}
                      元的由工会委员会集体研究。
                    </p>
                  }
                />
              </Card>
              <Card
                title="库存现金限额"
                aside={mayChange && <Button onClick={() => setOpen('cash')}>登记限额</Button>}
                flush
              >
                <DataTable
                  caption="库存现金限额"
                  rows={data.cashLimits}
                  rowKey={(row) => row.id}
                  columns={[
                    {
                      id: 'amount',
                      title: '限额（元）',
                      lead: true,
                      render: (row) => `${moneyText(row.amountFen)} 元`,
                    },
                    {
                      id: 'takings',
                      title: '核准坐支（元）',
                      number: true,
                      render: (row) => (row.takingsFen ? moneyText(row.takingsFen) : '未核准'),
                    },
                    { id: 'document', title: '依据', wrap: true, render: (row) => row.document },
                    { id: 'valid', title: '期间', render: until },
                  ]}
                  empty={
                    <p className="quiet inside">
                      由开户银行按三至五天的零星开支核定。登记后，超过限额的日子会列在经费总览上。
                    </p>
                  }
                />
              </Card>
              <Card
                title="慰问和帮扶标准"
                aside={mayChange && <Button onClick={() => setOpen('limit')}>登记标准</Button>}
                flush
              >
                <DataTable
                  caption="标准"
                  rows={data.standards}
                  rowKey={(row) => row.id}
                  columns={[
                    { id: 'kind', title: '种类', lead: true, render: (row) => KIND_TITLES[row.kind] },
                    { id: 'amount', title: '标准（元）', number: true, render: (row) => moneyText(row.amountFen) },
                    { id: 'per', title: '计算', width: 100, render: (row) => PER[row.per] },
                    { id: 'strength', title: '效力', width: 130, render: (row) => STRENGTH[row.strength] },
                    {
                      id: 'source',
                      title: '依据',
                      wrap: true,
                      render: (row) => `《${row.source}》${row.number ? `（${row.number}）` : ''}第${row.page}页`,
                    },
                    { id: 'valid', title: '期间', render: until },
                  ]}
                  empty={
                    <p className="quiet inside">各地标准不同，请按本地文件逐项登记；没有登记的种类只提醒、不拦截。</p>
                  }
                />
              </Card>
              {shares.data && (
                <Card
                  title="上缴上级工会的比例"
                  aside={mayChange && <Button onClick={() => setOpen('share')}>登记比例</Button>}
                  flush
                >
                  <DataTable
                    caption="上缴比例"
                    rows={shares.data.shares}
                    rowKey={(row) => row.id}
                    columns={[
                      { id: 'name', title: '上级工会', lead: true, render: (row) => row.name },
                      {
                        id: 'share',
                        title: '占拨缴经费',
                        width: 110,
                        number: true,
                        render: (row) => percentText(row.share),
                      },
                      { id: 'document', title: '依据', wrap: true, render: (row) => row.document },
                      { id: 'valid', title: '期间', render: until },
                    ]}
                    empty={
                      <p className="quiet inside">还没有登记。常见的是本级留 60%、上缴 40%，以省级工会规定为准。</p>
                    }
                  />
                </Card>
              )}
            </div>
          )
        }
      </Loaded>
      {open && <RuleDialog open={open} unitId={unitId} year={year} close={close} />}
    </Page>
  )
}
