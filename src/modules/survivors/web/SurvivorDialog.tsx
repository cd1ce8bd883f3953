import { useState, type ReactElement } from 'react'
import { field } from '../../../kernel/register/declaration.ts'
import { post } from '../../../web/api.ts'
import { Dialog } from '../../../web/ui/Dialog.tsx'
import { Notice } from '../../../web/ui/states.tsx'
import { GROUNDS, PLACES, RELATIONS } from '../words.ts'
import { FieldsForm } from './FieldsForm.tsx'
import { useStandards } from './shapes.ts'

const worker = [
  field.text('deceasedName', '亡故职工', { required: true }),
  field.date('deceasedBornOn', '职工出生日期'),
  field.date('diedOn', '亡故日期', { required: true }),
  field.money('wageFen', '去世前月工资（元）', { help: '填了的，一家合计超过工资时会提醒。' }),
]
const names: Readonly<Record<string, string>> = {
  'deceased.name': 'deceasedName',
  'deceased.bornOn': 'deceasedBornOn',
  'deceased.diedOn': 'diedOn',
  'deceased.wageFen': 'wageFen',
}

/** The worker first, then who is provided for. */
export function SurvivorDialog({ unitId, close }: { unitId: number; close: () => void }): ReactElement {
  const [values, setValues] = useState<Record<string, unknown>>({})
  const grades = [...new Set((useStandards(unitId).data ?? []).map((one) => one.grade))]
  const relative = [
    field.text('name', '遗属姓名', { required: true }),
    field.choice('relation', '与亡故职工关系', RELATIONS, { required: true }),
    field.choice('ground', '供养的理由', GROUNDS, { required: true }),
    field.date('bornOn', '遗属出生日期', { required: true }),
    field.choice('place', '居住地', PLACES, { required: true }),
    field.text('phone', '联系电话', { help: '加密保存。' }),
    field.text('address', '通信地址', { help: '加密保存，函告时打印。' }),
    field.choice('grade', '标准档', grades, { required: true, open: true }),
    field.date('entitledFrom', '供养起始日期', { required: true }),
    field.date('untilOn', '到期日期', { help: '未成年的不填，到 18 周岁；在校就读的填毕业日期。' }),
    field.text('paidThrough', '以前已发至月份', { help: '例如 2025-12。从没发过的不填。' }),
  ]
  const { deceasedName, deceasedBornOn, diedOn, wageFen, ...rest } = values
  return (
    <Dialog
      title="登记遗属"
      okText="登记"
      done="已纳入名册。"
      close={close}
      work={() =>
        post('/api/survivors', {
          ...rest,
          unitId,
          deceased: {
            name: deceasedName,
            diedOn,
            ...(deceasedBornOn !== undefined && { bornOn: deceasedBornOn }),
            ...(wageFen !== undefined && { wageFen }),
          },
        })
      }
    >
      {(errors) => {
        const shown = Object.fromEntries(Object.entries(errors).map(([name, text]) => [names[name] ?? name, text]))
        return (
          <>
            {grades.length === 0 && <Notice tone="warn">还没有供养标准，请先在“供养标准”里按文件录入。</Notice>}
            <FieldsForm fields={worker} values={values} change={setValues} errors={shown} />
            <FieldsForm fields={relative} values={values} change={setValues} errors={shown} />
          </>
        )
      }}
    </Dialog>
  )
}
