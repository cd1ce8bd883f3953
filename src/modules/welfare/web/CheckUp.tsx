import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { Button, Checkbox, Input } from 'antd'
import { useState, type ReactElement } from 'react'
import { get, post } from '../../../web/api.ts'
import { today, useAddress } from '../../../web/session.ts'
import { DataTable } from '../../../web/ui/DataTable.tsx'
import { Dialog } from '../../../web/ui/Dialog.tsx'
import { DateInput, LabelledField } from '../../../web/ui/FieldInput.tsx'
import { Card, Facts, Page } from '../../../web/ui/Page.tsx'
import { Empty, Loaded } from '../../../web/ui/states.tsx'
import { MoneyText, StatusTag } from '../../../web/ui/values.tsx'
import type { CheckUpDetail, CheckUpEntry } from '../contract.ts'
import { CHECK_UP_STATES } from '../words.ts'
import { CHECK_UP_TONES } from './CheckUps.tsx'

const STEP_TABS = [
  ['', '全部'],
  ['due', '未预约'],
  ['booked', '已预约'],
  ['attended', '已体检'],
  ['follow-up', '提示复查'],
] as const

/** One check-up: its slots, who is due and who came. */
export function CheckUpPage(): ReactElement {
  const { id } = useParams({ strict: false }) as { id: string }
  const checkUp = useQuery({
    queryKey: ['check-up', id],
    queryFn: () => get<CheckUpDetail>(`/api/welfare/check-ups/${id}`),
  })
  return <Loaded query={checkUp}>{(shown) => <Shown checkUp={shown} />}</Loaded>
}

