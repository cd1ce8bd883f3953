import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState, type ReactElement } from 'react'
import { get } from '../../../web/api.ts'
import { useMay, useScope } from '../../../web/session.ts'
import { DataTable } from '../../../web/ui/DataTable.tsx'
import { Page } from '../../../web/ui/Page.tsx'
import { Empty, Loaded } from '../../../web/ui/states.tsx'
import { moneyText, numberText } from '../../../web/ui/values.tsx'
import type { Plan } from '../contract.ts'
import { lossRatio } from '../loss-ratio.ts'
import { KINDS } from '../words.ts'
import { PlanDialog } from './PlanDialog.tsx'

/** The plans a unit can join, who is in, and what was paid out of them. */
export function Plans(): ReactElement {
  const scope = useScope()
  const may = useMay()
  const queries = useQueryClient()
  const [adding, setAdding] = useState(false)
  const plans = useQuery({
    queryKey: ['mutual-aid-plans', scope.unitId || 'own'],
    queryFn: () =>
      get<{ plans: Plan[] }>('/api/mutual-aid/plans', scope.unitId > 0 ? { unitId: scope.unitId } : {}).then(
        (answer) => answer.plans,
      ),
  })
  const close = (): void => {
    setAdding(false)
    void queries.invalidateQueries({ queryKey: ['mutual-aid-plans'] })
  }
  const add = may('mutual-aid.manage') && (
    <Button type="primary" onClick={() => setAdding(true)}>
      新增计划
    </Button>
  )
  return (
    <Page
      title="互助计划"
      crumbs={[{ title: '互助理赔', to: '/mutual-aid/claims' }]}
      help="每期一份，数字按文件录入，录入后不再改写。赔付率是已支付的补助占已缴保费。"
      actions={add}
    >
      <section className="card">
        <Loaded query={plans}>
          {(rows) => (
            <DataTable
              caption="互助计划"
              rows={rows}
              rowKey={(row) => row.id}
              columns={[
                {
                  id: 'title',
                  title: '计划',
                  lead: true,
                  render: (row) =>
                    may('mutual-aid.write') ? (
                      <Link to={`/mutual-aid/plans/${row.id}/${scope.unitId}` as never}>{row.title}</Link>
                    ) : (
                      row.title
                    ),
                },
                { id: 'kind', title: '类别', wrap: true, render: (row) => KINDS[row.kind] },
                { id: 'period', title: '保障期', wrap: true, render: (row) => `${row.startsOn} 至 ${row.endsOn}` },
                { id: 'premium', title: '每人（元）', number: true, render: (row) => moneyText(row.premiumFen) },
                { id: 'members', title: '参加', number: true, render: (row) => `${numberText(row.members)} 人` },
                { id: 'paid', title: '已缴费', number: true, render: (row) => `${numberText(row.paid)} 人` },
                {
                  id: 'out',
                  title: '已支付（元）',
                  number: true,
                  render: (row) => `${moneyText(row.paidFen)}（${row.paidClaims} 件）`,
                },
                { id: 'ratio', title: '赔付率', number: true, render: (row) => lossRatio(row) },
                { id: 'document', title: '文件', wrap: true, off: true, render: (row) => row.document },
              ]}
              empty={
                <Empty title="还没有互助计划" actions={add}>
                  按上级或承办机构的文件录入：缴费、等待期、保障范围和计算办法。
                </Empty>
              }
            />
          )}
        </Loaded>
      </section>
      {adding && <PlanDialog unitId={scope.unitId} close={close} />}
    </Page>
  )
}
