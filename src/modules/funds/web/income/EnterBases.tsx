import { Button, Input } from 'antd'
import { useState, type ReactElement } from 'react'
import { field } from '../../../../kernel/register/declaration.ts'
import { post, put } from '../../../../web/api.ts'
import { useScope } from '../../../../web/session.ts'
import { LabelledField } from '../../../../web/ui/FieldInput.tsx'
import { Notice, Problem } from '../../../../web/ui/states.tsx'
import type { ListedDues } from '../../income-contract.ts'
import { AskDialog } from '../AskDialog.tsx'

/** Wage bases from a pasted list, from a month on. */
export function EnterBases({ month, close }: { month: string; close: () => void }): ReactElement {
  const { unitId } = useScope()
  const [text, setText] = useState('')
  const [rows, setRows] = useState<ListedDues[]>([])
  const [error, setError] = useState<unknown>(null)
  const good = rows.filter((row) => !row.error)
  const read = (): void => {
    setError(null)
    post<{ rows: ListedDues[] }>('/api/funds/dues/read-list', { unitId, month, text }).then(
      (answer) => setRows(answer.rows),
      setError,
    )
  }
  return (
    <AskDialog
      title="登记缴费基数"
      okText={`登记 ${good.length} 人`}
      done="已登记，应交会费随之更新。"
      initial={{ from: month }}
      fields={[
        field.text('from', '从哪个月起', { required: true, example: '2026-01' }),
        field.text('source', '依据', { example: '人力资源部 2026 年 1 月工资表' }),
      ]}
      send={(values) =>
        put('/api/funds/dues/bases', {
          unitId,
          from: values['from'],
          source: values['source'] || null,
          rows: good.map((row) => ({ personId: row.personId, baseFen: row.amountFen })),
        })
      }
      close={close}
    >
      {() => (
        <div className="stack">
          <p className="faint">基数是每月工资收入，不含奖金、津贴、补贴；十元以下部分不计，按 0.5% 交纳。</p>
          <LabelledField id="bases-list" label="名单" help="从表格复制：工号或姓名，月工资，一人一行。" whole>
            <Input.TextArea
              id="bases-list"
              autoSize={{ minRows: 3, maxRows: 8 }}
              value={text}
              onChange={(event) => setText(event.target.value)}
            />
          </LabelledField>
          <div>
            <Button disabled={!text.trim()} onClick={read}>
              核对名单
            </Button>
          </div>
          {error !== null && <Problem error={error} />}
          {rows.length > 0 && (
            <Notice tone={good.length < rows.length ? 'warn' : 'good'}>
              认出 {good.length} 人。
              {rows
                .filter((row) => row.error)
                .slice(0, 5)
                .map((row) => `第 ${row.line} 行：${row.error}`)
                .join('；')}
            </Notice>
          )}
        </div>
      )}
    </AskDialog>
  )
}
