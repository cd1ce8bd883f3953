import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Checkbox, Select } from 'antd'
import { useState, type ReactElement } from 'react'
import { field } from '../../../kernel/register/declaration.ts'
import { get, post } from '../../../web/api.ts'
import { today, useMay } from '../../../web/session.ts'
import { DataTable } from '../../../web/ui/DataTable.tsx'
import { Dialog } from '../../../web/ui/Dialog.tsx'
import { DateInput, FieldInput, LabelledField } from '../../../web/ui/FieldInput.tsx'
import { Empty, Loaded } from '../../../web/ui/states.tsx'
import { StatusTag } from '../../../web/ui/values.tsx'
import { BASES, type Coming, type RetirementRow } from '../contract.ts'
import { CATEGORIES, type Category } from '../retirement-age.ts'

/** Whose day comes within a year, whose is planned, who was seen off. */
export function Retirements({ unitId }: { unitId: number }): ReactElement {
  const may = useMay()
  const queries = useQueryClient()
  const [planning, setPlanning] = useState<Coming | null>(null)
  const [leaving, setLeaving] = useState<RetirementRow | null>(null)
  const coming = useQuery({
    queryKey: ['retirees-coming', unitId],
    queryFn: () => get<{ rows: Coming[] }>('/api/retirees/coming', { unitId }).then((answer) => answer.rows),
    enabled: unitId > 0,
  })
  const planned = useQuery({
    queryKey: ['retirees-retirements', unitId],
    queryFn: () =>
      get<{ rows: RetirementRow[] }>('/api/retirees/retirements', { unitId }).then((answer) => answer.rows),
    enabled: unitId > 0,
  })
  const write = may('retirees.write')
  const close = (): void => {
    setPlanning(null)
    setLeaving(null)
    for (const key of ['retirees-coming', 'retirees-retirements', 'todos'])
      void queries.invalidateQueries({ queryKey: [key] })
  }
  return (
    <>
      <h2 className="inside">一年内到龄、还没有登记的</h2>
      <Loaded query={coming}>
        {(rows) => (
          <DataTable
            caption="一年内到龄"
            rows={rows}
            few={12}
            rowKey={(row) => row.personId}
            columns={[
              { id: 'name', title: '姓名', lead: true, render: (row) => row.name },
              { id: 'unit', title: '单位', wrap: true, render: (row) => row.unitName },
              { id: 'born', title: '出生日期', render: (row) => row.bornOn },
              {
                id: 'due',
                title: '法定退休日期',
                wrap: true,
                render: (row) => row.days.map((one) => `${one.dueOn}（${CATEGORIES[one.category].title}）`).join('；'),
              },
            ]}
            {...(write && {
              renderActions: (row: Coming) => (
                <Button size="small" onClick={() => setPlanning(row)}>
                  登记
                </Button>
              ),
            })}
            empty={<Empty title="一年内没有到龄的会员" />}
          />
        )}
      </Loaded>
      <h2 className="inside">已登记</h2>
      <Loaded query={planned}>
        {(rows) => (
          <DataTable
            caption="退休登记"
            rows={rows}
            rowKey={(row) => row.id}
            columns={[
              { id: 'name', title: '姓名', lead: true, render: (row) => row.name },
              { id: 'unit', title: '单位', wrap: true, render: (row) => row.unitName },
              { id: 'due', title: '退休日期', render: (row) => row.dueOn },
              { id: 'basis', title: '依据', wrap: true, render: (row) => row.basis },
              {
                id: 'state',
                title: '状态',
                render: (row) =>
                  row.farewellOn ? (
                    <StatusTag text={`${row.farewellOn} 已欢送`} tone="good" />
                  ) : row.state === 'retired' ? (
                    <StatusTag text="待欢送" tone="warn" />
                  ) : (
                    <StatusTag text="未到日" tone="info" />
                  ),
              },
            ]}
            {...(write && {
              renderActions: (row: RetirementRow) =>
                row.state === 'retired' &&
                !row.farewellOn && (
                  <Button size="small" onClick={() => setLeaving(row)}>
                    登记欢送
                  </Button>
                ),
            })}
            empty={<Empty title="还没有登记">登记后到日自动转为退休，会籍保留。</Empty>}
          />
        )}
      </Loaded>
      {planning && <PlanDialog person={planning} close={close} />}
      {leaving && <FarewellDialog row={leaving} close={close} />}
    </>
  )
}

