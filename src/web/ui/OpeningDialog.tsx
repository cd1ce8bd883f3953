import { Input, Modal } from 'antd'
import { useState, type ReactElement } from 'react'
import { post } from '../api.ts'
import { Problem } from './states.tsx'

/** Asks why somebody's papers are opened; it is written down before they are, and that person sees it. */
export function OpeningDialog({ fileId, close }: { fileId: number; close: () => void }): ReactElement {
  const [reason, setReason] = useState('')
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const open = async (): Promise<void> => {
    setBusy(true)
    setError(null)
    // Opened at the click: a browser blocks windows that a later answer opens.
    const page = window.open('about:blank', '_blank')
    try {
      await post(`/api/files/${fileId}/openings`, { reason })
      if (page) {
        page.opener = null
        page.location.href = `/api/files/${fileId}`
      } else window.location.assign(`/api/files/${fileId}`)
      close()
    } catch (refusal) {
      page?.close()
      setError(refusal)
      setBusy(false)
    }
  }
  return (
    <Modal
      open
      title="为什么要看这份材料"
      okText="打开"
      okButtonProps={{ loading: busy, disabled: reason.trim().length < 4 }}
      onOk={() => void open()}
      onCancel={close}
    >
      <div className="stack">
        {error !== null && <Problem error={error} />}
        <p>材料涉及个人隐私。谁在什么时候、因为什么打开，系统都会记录，本人在“我的信息”里能看到。</p>
        <div className="field">
          <label htmlFor="opening-reason">查看原因</label>
          <Input
            id="opening-reason"
            autoFocus
            maxLength={200}
            placeholder="例如：核对住院发票"
            value={reason}
            onChange={(event) => setReason(event.target.value)}
            aria-describedby="opening-least"
          />
          <span id="opening-least" className="faint">
            至少 4 个字。
          </span>
        </div>
      </div>
    </Modal>
  )
}
