import { useQueryClient } from '@tanstack/react-query'
import { useState, type ReactElement } from 'react'
import { field } from '../../../kernel/register/declaration.ts'
import { post } from '../../../web/api.ts'
import { useMay } from '../../../web/session.ts'
import { DataTable } from '../../../web/ui/DataTable.tsx'
import { Dialog } from '../../../web/ui/Dialog.tsx'
import { moneyText } from '../../../web/ui/values.tsx'
import { FieldsForm } from './FieldsForm.tsx'
import { useStandards } from './shapes.ts'

const fields = [
  field.text('grade', '标准档', { required: true, example: '一档' }),
  field.money('monthlyFen', '每月（元）', { required: true }),
  field.date('validFrom', '执行日期', { required: true }),
  field.text('document', '文件名称和文号', { required: true }),
]

/** What each grade pays since when; a new amount is another row with its document. */
export function Standards({ unitId, close }: { unitId: number; close: () => void }): ReactElement {
  const queries = useQueryClient()
  const may = useMay()
  const standards = useStandards(unitId)
  const [values, setValues] = useState<Record<string, unknown>>({})
  const mayAdd = may('survivors.approve')
  return (
    <Dialog
      title="供养标准"
      okText={mayAdd ? '新增标准' : '关闭'}
      stay={mayAdd}
      close={close}
      {...(mayAdd && { done: '标准已保存。' })}
      work={async () => {
        if (!mayAdd) return
        await post('/api/survivors/standards', { unitId, ...values })
        setValues({})
        await queries.invalidateQueries({ queryKey: ['survivors-standards'] })
      }}
    >
      {(errors) => (
        <>
          <DataTable
            caption="供养标准"
            rows={standards.data}
            rowKey={(row) => row.id}
            density="compact"
            columns={[
              { id: 'grade', title: '标准档', lead: true, render: (row) => row.grade },
              { id: 'sum', title: '每月（元）', number: true, render: (row) => moneyText(row.monthlyFen) },
              { id: 'from', title: '执行日期', render: (row) => row.validFrom },
              { id: 'document', title: '文件', wrap: true, render: (row) => row.document },
            ]}
            empty={<p className="quiet">还没有标准。</p>}
          />
          {mayAdd && <FieldsForm fields={fields} values={values} change={setValues} errors={errors} />}
        </>
      )}
    </Dialog>
  )
}
