import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState, type ReactElement } from 'react'
import { field, type Field } from '../../../kernel/register/declaration.ts'
import { get, post } from '../../../web/api.ts'
import { today, useMay, useScope } from '../../../web/session.ts'
import { DataTable } from '../../../web/ui/DataTable.tsx'
import { Dialog } from '../../../web/ui/Dialog.tsx'
import { FieldInput, LabelledField } from '../../../web/ui/FieldInput.tsx'
import { Page } from '../../../web/ui/Page.tsx'
import { Empty, Loaded } from '../../../web/ui/states.tsx'
import { moneyText, percentText } from '../../../web/ui/values.tsx'

interface Standard {
  id: number
  unitName: string
  lineFen: number
  deepInclusive: boolean
  relativeHundredths: number
  lossShare: number
  ceilingFen: number | null
  document: string
  from: string
}

const fields: readonly Field[] = [
  field.date('from', '执行日期', { required: true }),
  field.money('lineFen', '当地低保标准（元/月·人）', { required: true }),
  field.percent('relativeHundredths', '相对困难：不超过低保标准的（%）', { required: true, help: '2 倍填 200。' }),
  field.percent('lossShare', '意外致困：损失超过家庭年收入的（%）', { required: true }),
  field.money('ceilingFen', '前提：年人均收入低于（元）', { help: '当地没有这一条的不填。' }),
  field.text('document', '文件名称和文号', { required: true }),
]

/** The district's dated standards. A new one is added; none is ever rewritten. */
export function Standards(): ReactElement {
  const scope = useScope()
  const may = useMay()
  const queries = useQueryClient()
  const [adding, setAdding] = useState(false)
  const standards = useQuery({
    queryKey: ['hardship-standards', scope.unitId],
    queryFn: () =>
      get<{ parameters: Standard[] }>('/api/hardship/parameters', { unitId: scope.unitId }).then(
        (answer) => answer.parameters,
      ),
    enabled: scope.unitId > 0,
  })
  const add = may('hardship.set-standard') && (
    <Button type="primary" onClick={() => setAdding(true)}>
      新增标准
    </Button>
  )
  return (
    <Page
      title="困难标准"
      crumbs={[{ title: '困难档案', to: '/hardship/files' }]}
      help="各地标准不同、逐年调整，按文件录入。档案按核查那天执行的标准判断，以后改了标准也不变。"
      actions={add}
    >
      <section className="card">
        <Loaded query={standards}>
          {(rows) => (
            <DataTable
              caption="困难标准"
              rows={rows}
              rowKey={(row) => row.id}
              columns={[
                { id: 'from', title: '执行日期', lead: true, width: 110, render: (row) => row.from },
                { id: 'line', title: '低保标准（元/月）', number: true, render: (row) => moneyText(row.lineFen) },
                { id: 'relative', title: '相对困难', render: (row) => `${row.relativeHundredths / 100} 倍以内` },
                { id: 'loss', title: '意外致困', render: (row) => `损失超过年收入 ${percentText(row.lossShare)}` },
                {
                  id: 'ceiling',
                  title: '前提',
                  render: (row) => (row.ceilingFen ? `年人均低于 ${moneyText(row.ceilingFen)} 元` : '无'),
                },
                { id: 'document', title: '文件', wrap: true, render: (row) => row.document },
                { id: 'unit', title: '录入单位', render: (row) => row.unitName },
              ]}
              empty={
                <Empty title="还没有录入标准" actions={add}>
                  没有标准就无法判断困难类别。请按民政部门的文件录入当地低保标准。
                </Empty>
              }
            />
          )}
        </Loaded>
      </section>
      {adding && (
        <AddDialog
          unitId={scope.unitId}
          close={() => {
            setAdding(false)
            void queries.invalidateQueries({ queryKey: ['hardship-standards'] })
          }}
        />
      )}
    </Page>
  )
}

function AddDialog({ unitId, close }: { unitId: number; close: () => void }): ReactElement {
  const [values, setValues] = useState<Record<string, unknown>>({
    from: today(),
    relativeHundredths: 20_000,
    lossShare: 8_000,
  })
  const times = values['relativeHundredths']
  return (
    <Dialog
      title="新增困难标准"
      okText="保存"
      done="标准已保存。"
      close={close}
      work={() =>
        post('/api/hardship/parameters', {
          ...values,
          // Typed as a percentage (200 %), kept as hundredths of the line.
          relativeHundredths: typeof times === 'number' ? Math.round(times / 100) : times,
          unitId,
        })
      }
    >
      {(errors) => (
        <div className="stack" style={{ gap: 12 }}>
          {fields.map((declared) => (
            <LabelledField
              key={declared.id}
              id={declared.id}
              label={declared.label}
              required={declared.required}
              help={declared.help}
              error={errors[declared.id]}
            >
              <FieldInput
                id={declared.id}
                field={declared}
                value={values[declared.id]}
                onChange={(value: unknown) => setValues({ ...values, [declared.id]: value })}
                invalid={Boolean(errors[declared.id])}
              />
            </LabelledField>
          ))}
        </div>
      )}
    </Dialog>
  )
}
