import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Button, Input, Select } from 'antd'
import { useState, type ReactElement } from 'react'
import { get, post, Refusal } from '../../../web/api.ts'
import { useAddress } from '../../../web/session.ts'
import { DataTable } from '../../../web/ui/DataTable.tsx'
import { Dialog } from '../../../web/ui/Dialog.tsx'
import { LabelledField } from '../../../web/ui/FieldInput.tsx'
import { Card } from '../../../web/ui/Page.tsx'
import { Empty, Loaded, Notice } from '../../../web/ui/states.tsx'
import { StatusTag } from '../../../web/ui/values.tsx'
import { HOWS } from '../words.ts'
import type { Entry } from '../rounds-contract.ts'

/** The desk: a code is scanned or a number typed, and one thing is given; below it the roster. */
export function HandOutDesk({
  roundId,
  changed,
  readOnly,
}: {
  roundId: number
  changed: () => void
  readOnly?: boolean
}): ReactElement {
  const [address, setAddress] = useAddress()
  const [text, setText] = useState('')
  const [said, setSaid] = useState<{ tone: 'good' | 'bad'; sentence: string } | null>(null)
  const [giving, setGiving] = useState<Entry | null>(null)
  const [undoing, setUndoing] = useState<Entry | null>(null)
  const q = address['q'] ?? ''
  const state = address['state'] ?? ''
  const entries = useQuery({
    queryKey: ['care-entries', roundId, q, state, address['after']],
    queryFn: () =>
      get<{ rows: Entry[]; next: number | null }>(`/api/care/rounds/${roundId}/entries`, {
        q,
        state: state || undefined,
        after: address['after'],
      }),
    placeholderData: keepPreviousData,
  })
  const give = async (): Promise<void> => {
    const typed = text.trim()
    if (!typed) return
    try {
      const { handed } = await post<{ handed: { no: number; personName: string }[] }>(
        `/api/care/rounds/${roundId}/hand-outs`,
        /^\d{1,6}$/.test(typed) ? { nos: [Number(typed)] } : { code: typed },
      )
      setSaid({ tone: 'good', sentence: handed.map((one) => `第 ${one.no} 号 ${one.personName} 已领取`).join('、') })
      setText('')
      changed()
    } catch (refusal) {
      setSaid({
        tone: 'bad',
        sentence: refusal instanceof Refusal ? refusal.message : '没有登记成功，请重试。',
      })
    }
  }
  return (
    <>
      {!readOnly && (
        <Card title="领取登记">
          <form
            className="stack"
            onSubmit={(event) => {
              event.preventDefault()
              void give()
            }}
          >
            <LabelledField id="code" label="领取号或二维码" help="扫码枪扫会员手机上的二维码，或输入领取号后回车。">
              <Input
                id="code"
                size="large"
                autoComplete="off"
                value={text}
                onChange={(one) => setText(one.target.value)}
                suffix={
                  <Button type="primary" htmlType="submit" disabled={!text.trim()}>
                    登记领取
                  </Button>
                }
              />
            </LabelledField>
            <div role="status">{said && <Notice tone={said.tone}>{said.sentence}</Notice>}</div>
          </form>
        </Card>
      )}
      <section className="card">
        <div className="toolbar" role="group" aria-label="名单">
          <Input.Search
            aria-label="查找名单"
            placeholder="领取号、姓名或工号"
            defaultValue={q}
            allowClear
            style={{ maxWidth: 240 }}
            onSearch={(value) => setAddress({ q: value, after: null })}
          />
          <div className="row" style={{ flexWrap: 'nowrap' }}>
            {[
              ['', '全部'],
              ['waiting', '未领'],
              ['taken', '已领'],
            ].map(([value, title]) => (
              <Button
                key={value}
                type={state === value ? 'primary' : 'text'}
                aria-pressed={state === value}
                onClick={() => setAddress({ state: value!, after: null })}
              >
                {title}
              </Button>
            ))}
          </div>
        </div>
        <Loaded query={entries}>
          {({ rows, next }) => (
            <>
              <DataTable
                caption="发放名单"
                rows={rows}
                rowKey={(row) => row.no}
                columns={[
                  { id: 'who', title: '姓名', lead: true, render: (row) => row.personName },
                  { id: 'no', title: '领取号', width: 80, number: true, render: (row) => row.no },
                  { id: 'unit', title: '单位', render: (row) => row.unitName },
                  {
                    id: 'state',
                    title: '状态',
                    render: (row) =>
                      row.state === 'taken' ? (
                        <StatusTag text="已领" tone="good" />
                      ) : (
                        <StatusTag text="未领" tone="info" />
                      ),
                  },
                  {
                    id: 'signed',
                    title: '签收',
                    render: (row) =>
                      row.state === 'taken'
                        ? `${row.takenOn} ${row.signedBy}（${HOWS[row.how as keyof typeof HOWS]}）`
                        : '',
                  },
                ]}
                {...(!readOnly && {
                  renderActions: (row: Entry) =>
                    row.state === 'waiting' ? (
                      <Button size="small" onClick={() => setGiving(row)}>
                        登记
                      </Button>
                    ) : (
                      <Button size="small" onClick={() => setUndoing(row)}>
                        撤回
                      </Button>
                    ),
                })}
                empty={<Empty title="名单里没有这样的人">请换一个领取号、姓名或工号。</Empty>}
              />
              {(next ?? address['after']) && (
                <div className="pager">
                  <Button disabled={!address['after']} onClick={() => setAddress({ after: null })}>
                    回到开头
                  </Button>
                  <Button disabled={!next} onClick={() => setAddress({ after: String(next) })}>
                    下一页
                  </Button>
                </div>
              )}
            </>
          )}
        </Loaded>
      </section>
      {giving && (
        <GiveDialog
          roundId={roundId}
          entry={giving}
          close={() => {
            setGiving(null)
            changed()
          }}
        />
      )}
      {undoing && (
        <UndoDialog
          roundId={roundId}
          entry={undoing}
          close={() => {
            setUndoing(null)
            changed()
          }}
        />
      )}
    </>
  )
}

