import { useNavigate } from '@tanstack/react-router'
import { useState, type ReactElement, type ReactNode } from 'react'
import { post } from '../api.ts'
import { path } from '../path.ts'
import { Dialog } from './Dialog.tsx'

/** Template, upload, then the preview every import has; nothing is stored before that was read. */
export function ImportWorkbook({
  kind,
  title,
  unitId,
  children,
  close,
}: {
  /** The importer's kind: delegates, dues. */
  kind: string
  title: string
  unitId: number
  /** What a row is, behind «先下载模板，». */
  children: ReactNode
  close: () => void
}): ReactElement {
  const navigate = useNavigate()
  const [file, setFile] = useState<File | null>(null)
  const send = async (): Promise<void> => {
    // The fields go before the file: the server reads the form as it arrives.
    const form = new FormData()
    form.set('kind', kind)
    form.set('unitId', String(unitId))
    form.set('file', file!)
    const preview = await post<{ id: number }>('/api/imports', form)
    void navigate({ to: path.importing(preview.id) as never })
  }
  return (
    <Dialog title={title} okText="上传检查" ready={file !== null} work={send} close={close}>
      {() => (
        <>
          <p>
            先<a href={`/api/templates/${kind}.xlsx`}>下载模板</a>，{children}
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
