import type { ReactElement } from 'react'
import { ImportWorkbook } from '../../../web/ui/ImportWorkbook.tsx'

export function ImportSurvivors({ unitId, close }: { unitId: number; close: () => void }): ReactElement {
  return (
    <ImportWorkbook kind="survivors" title="按表导入遗属" unitId={unitId} close={close}>
      一人一行；同一位亡故职工的家属写同样的姓名和亡故日期。电话和地址导入后逐人补登。
    </ImportWorkbook>
  )
}
