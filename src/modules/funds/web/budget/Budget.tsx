import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState, type ReactElement } from 'react'
import { field } from '../../../../kernel/register/declaration.ts'
import { get, post } from '../../../../web/api.ts'
import { useScope } from '../../../../web/session.ts'
import { DataTable } from '../../../../web/ui/DataTable.tsx'
import { Card, Page } from '../../../../web/ui/Page.tsx'
import { Empty, Loaded, Notice } from '../../../../web/ui/states.tsx'
import { toast } from '../../../../web/ui/toast.tsx'
import { moneyText, percentText, StatusTag } from '../../../../web/ui/values.tsx'
import { AskDialog } from '../AskDialog.tsx'
import { OpenBudget } from './OpenBudget.tsx'
import type { BudgetLine, BudgetYear } from '../../budget-contract.ts'
import '../processes.css'

/** The year's budget: what is planned, done, granted and left; proposal and adjustment on their way. */
export function Budget(): ReactElement {
  const { unitId, year } = useScope()
  const queries = useQueryClient()
  const [adjusting, setAdjusting] = useState(false)
  const budget = useQuery({
    queryKey: ['funds-budget', unitId, year],
    queryFn: () => get<BudgetYear<string>>('/api/funds/budget', { unitId, year }),
    enabled: unitId > 0,
  })
  const refresh = (): void => void queries.invalidateQueries({ queryKey: ['funds-budget'] })
  const propose = (): void => {
    post('/api/funds/budgets', { unitId, year }).then(
      () => {
        toast('已按上年执行数拟出预算，请核对修改。')
        refresh()
      },
      (error: Error) => toast(error.message, 'bad'),
    )
  }
  return (
    <Page title={`${year} 年预算`} help="预算经工会委员会审议、经审会审查后生效；超预算的支出要先调整预算。">
      <Loaded query={budget}>
        {(data) => (
          <div className="stack">
            {data.open && (
              <OpenBudget
                key={data.open.id}
                budget={data.open}
                carriedFen={data.carriedFen}
                accounts={data.accounts}
                done={refresh}
              />
            )}
            {data.inForce && (
              <>
                <Execution title="支出预算执行" lines={data.inForce.spending} spending />
                {data.inForce.spendingOutsideFen > 0 && (
                  <Notice tone="warn">
                    另有 {moneyText(data.inForce.spendingOutsideFen)} 元支出不在任何预算科目内。
                  </Notice>
                )}
                <Execution title="收入预算完成" lines={data.inForce.income} />
              </>
            )}
            {!data.inForce && !data.open && (
              <Card>
                <Empty
                  title={`${year} 年还没有预算`}
                  actions={
                    data.mayPrepare && (
                      <Button type="primary" onClick={propose}>
                        按上年数编制预算
                      </Button>
                    )
                  }
                >
                  先按上年各科目的执行数拟出草案，再逐行修改。
                </Empty>
              </Card>
            )}
            <Card
              title="预算版本"
              aside={
                data.inForce &&
                !data.open &&
                data.mayPrepare && <Button onClick={() => setAdjusting(true)}>调整预算</Button>
              }
              flush
            >
              <DataTable
                caption="预算版本"
                rows={data.versions}
                rowKey={(row) => row.id}
                columns={[
                  {
                    id: 'version',
                    title: '版本',
                    lead: true,
                    width: 110,
                    render: (row) => (row.version === 1 ? '年初预算' : `第 ${row.version - 1} 次调整`),
                  },
                  {
                    id: 'state',
                    title: '状态',
                    width: 140,
                    render: (row) => (
                      <StatusTag text={row.stateTitle} tone={row.state === 'approved' ? 'good' : 'warn'} />
                    ),
                  },
                  { id: 'on', title: '生效日期', width: 110, render: (row) => row.effectiveOn ?? '' },
                  {
                    id: 'minutes',
                    title: '委员会纪要',
                    render: (row) => (row.minutes ? `${row.minutes}（${row.minutesOn}）` : ''),
                  },
                  { id: 'reason', title: '调整理由', wrap: true, render: (row) => row.reason ?? '' },
                ]}
                empty={<p className="quiet inside">还没有预算。</p>}
              />
            </Card>
          </div>
        )}
      </Loaded>
      {adjusting && (
        <AskDialog
          title="调整预算"
          okText="开始调整"
          fields={[
            field.longtext('reason', '调整理由', { required: true, help: '原则上一年调整一次，程序与编制相同。' }),
          ]}
          send={(values) => post('/api/funds/budgets/adjustments', { unitId, year, reason: values['reason'] ?? '' })}
          close={() => {
            setAdjusting(false)
            refresh()
          }}
        />
      )}
    </Page>
  )
}

const share = (part: number, whole: number): number => (whole > 0 ? Math.round((part * 10_000) / whole) : 0)

function Execution({
  title,
  lines,
  spending,
}: {
  title: string
  lines: readonly BudgetLine[]
  spending?: boolean
}): ReactElement {
  const sum = (of: (line: BudgetLine) => number): number => lines.reduce((all, line) => all + of(line), 0)
  const [planned, done] = [sum((line) => line.amountFen), sum((line) => line.executedFen)]
  return (
    <Card
      title={title}
      aside={
        <span className="faint">
          {moneyText(done)} / {moneyText(planned)} 元{planned > 0 && `，${percentText(share(done, planned))}`}
        </span>
      }
      flush
    >
      <DataTable
        caption={title}
        rows={lines}
        rowKey={(line) => line.id}
        columns={[
          {
            id: 'account',
            title: '科目',
            lead: true,
            render: (line) => `${line.accountName}${line.projectName ? `（${line.projectName}）` : ''}`,
          },
          {
            id: 'planned',
            title: '预算（元）',
            width: 120,
            number: true,
            render: (line) => moneyText(line.amountFen),
            total: moneyText(planned),
          },
          {
            id: 'done',
            title: spending ? '已执行（元）' : '已完成（元）',
            width: 120,
            number: true,
            render: (line) => moneyText(line.executedFen),
            total: moneyText(done),
          },
          ...(spending
            ? [
                {
                  id: 'reserved',
                  title: '已批未付（元）',
                  width: 120,
                  number: true,
                  render: (line: BudgetLine) => moneyText(line.reservedFen),
                  total: moneyText(sum((line) => line.reservedFen)),
                },
                {
                  id: 'left',
                  title: '剩余（元）',
                  width: 120,
                  number: true,
                  render: (line: BudgetLine) => moneyText(line.leftFen),
                  total: moneyText(sum((line) => line.leftFen)),
                },
              ]
            : []),
          {
            id: 'bar',
            title: '进度',
            width: 170,
            render: (line) => (
              <span className="row" style={{ flexWrap: 'nowrap' }}>
                <span
                  className={line.leftFen < 0 && spending ? 'execution-bar over' : 'execution-bar'}
                  style={{ flex: 1 }}
                >
                  <i
                    className="reserved"
                    style={{
                      width: `${Math.min(100, share(line.executedFen + line.reservedFen, line.amountFen) / 100)}%`,
                    }}
                  />
                  <i style={{ width: `${Math.min(100, share(line.executedFen, line.amountFen) / 100)}%` }} />
                </span>
                {percentText(share(line.executedFen, line.amountFen))}
              </span>
            ),
          },
        ]}
        empty={<p className="quiet inside">没有一行预算。</p>}
      />
    </Card>
  )
}
