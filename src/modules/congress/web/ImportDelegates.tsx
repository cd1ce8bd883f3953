import type { ReactElement } from 'react'
import { ImportWorkbook } from '../../../web/ui/ImportWorkbook.tsx'

export function ImportDelegates({ unitId, close }: { unitId: number; close: () => void }): ReactElement {
  return (
    <ImportWorkbook kind="delegates" title="按表导入代表" unitId={unitId} close={close}>
      每位当选代表占一行。上传后逐行检查，看过预览再入库；从本系统导出的名单也可以直接导入。
    </ImportWorkbook>
  )
}