function GiveDialog({ roundId, entry, close }: { roundId: number; entry: Entry; close: () => void }): ReactElement {
  const [how, setHow] = useState<keyof typeof HOWS>('self')
  const [signedBy, setSignedBy] = useState('')
  return (
    <Dialog
      title={`第 ${entry.no} 号：${entry.personName}`}
      okText="登记"
      done="已登记。"
      close={close}
      work={() =>
        post(`/api/care/rounds/${roundId}/hand-outs`, {
          nos: [entry.no],
          how,
          ...(signedBy.trim() && { signedBy }),
        })
      }
    >
      {(fields) => (
        <div className="fields">
          <LabelledField id="how" label="领取方式" required error={fields['how']}>
            <Select
              id="how"
              aria-label="领取方式"
              value={how}
              options={Object.entries(HOWS).map(([value, label]) => ({ value, label }))}
              onChange={(value) => setHow(value as keyof typeof HOWS)}
            />
          </LabelledField>
          {how !== 'self' && (
            <LabelledField
              id="signedBy"
              label={how === 'substitute' ? '代领人' : '签收人'}
              required={how === 'substitute'}
              error={fields['signedBy']}
            >
              <Input id="signedBy" maxLength={30} value={signedBy} onChange={(one) => setSignedBy(one.target.value)} />
            </LabelledField>
          )}
        </div>
      )}
    </Dialog>
  )
}

function UndoDialog({ roundId, entry, close }: { roundId: number; entry: Entry; close: () => void }): ReactElement {
  const [reason, setReason] = useState('')
  return (
    <Dialog
      title={`撤回第 ${entry.no} 号${entry.personName}的领取`}
      okText="撤回"
      danger
      done="已撤回。"
      ready={reason.trim() !== ''}
      close={close}
      work={() => post(`/api/care/rounds/${roundId}/undo`, { no: entry.no, reason })}
    >
      {(fields) => (
        <LabelledField id="reason" label="原因" required error={fields['reason']}>
          <Input id="reason" maxLength={100} value={reason} onChange={(one) => setReason(one.target.value)} />
        </LabelledField>
      )}
    </Dialog>
  )
}