function PlanDialog({ person, close }: { person: Coming; close: () => void }): ReactElement {
  const [category, setCategory] = useState<Category>(person.days[0]!.category)
  const [basis, setBasis] = useState<(typeof BASES)[number]>('法定')
  const [dueOn, setDueOn] = useState<string | null>(null)
  return (
    <Dialog
      title={`登记退休日期：${person.name}`}
      okText="登记"
      done="退休日期已登记。"
      close={close}
      work={() =>
        post('/api/retirees/retirements', { personId: person.personId, category, basis, ...(dueOn && { dueOn }) })
      }
    >
      {(errors) => (
        <>
          <LabelledField id="category" label="类别" required error={errors['category']}>
            <Select
              id="category"
              aria-label="类别"
              value={category}
              options={person.days.map((one) => ({
                value: one.category,
                label: `${CATEGORIES[one.category].title}，${one.dueOn}`,
              }))}
              onChange={setCategory}
            />
          </LabelledField>
          <LabelledField id="basis" label="依据" required error={errors['basis']}>
            <Select
              id="basis"
              aria-label="依据"
              value={basis}
              options={BASES.map((value) => ({ value, label: value }))}
              onChange={setBasis}
            />
          </LabelledField>
          <LabelledField id="dueOn" label="退休日期" error={errors['dueOn']} help="不填即按法定日期。">
            <DateInput id="dueOn" label="退休日期" value={dueOn} onChange={setDueOn} />
          </LabelledField>
        </>
      )}
    </Dialog>
  )
}

const DID = { party: '召开茶话会', flowers: '赠送鲜花', escorted: '护送回家', screen: '电子屏回顾' } as const
type Did = keyof typeof DID

function FarewellDialog({ row, close }: { row: RetirementRow; close: () => void }): ReactElement {
  const [heldOn, setHeldOn] = useState<string | null>(today())
  const [did, setDid] = useState<Did[]>([])
  const [gift, setGift] = useState<unknown>(null)
  const [cost, setCost] = useState<unknown>(null)
  return (
    <Dialog
      title={`登记欢送：${row.name}`}
      okText="登记"
      done="欢送已登记。"
      ready={heldOn !== null}
      close={close}
      work={() =>
        post(`/api/retirees/retirements/${row.id}/farewell`, {
          heldOn,
          ...Object.fromEntries(did.map((one) => [one, true])),
          ...(gift ? { gift } : {}),
          ...(cost === null ? {} : { costFen: cost }),
        })
      }
    >
      {(errors) => (
        <>
          <LabelledField id="heldOn" label="欢送日期" required error={errors['heldOn']}>
            <DateInput id="heldOn" label="欢送日期" value={heldOn} onChange={setHeldOn} />
          </LabelledField>
          <div className="field whole">
            <span className="label">做了哪些</span>
            <Checkbox.Group
              value={did}
              options={Object.entries(DID).map(([value, label]) => ({ value: value as Did, label }))}
              onChange={setDid}
            />
          </div>
          <LabelledField id="gift" label="纪念品" error={errors['gift']}>
            <FieldInput
              id="gift"
              field={field.text('gift', '纪念品')}
              value={gift}
              onChange={setGift}
              invalid={false}
            />
          </LabelledField>
          <LabelledField id="costFen" label="支出（元）" error={errors['costFen']}>
            <FieldInput
              id="costFen"
              field={field.money('costFen', '支出（元）')}
              value={cost}
              onChange={setCost}
              invalid={Boolean(errors['costFen'])}
            />
          </LabelledField>
        </>
      )}
    </Dialog>
  )
}