function Shown({ checkUp }: { checkUp: CheckUpDetail }): ReactElement {
  const queries = useQueryClient()
  const [address, setAddress] = useAddress()
  const [asking, setAsking] = useState<'open' | 'close' | 'cancel' | null>(null)
  const [attending, setAttending] = useState<CheckUpEntry | null>(null)
  const step = address['step'] ?? ''
  const entries = useQuery({
    queryKey: ['check-up-entries', checkUp.id, step, address['q'], address['after']],
    queryFn: () =>
      get<{ rows: CheckUpEntry[]; next: number | null }>(`/api/welfare/check-ups/${checkUp.id}/entries`, {
        step: step || undefined,
        q: address['q'],
        after: address['after'],
      }),
    placeholderData: keepPreviousData,
  })
  const changed = (): void => {
    setAsking(null)
    setAttending(null)
    for (const key of ['check-up', 'check-ups', 'check-up-entries']) void queries.invalidateQueries({ queryKey: [key] })
  }
  const running = checkUp.state === 'open'
  return (
    <Page
      title={checkUp.title}
      crumbs={[{ title: '职工体检', to: '/welfare/check-ups' }]}
      help={
        <span className="row">
          <StatusTag text={CHECK_UP_STATES[checkUp.state]} tone={CHECK_UP_TONES[checkUp.state]} /> {checkUp.unitName} ·
          应检 {checkUp.people} 人，已约 {checkUp.booked} 人，已检 {checkUp.attended} 人
        </span>
      }
      actions={
        checkUp.mayRun && (
          <>
            {(checkUp.state === 'draft' || (running && checkUp.attended === 0)) && (
              <Button onClick={() => setAsking('cancel')}>取消</Button>
            )}
            {checkUp.state === 'draft' && (
              <Button type="primary" onClick={() => setAsking('open')}>
                开始预约
              </Button>
            )}
            {running && <Button onClick={() => setAsking('close')}>结束体检</Button>}
          </>
        )
      }
    >
      <Card title="安排">
        <Facts
          items={[
            { label: '体检机构', value: checkUp.hospital },
            { label: '范围', value: checkUp.scope },
            { label: '日期', value: `${checkUp.startOn} 至 ${checkUp.untilOn}` },
            { label: '每人费用', value: checkUp.costFen ? <MoneyText fen={checkUp.costFen} /> : '' },
            { label: '注意事项', value: checkUp.note },
            ...(checkUp.reason ? [{ label: '取消原因', value: checkUp.reason }] : []),
            ...checkUp.slots.map((slot) => ({
              label: `${slot.onDay} ${slot.part}`,
              value: `已约 ${slot.taken} 人，名额 ${slot.places} 人`,
            })),
          ]}
        />
      </Card>
      <section className="card">
        <div className="toolbar" role="group" aria-label="名单">
          <Input.Search
            aria-label="查找名单"
            placeholder="姓名或工号"
            defaultValue={address['q'] ?? ''}
            allowClear
            style={{ maxWidth: 220 }}
            onSearch={(q) => setAddress({ q, after: null })}
          />
          {STEP_TABS.map(([value, title]) => (
            <Button
              key={value}
              type={step === value ? 'primary' : 'text'}
              aria-pressed={step === value}
              onClick={() => setAddress({ step: value, after: null })}
            >
              {title}
            </Button>
          ))}
        </div>
        <Loaded query={entries}>
          {({ rows, next }) => (
            <>
              <DataTable
                caption="应检名单"
                rows={rows}
                rowKey={(row) => row.no}
                columns={[
                  { id: 'who', title: '姓名', lead: true, render: (row) => row.personName },
                  { id: 'unit', title: '单位', render: (row) => row.unitName },
                  { id: 'slot', title: '预约时段', render: (row) => row.slot ?? '未预约' },
                  { id: 'on', title: '体检日期', width: 110, render: (row) => row.attendedOn ?? '' },
                  {
                    id: 'follow',
                    title: '复查',
                    render: (row) =>
                      row.followUp ? (
                        row.remindedOn ? (
                          `已提醒，${row.remindedOn}`
                        ) : (
                          <StatusTag text="提示复查" tone="warn" />
                        )
                      ) : (
                        ''
                      ),
                  },
                ]}
                {...(running && {
                  renderActions: (row: CheckUpEntry) => (
                    <Button size="small" onClick={() => setAttending(row)}>
                      {row.attendedOn ? '更正' : '登记已到'}
                    </Button>
                  ),
                })}
                empty={<Empty title="没有符合条件的人">请换一个条件。</Empty>}
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
      {attending && <AttendDialog checkUpId={checkUp.id} entry={attending} close={changed} />}
      {asking === 'cancel' && <CancelDialog id={checkUp.id} close={changed} />}
      {(asking === 'open' || asking === 'close') && (
        <Dialog
          title={asking === 'open' ? '开始预约' : '结束体检'}
          okText="确定"
          close={changed}
          work={() => post(`/api/welfare/check-ups/${checkUp.id}/${asking}`)}
        >
          {() => (
            <p>
              {asking === 'open'
                ? `应检 ${checkUp.people} 人可以在手机上选时段。`
                : `还有 ${checkUp.people - checkUp.attended} 人没有体检。结束后不能再登记。`}
            </p>
          )}
        </Dialog>
      )}
    </Page>
  )
}

function AttendDialog({
  checkUpId,
  entry,
  close,
}: {
  checkUpId: number
  entry: CheckUpEntry
  close: () => void
}): ReactElement {
  const [on, setOn] = useState<string | null>(entry.attendedOn ?? today())
  const [followUp, setFollowUp] = useState(entry.followUp ?? false)
  const [reminded, setReminded] = useState(entry.remindedOn !== null)
  return (
    <Dialog
      title={`${entry.personName}：登记体检`}
      okText="登记"
      done="已登记。"
      ready={on !== null}
      close={close}
      work={async () => {
        await post(`/api/welfare/check-ups/${checkUpId}/attendance`, { nos: [entry.no], on, followUp })
        if (followUp && reminded && !entry.remindedOn)
          await post(`/api/welfare/check-ups/${checkUpId}/reminders`, { no: entry.no, on: today() })
      }}
    >
      {(fields) => (
        <div className="fields">
          <LabelledField id="on" label="体检日期" required error={fields['on']}>
            <DateInput id="on" label="体检日期" value={on} onChange={setOn} />
          </LabelledField>
          <LabelledField id="followUp" label="复查" help="只记是否提示复查，不要填写病情。">
            <Checkbox id="followUp" checked={followUp} onChange={(one) => setFollowUp(one.target.checked)}>
              体检机构提示复查
            </Checkbox>
          </LabelledField>
          {followUp && (
            <Checkbox checked={reminded} onChange={(one) => setReminded(one.target.checked)}>
              已提醒本人
            </Checkbox>
          )}
        </div>
      )}
    </Dialog>
  )
}

function CancelDialog({ id, close }: { id: number; close: () => void }): ReactElement {
  const [reason, setReason] = useState('')
  return (
    <Dialog
      title="取消这次体检"
      okText="取消体检"
      danger
      ready={reason.trim() !== ''}
      close={close}
      work={() => post(`/api/welfare/check-ups/${id}/cancel`, { reason })}
    >
      {(fields) => (
        <LabelledField id="reason" label="原因" required error={fields['reason']}>
          <Input id="reason" maxLength={200} value={reason} onChange={(one) => setReason(one.target.value)} />
        </LabelledField>
      )}
    </Dialog>
  )
}
