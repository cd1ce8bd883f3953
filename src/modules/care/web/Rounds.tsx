import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState, type ReactElement } from 'react'
import { get } from '../../../web/api.ts'
import { useMay, useScope } from '../../../web/session.ts'
import { DataTable } from '../../../web/ui/DataTable.tsx'
import { Page } from '../../../web/ui/Page.tsx'
import { Empty, Loaded } from '../../../web/ui/states.tsx'
import { numberText, StatusTag } from '../../../web/ui/values.tsx'
import { ROUND_STATES } from '../words.ts'
import { HeatDialog } from './HeatDialog.tsx'
import { PlanRound } from './PlanRound.tsx'
import type { Round } from '../rounds-contract.ts'
import { ROUND_TONES } from './round-shapes.ts'

/** Festivals and birthdays of a year: who is on the roster, how many have received. */
export function Rounds(): ReactElement {
  const scope = useScope()
  const may = useMay()
  const queries = useQueryClient()
  const [dialog, setDialog] = useState<'plan' | 'heat' | null>(null)
  const rounds = useQuery({
    queryKey: ['care-rounds', scope.unitId, scope.year],
    queryFn: () =>
      get<{ rounds: Round[] }>('/api/care/rounds', { unitId: scope.unitId, year: scope.year }).then(
        (answer) => answer.rounds,
      ),
    enabled: scope.unitId > 0,
  })
  const close = (): void => {
    setDialog(null)
    void queries.invalidateQueries({ queryKey: ['care-rounds'] })
  }
  const plan = may('care.write') && (
    <Button type="primary" onClick={() => setDialog('plan')}>
      拟定发放
    </Button>
  )
  return (
    <Page
      title="节日和生日慰问"
      help="按会员名册生成名单，领一份登记一份，本人签收；没领完的，结束时退回库存。"
      actions={
        <>
          {may('care.write') && <Button onClick={() => setDialog('heat')}>登记高温慰问</Button>}
          {plan}
        </>
      }
    >
      <section className="card">
        <Loaded query={rounds}>
          {(rows) => (
            <DataTable
              caption="节日和生日慰问"
              rows={rows}
              rowKey={(row) => row.id}
              columns={[
                {
                  id: 'title',
                  title: '活动',
                  lead: true,
                  render: (row) => <Link to={`/care/rounds/${row.id}` as never}>{row.title}</Link>,
                },
                { id: 'unit', title: '单位', render: (row) => row.unitName },
                { id: 'gift', title: '慰问品', render: (row) => row.gift },
                { id: 'days', title: '发放日期', width: 200, render: (row) => `${row.startOn} 至 ${row.untilOn}` },
                {
                  id: 'taken',
                  title: '已领 / 名单',
                  number: true,
                  render: (row) => `${numberText(row.taken)} / ${numberText(row.people)} 人`,
                },
                {
                  id: 'state',
                  title: '状态',
                  render: (row) => <StatusTag text={ROUND_STATES[row.state]} tone={ROUND_TONES[row.state]} />,
                },
              ]}
              empty={
                <Empty title="今年还没有发放" actions={plan}>
                  春节、端午、中秋的慰问品和每月的生日慰问，都从这里发放。
                </Empty>
              }
            />
          )}
        </Loaded>
      </section>
      {dialog === 'plan' && <PlanRound unitId={scope.unitId} close={close} />}
      {dialog === 'heat' && <HeatDialog unitId={scope.unitId} close={close} />}
    </Page>
  )
}
