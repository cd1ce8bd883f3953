import { Modal } from 'antd'
import { useState, type ReactElement, type ReactNode } from 'react'
import { Refusal } from '../api.ts'
import { Problem } from './states.tsx'
import { toast } from './toast.tsx'

/** A question with a few fields: runs the work, shows its refusal inside, closes when done. */
export function Dialog({
  title,
  okText,
  danger,
  ready = true,
  stay = false,
  work,
  done,
  close,
  children,
}: {
  title: string
  okText: string
  danger?: boolean
  ready?: boolean
  /** Remains open when the work is done: the answer appears inside. */
  stay?: boolean
  work: () => Promise<unknown>
  /** Said after success. */
  done?: string
  close: () => void
  children: (fields: Readonly<Record<string, string>>) => ReactNode
}): ReactElement {
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const submit = async (): Promise<void> => {
    setBusy(true)
    setError(null)
    try {
      await work()
      if (done) toast(done)
      if (!stay) close()
      setBusy(false)
    } catch (refusal) {
      setError(refusal)
      setBusy(false)
    }
  }
  const fields = error instanceof Refusal ? error.fields : {}
  return (
    <Modal
      open
      title={title}
      okText={okText}
      okButtonProps={{ loading: busy, disabled: !ready, ...(danger && { danger: true }) }}
      onOk={() => void submit()}
      onCancel={close}
    >
      <div className="stack" style={{ gap: 12 }}>
        {error !== null && (
          <Problem error={error instanceof Refusal ? new Refusal(error.status, error.code, error.message) : error} />
        )}
        {children(fields)}
      </div>
    </Modal>
  )
}
