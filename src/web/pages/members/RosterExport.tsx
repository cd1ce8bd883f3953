import { Button, Input, Modal } from 'antd'
import { useState, type ReactElement } from 'react'
import { withQuery } from '../../path.ts'
import { useMay } from '../../session.ts'
import { LabelledField } from '../../ui/FieldInput.tsx'

/** The roster leaves the house only for a stated purpose, which stands in the file and in the audit. */
export function RosterExport({ query }: { query: Record<string, string | number | undefined> }): ReactElement {
  const may = useMay()
  const [open, setOpen] = useState(false)
  const [reason, setReason] = useState('')
  const [unmasked, setUnmasked] = useState(false)
  const ready = reason.trim().length > 0
  const close = (): void => setOpen(false)
  return (
    <>
      <Button onClick={() => setOpen(true)}>导出、打印花名册</Button>
      {open && (
        <Modal
          open
          title="导出、打印花名册"
          onCancel={close}
          footer={[
            <Button
              key="print"
              disabled={!ready}
              target="_blank"
              href={withQuery('/api/members/roster.html', { ...query, reason: reason.trim() })}
              onClick={close}
            >
              打印版
            </Button>,
            <Button
              key="xlsx"
              type="primary"
              disabled={!ready}
              href={withQuery('/api/members/roster.xlsx', { ...query, reason: reason.trim(), unmasked })}
              onClick={close}
            >
              导出 Excel
            </Button>,
          ]}
        >
          <div className="stack" style={{ gap: 12 }}>
            <p>导出当前条件下的全部会员，不只本页。</p>
            <LabelledField id="roster-reason" label="用途" required help="印在表尾，并记入操作日志。">
              <Input
                id="roster-reason"
                maxLength={200}
                placeholder="例如 会员代表选举名册"
                value={reason}
                onChange={(event) => setReason(event.target.value)}
              />
            </LabelledField>
            {may('members.reveal') && (
              <label className="row">
                <input type="checkbox" checked={unmasked} onChange={(event) => setUnmasked(event.target.checked)} />
                Excel 里的证件号码、手机、银行卡按原文导出
              </label>
            )}
          </div>
        </Modal>
      )}
    </>
  )
}
