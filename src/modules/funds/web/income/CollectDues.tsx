import { Button, Input } from 'antd'
import { useState, type ReactElement } from 'react'
import { field } from '../../../../kernel/register/declaration.ts'
import { get, post } from '../../../../web/api.ts'
import { today, useScope } from '../../../../web/session.ts'
import { DataTable } from '../../../../web/ui/DataTable.tsx'
import { LabelledField } from '../../../../web/ui/FieldInput.tsx'
import { Notice, Problem } from '../../../../web/ui/states.tsx'
import { moneyText } from '../../../../web/ui/values.tsx'
import type { ListedDues, MemberDues } from '../../income-contract.ts'
import { METHODS } from '../../spending-kinds.ts'
import { AskDialog, idOf } from '../AskDialog.tsx'

/** Collects a month's dues: from a list pasted out of a workbook, or everything that is open. */
export function CollectDues({ month, close }: { month: string; close: () => void }): ReactElement {
  const { unitId } = useScope()
  const [text, setText] = useState('')
  const [rows, setRows] = useState<ListedDues[] | null>(null)
  const [error, setError] = useState<unknown>(null)
  const good = (rows ?? []).filter((row) => !row.error && row.personId && row.amountFen)
  const total = good.reduce((sum, row) => sum + row.amountFen!, 0)
  const read = (): void => {
    setError(null)
    post<{ rows: ListedDues[] }>('/api/funds/dues/read-list', { unitId, month, text }).then(
      (answer) => setRows(answer.rows),
      setError,
    )
  }
  const all = (): void => {
    setError(null)
    everybodyOwing(unitId, month).then(
      (members) =>
        setRows(
          members.map((one, index) => ({
            line: index + 1,
            who: one.name,
            personId: one.personId,
            name: one.name,
            amountFen: one.dueFen - one.paidFen,
            dueFen: one.dueFen,
            openFen: one.dueFen - one.paidFen,
            error: null,
          })),
        ),
      setError,
    )
  }
  return (
    <AskDialog
      title={`收 ${month} 会费`}
      okText={total ? `收 ${moneyText(total)} 元` : '收会费'}
      done="已收会费，收据和凭证已生成。"
      initial={{ receivedOn: today(), method: METHODS.transfer }}
      fields={[
        field.date('receivedOn', '收款日期', { required: true }),
        field.choice('method', '收款方式', Object.values(METHODS), { required: true }),
        field.text('payer', '交款人（单位）', { required: true, example: '公司财务部代扣' }),
      ]}
      send={(values) =>
        post('/api/funds/dues/collections', {
          unitId,
          receivedOn: values['receivedOn'],
          method: idOf(METHODS, values['method']),
          payer: values['payer'] ?? '',
          rows: good.map((row) => ({ personId: row.personId, month, amountFen: row.amountFen })),
        })
      }
      close={close}
    >
      {() => (
        <div className="stack">
          <LabelledField id="dues-list" label="名单" help="从表格复制：工号或姓名，金额，一人一行。" whole>
            <Input.TextArea
              id="dues-list"
              autoSize={{ minRows: 3, maxRows: 8 }}
              value={text}
              onChange={(event) => setText(event.target.value)}
              placeholder={'E102\t刘洋\t21.90'}
            />
          </LabelledField>
          <div className="row">
            <Button disabled={!text.trim()} onClick={read}>
              核对名单
            </Button>
            <Button onClick={all}>全部按应交数</Button>
          </div>
          {error !== null && <Problem error={error} />}
          {rows && good.length < rows.length && (
            <Notice tone="warn">有 {rows.length - good.length} 行不能收，已标出；其余照收。</Notice>
          )}
          {rows && (
            <DataTable
              caption="名单核对"
              density="compact"
              rows={rows}
              rowKey={(row) => row.line}
              columns={[
                { id: 'who', title: '会员', lead: true, render: (row) => row.name ?? row.who },
                {
                  id: 'amount',
                  title: '金额（元）',
                  width: 100,
                  number: true,
                  render: (row) => (row.amountFen === null ? '' : moneyText(row.amountFen)),
                },
                { id: 'error', title: '核对', wrap: true, render: (row) => row.error ?? '' },
              ]}
              empty={<p className="quiet">没有可收的会费。</p>}
            />
          )}
        </div>
      )}
    </AskDialog>
  )
}

/** Page by page: a company has thousands. */
async function everybodyOwing(unitId: number, month: string): Promise<MemberDues[]> {
  const members: MemberDues[] = []
  for (let after: number | null = 0; after !== null;) {
    const page: { rows: MemberDues[]; next: number | null } = await get('/api/funds/dues/members', {
      unitId,
      month,
      owing: 'true',
      after,
      limit: 500,
    })
    members.push(...page.rows)
    after = page.next
  }
  return members
}
