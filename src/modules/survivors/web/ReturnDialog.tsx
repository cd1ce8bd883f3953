import { useState, type ReactElement } from 'react'
import { field } from '../../../kernel/register/declaration.ts'
import { post } from '../../../web/api.ts'
import { today } from '../../../web/session.ts'
import { Dialog } from '../../../web/ui/Dialog.tsx'
import { EXIT_REASONS, PROOFS, RESULTS } from '../words.ts'
import { FieldsForm } from './FieldsForm.tsx'
import { useStandards } from './shapes.ts'

const first = [
  field.date('returnedOn', '认证日期', { required: true }),
  field.choice('proof', '认证方式', PROOFS, { required: true }),
  field.choice('result', '复核结果', RESULTS, { required: true }),
]
const exit = [
  field.choice('exitReason', '退出原因', EXIT_REASONS, { required: true }),
  field.date('exitOn', '发生日期', { required: true, help: '发到发生的那个月为止。' }),
]

/** The answer to a year's review, with what follows from it. */
export function ReturnDialog({
  survivorId,
  name,
  year,
  unitId,
  close,
}: {
  survivorId: number
  name: string
  year: number
  unitId: number
  close: () => void
}): ReactElement {
  const [values, setValues] = useState<Record<string, unknown>>({ returnedOn: today(), result: '继续供养' })
  const grades = [...new Set((useStandards(unitId).data ?? []).map((one) => one.grade))]
  const { result } = values
  const form = { values, change: setValues }
  return (
    <Dialog
      title={`登记认证：${name}（${year} 年）`}
      okText="登记"
      done="认证已登记。"
      close={close}
      work={() => post(`/api/survivors/${survivorId}/reviews/${year}`, values)}
    >
      {(errors) => (
        <>
          <FieldsForm fields={first} errors={errors} {...form} />
          {result === '退出供养' && <FieldsForm fields={exit} errors={errors} {...form} />}
          {result === '调整标准' && (
            <FieldsForm
              fields={[field.choice('grade', '新的标准档', grades, { required: true })]}
              errors={errors}
              {...form}
            />
          )}
          {(result === '继续供养' || result === '调整标准') && (
            <FieldsForm
              fields={[field.date('untilOn', '新的到期日期', { help: '在校就读延期的填；没有变化的不填。' })]}
              errors={errors}
              {...form}
            />
          )}
          <FieldsForm
            fields={[field.text('words', '说明', { required: result === '暂停' })]}
            errors={errors}
            {...form}
          />
        </>
      )}
    </Dialog>
  )
}
