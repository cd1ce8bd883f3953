import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState, type ReactElement } from 'react'
import { Button } from 'antd'
import { get, post, Refusal, remove } from '../api.ts'
import { Empty, Loaded, Problem } from './states.tsx'
import { OpeningDialog } from './OpeningDialog.tsx'
import { timeText } from './values.tsx'

interface Attachment {
  id: number
  name: string
  size: number
  createdAt: string
}

const sizeText = (bytes: number): string =>
  bytes < 1024 * 1024 ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`

/** Files that belong to a record: photos, scans, notices. */
export function Attachments({
  objectKind,
  objectId,
  mayChange,
}: {
  objectKind: string
  objectId: number
  mayChange: boolean
}): ReactElement {
  const queries = useQueryClient()
  const input = useRef<HTMLInputElement>(null)
  const [error, setError] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const key = ['files', objectKind, objectId]
  const files = useQuery({
    queryKey: key,
    queryFn: () => get<{ files: Attachment[]; guarded: boolean }>('/api/files', { objectKind, objectId }),
  })
  const [asking, setAsking] = useState<number | null>(null)
  const change = async (work: () => Promise<unknown>): Promise<void> => {
    setBusy(true)
    setError(null)
    try {
      await work()
      await queries.invalidateQueries({ queryKey: key })
    } catch (refusal) {
      setError(refusal)
    } finally {
      setBusy(false)
    }
  }
  // Photos that the line swallowed: kept here and sent again when it is back, so that nobody takes them twice.
  const [unsent, setUnsent] = useState<readonly File[]>([])
  const upload = (added: readonly File[]): void => {
    const list = [...unsent.filter((one) => !added.includes(one)), ...added]
    if (!list.length) return
    setUnsent(list)
    void change(async () => {
      for (const file of list) {
        const form = new FormData()
        form.set('objectKind', objectKind)
        form.set('objectId', String(objectId))
        form.set('file', file)
        try {
          await post('/api/files', form)
        } catch (refusal) {
          // One that the server refuses would be refused again; the rest still goes.
          if (!(refusal instanceof Refusal) || refusal.status !== 0)
            setUnsent((rest) => rest.filter((one) => one !== file))
          await queries.invalidateQueries({ queryKey: key })
          throw refusal
        }
        setUnsent((rest) => rest.filter((one) => one !== file))
      }
    })
  }
  const again = useRef(() => {})
  again.current = () => {
    if (!busy) upload(unsent)
  }
  useEffect(() => {
    const back = (): void => again.current()
    window.addEventListener('online', back)
    return () => window.removeEventListener('online', back)
  }, [])
  const add = mayChange && (
    <>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        accept=".jpg,.jpeg,.png,.pdf,.docx,.xlsx,.doc,.xls"
        onChange={(event) => {
          upload([...(event.target.files ?? [])])
          event.target.value = ''
        }}
      />
      <Button loading={busy} onClick={() => input.current?.click()}>
        添加附件
      </Button>
    </>
  )
  return (
    <div style={{ padding: 16 }} className="stack">
      {error !== null && <Problem error={error} />}
      {unsent.length > 0 && !busy && (
        <div className="notice warn spread" role="status">
          <span>还有 {unsent.length} 个文件没有传完，网络恢复后自动再传。</span>
          <Button size="small" onClick={() => upload(unsent)}>
            现在再传
          </Button>
        </div>
      )}
      <Loaded query={files}>
        {({ files: rows, guarded }) =>
          rows.length === 0 ? (
            <Empty title="没有附件" actions={add} small>
              可附照片、签到表、通知等，每个不超过 50 MB。
            </Empty>
          ) : (
            <>
              <ul>
                {rows.map((file) => (
                  <li key={file.id} className="spread" style={{ padding: '7px 0', borderBottom: '1px solid #eef0eb' }}>
                    {guarded ? (
                      <button type="button" className="link" onClick={() => setAsking(file.id)}>
                        {file.name}
                      </button>
                    ) : (
                      <a href={`/api/files/${file.id}`} target="_blank" rel="noreferrer">
                        {file.name}
                      </a>
                    )}
                    <span className="row faint">
                      {sizeText(file.size)} · {timeText(file.createdAt)}
                      {mayChange && (
                        <button
                          type="button"
                          className="link danger"
                          onClick={() => void change(() => remove(`/api/files/${file.id}`))}
                        >
                          移除
                        </button>
                      )}
                    </span>
                  </li>
                ))}
              </ul>
              <div>{add}</div>
            </>
          )
        }
      </Loaded>
      {asking !== null && <OpeningDialog fileId={asking} close={() => setAsking(null)} />}
    </div>
  )
}
