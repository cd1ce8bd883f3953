import { Modal } from 'antd'
import { useState, type ReactElement } from 'react'
import { post, Refusal } from '../../../../web/api.ts'
import { DataTable } from '../../../../web/ui/DataTable.tsx'
import { Empty, Notice, Problem } from '../../../../web/ui/states.tsx'
import { toast } from '../../../../web/ui/toast.tsx'
import { moneyText } from '../../../../web/ui/values.tsx'
import type { BankAccount, Preview } from '../../bank-contract.ts'

const form = (unitId: number, account: BankAccount, file: File): FormData => {
  const data = new FormData()
  data.set('unitId', String(unitId))
  data.set('account', account.code)
  data.set('file', file)
  return data
}

/** A bank's file: read and shown first, brought in only when confirmed. */
export function ImportStatement({
  unitId,
  account,
  changed,
  close,
}: {
  unitId: number
  account: BankAccount
  changed: () => void
  close: () => void
}): ReactElement {
  const [file, setFile] = useState<File | null>(null)
  const [preview, setPreview] = useState<Preview | null>(null)
  const [error, setError] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const choose = async (chosen: File): Promise<void> => {
    setFile(chosen)
    setPreview(null)
    setError(null)
    setBusy(true)
    try {
      setPreview(await post<Preview>('/api/funds/bank/preview', form(unitId, account, chosen)))
    } catch (refusal) {
      setError(refusal)
    } finally {
      setBusy(false)
    }
  }
  const bring = async (): Promise<void> => {
    if (!file) return
    setBusy(true)
    setError(null)
    try {
      const made = await post<{ added: number; known: number }>(
        '/api/funds/bank/statements',
        form(unitId, account, file),
      )
      toast(`已导入 ${made.added} 笔${made.known ? `，另有 ${made.known} 笔以前已导入` : ''}。`)
      changed()
      close()
    } catch (refusal) {
      setError(refusal)
      setBusy(false)
    }
  }
  return (
    <Modal
      open
      width={860}
      title={`导入对账单：${account.code} ${account.name}`}
      okText="导入"
      okButtonProps={{ disabled: !preview || preview.known === preview.lines.length, loading: busy }}
      onOk={() => void bring()}
      onCancel={close}
    >
      <div className="stack" style={{ gap: 12 }}>
        <label className="drop">
          <span>{file ? file.name : '选择网银导出的交易明细（xlsx 或 csv）'}</span>
          <input
            type="file"
            aria-label="对账单文件"
            accept=".xlsx,.csv,.txt"
            onChange={(event) => {
              const chosen = event.target.files?.[0]
              if (chosen) void choose(chosen)
              event.target.value = ''
            }}
          />
        </label>
        {error !== null && (
          <div>
            <Problem error={error instanceof Refusal ? new Refusal(error.status, error.code, error.message) : error} />
            {error instanceof Refusal && Object.keys(error.fields).length > 0 && (
              <ul className="faint" style={{ padding: '8px 12px' }}>
                {Object.entries(error.fields).map(([row, sentence]) => (
                  <li key={row}>
                    <b>{row}</b>：{sentence}
                  </li>
                ))}
              </ul>
            )}
          </div>
        )}
        {preview && (
          <>
            {preview.gap && <Notice tone="warn">{preview.gap}</Notice>}
            <p>
              共 {preview.lines.length} 笔，{preview.lines[0]?.on} 至 {preview.lines.at(-1)?.on}
              {preview.openingFen !== null && `；期初 ${moneyText(preview.openingFen)} 元`}
              {preview.closingFen !== null && `，期末 ${moneyText(preview.closingFen)} 元`}
              {preview.known > 0 && `；其中 ${preview.known} 笔以前已导入`}。
              <span className="faint">
                {' '}
                列的识别：{preview.columns.map((column) => `${column.header}→${column.as}`).join('，')}
              </span>
            </p>
            <div style={{ maxHeight: 320, overflow: 'auto' }}>
              <DataTable
                caption="对账单预览"
                rows={preview.lines}
                rowKey={(line) => line.rowNo}
                density="compact"
                columns={[
                  { id: 'on', title: '日期', width: 100, render: (line) => line.on },
                  { id: 'party', title: '对方', lead: true, render: (line) => line.party || line.summary },
                  { id: 'summary', title: '摘要', render: (line) => line.summary },
                  {
                    id: 'in',
                    title: '收入',
                    number: true,
                    render: (line) => (line.amountFen > 0 ? moneyText(line.amountFen) : ''),
                  },
                  {
                    id: 'out',
                    title: '支出',
                    number: true,
                    render: (line) => (line.amountFen < 0 ? moneyText(-line.amountFen) : ''),
                  },
                  {
                    id: 'balance',
                    title: '余额',
                    number: true,
                    render: (line) => (line.balanceFen === null ? '' : moneyText(line.balanceFen)),
                  },
                ]}
                empty={<Empty small title="没有内容" />}
              />
            </div>
          </>
        )}
      </div>
    </Modal>
  )
}
