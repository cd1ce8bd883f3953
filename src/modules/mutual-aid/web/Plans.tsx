import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState, type ReactElement } from 'react'
import { get, post } from '../../../web/api.ts'
import { today, useMay, useScope } from '../../../web/session.ts'
import { DataTable } from '../../../web/ui/DataTable.tsx'
import { Dialog } from '../../../web/ui/Dialog.tsx'
import { DateInput, LabelledField } from '../../../web/ui/FieldInput.tsx'
import { Page } from '../../../web/ui/Page.tsx'
import { Empty, Loaded } from '../../../web/ui/states.tsx'
import { moneyText, numberText } from '../../../web/ui/values.tsx'
import { PlanDialog } from './PlanDialog.tsx'
import type { PlanShape } from './shapes.ts'

/** The plans a unit can join, who is in, and what was paid out of them. */
export function Plans(): ReactElement {
  const scope = useScope()
  const may = useMay()
  const queries = useQueryClient()
  const [adding, setAdding] = useState(false)
  const [enrolling, setEnrolling] = useState<PlanShape | null>(null)
  const plans = useQuery({
    queryKey: ['mutual-aid-plans', scope.unitId],
    queryFn: () =>
      get<{ plans: PlanShape[] }>('/api/mutual-aid/plans', { unitId: scope.unitId }).then((answer) => answer.plans),
    enabled: scope.unitId > 0,
  })
  const close = (): void => {
    setAdding(false)
    setEnrolling(null)
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
                { id: 'title', title: '计划', lead: true, render: (row) => row.title },
                { id: 'period', title: '保障期', render: (row) => `${row.startsOn} 至 ${row.endsOn}` },
                { id: 'premium', title: '每人（元）', number: true, render: (row) => moneyText(row.premiumFen) },
                { id: 'members', title: '参加', number: true, render: (row) => `${numberText(row.members)} 人` },
                { id: 'paid', title: '已缴费', number: true, render: (row) => `${numberText(row.paid)} 人` },
                {
                  id: 'out',
                  title: '已支付补助（元）',
                  number: true,
                  render: (row) => `${moneyText(row.paidFen)}（${row.paidClaims} 件）`,
                },
                {
                  id: 'ratio',
                  title: '赔付率',
                  number: true,
                  render: (row) =>
                    row.paid * row.premiumFen
                      ? `${Math.floor((row.paidFen * 1000) / (row.paid * row.premiumFen)) / 10}%`
                      : '没有数据',
                },
                { id: 'document', title: '文件', wrap: true, off: true, render: (row) => row.document },
              ]}
              renderActions={(row) =>
                may('mutual-aid.write') && (
                  <Button size="small" onClick={() => setEnrolling(row)}>
                    办理参加
                  </Button>
                )
              }
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
      {enrolling && <EnrolDialog plan={enrolling} unitId={scope.unitId} unitName={scope.unitName} close={close} />}
    </Page>
  )
}

function EnrolDialog({
  plan,
  unitId,
  unitName,
  close,
}: {
  plan: PlanShape
  unitId: number
  unitName: string
  close: () => void
}): ReactElement {
  const [paidOn, setPaidOn] = useState<string | null>(today())
  return (
    <Dialog
      title={`办理参加：${plan.title}`}
      okText="按花名册办理"
      done="已办理，参保台账随之更新。"
      close={close}
      work={() => post(`/api/mutual-aid/plans/${plan.id}/enrolments`, { unitId, paidOn })}
    >
      {(errors) => (
        <>
          <p>{unitName}及下级花名册上的会员全部参加；已经参加的不重复。上一期刚结束的算连续参加，没有等待期。</p>
          <LabelledField
            id="paidOn"
            label="缴费日期"
            error={errors['paidOn']}
            help="还没有缴费的不填，缴费后再办理一次。"
          >
            <DateInput id="paidOn" label="缴费日期" value={paidOn} onChange={setPaidOn} />
          </LabelledField>
        </>
      )}
    </Dialog>
  )
}
