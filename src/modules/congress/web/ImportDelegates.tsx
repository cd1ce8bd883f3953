import { useNavigate } from '@tanstack/react-router'
import { useState, type ReactElement } from 'react'
import { post } from '../../../web/api.ts'
import { path } from '../../../web/path.ts'
import { Dialog } from '../../../web/ui/Dialog.tsx'

/** Template, upload, then the preview every import has; nothing is stored before that was read. */
export function ImportDelegates({ unitId, close }: { unitId: number; close: () => void }): ReactElement {
  const navigate = useNavigate()
  const [file, setFile] = useState<File | null>(null)
  const send = async (): Promise<void> => {
    // The fields go before the file: the server reads the form as it arrives.
    const form = new FormData()
    form.set('kind', 'delegates')
    form.set('unitId', String(unitId))
    form.set('file', file!)
    const preview = await post<{ id: number }>('/api/imports', form)
    void navigate({ to: path.importing(preview.id) as never })
  }
  return (
    <Dialog title="按表导入代表" okText="上传检查" ready={file !== null} work={send} close={close}>
      {() => (
        <>
          <p>
            先<a href="/api/templates/delegates.xlsx">下载模板</a>
            ，每位当选代表占一行。上传后逐行检查，看过预览再入库；从本系统导出的名单也可以直接导入。
          </p>
          <label className="field">
            选择工作簿（.xlsx）
            <input type="file" accept=".xlsx" onChange={(event) => setFile(event.target.files?.[0] ?? null)} />
          </label>
        </>
      )}
    </Dialog>
  )
}
