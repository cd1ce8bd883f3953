import { Button, Input, Modal, Radio } from 'antd'
import { useState, type ReactElement } from 'react'
import { get, post } from '../api.ts'
import { withQuery } from '../path.ts'
import { LabelledField } from './FieldInput.tsx'
import { Problem } from './states.tsx'
import { toast } from './toast.tsx'

type Format = 'xlsx' | 'csv'

/**
 * Asks what an export is for: with a purpose sensitive columns stand in full, and the purpose stands in the file and the
 * audit. A large one is left to a worker, and a message tells when it is done.
 * @param address of the list: `/api/registers/care.visit`
 */
export function ExportButton({
  address,
  query,
  label = '导出',
}: {
  address: string
  query: Record<string, string | number | undefined>
  label?: string
}): ReactElement {
  const [open, setOpen] = useState(false)
  const [reason, setReason] = useState('')
  const [format, setFormat] = useState<Format>('xlsx')
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<unknown>(null)
  const run = async (): Promise<void> => {
    setBusy(true)
    setProblem(null)
    const asked = { ...query, reason: reason.trim() }
    try {
      const { records, large } = await get<{ records: number; large: boolean }>(`${address}/export-size`, asked)
      if (large) {
        await post(withQuery(`${address}/exports`, asked), { format })
        toast(`共 ${records} 条，正在后台导出。完成后会在消息里通知您下载。`)
      } else window.location.assign(withQuery(`${address}/export.${format}`, asked))
      setOpen(false)
    } catch (error) {
      setProblem(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <>
      <Button onClick={() => setOpen(true)}>{label}</Button>
      {open && (
        <Modal
          open
          title={`${label}列表`}
          okText="导出"
          confirmLoading={busy}
          onOk={() => void run()}
          onCancel={() => setOpen(false)}
        >
          <div className="stack" style={{ gap: 12 }}>
            <p>导出当前条件下的全部记录，不只本页。</p>
            {problem !== null && <Problem error={problem} />}
            <Radio.Group
              aria-label="格式"
              value={format}
              onChange={(event) => setFormat(event.target.value as Format)}
              options={[
                { value: 'xlsx', label: 'Excel 工作簿' },
                { value: 'csv', label: 'CSV 文本' },
              ]}
            />
            <LabelledField
              id="export-reason"
              label="用途"
              help="写明用途的，敏感内容按原文导出，用途印在表尾并记入操作日志；不写的，敏感内容打码。"
            >
              <Input
                id="export-reason"
                maxLength={200}
                placeholder="例如 报县总工会备案"
                value={reason}
                onChange={(event) => setReason(event.target.value)}
              />
            </LabelledField>
          </div>
        </Modal>
      )}
    </>
  )
}
