import { Button, Input, Modal } from 'antd'
import { useState, type ReactElement } from 'react'
import { withQuery } from '../path.ts'
import { LabelledField } from './FieldInput.tsx'

/** Asks what an export is for: with a purpose sensitive columns stand in full, and the purpose stands in the file and the audit. */
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
  return (
    <>
      <Button onClick={() => setOpen(true)}>{label}</Button>
      {open && (
        <Modal
          open
          title={`${label}为 Excel`}
          okText="导出"
          okButtonProps={{ href: withQuery(address, { ...query, reason: reason.trim() }) }}
          onOk={() => setOpen(false)}
          onCancel={() => setOpen(false)}
        >
          <div className="stack" style={{ gap: 12 }}>
            <p>导出当前条件下的全部记录，不只本页。</p>
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
