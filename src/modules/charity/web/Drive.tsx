import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { Button, Input } from 'antd'
import { useState, type ReactElement } from 'react'
import { get, post } from '../../../web/api.ts'
import { today } from '../../../web/session.ts'
import { DataTable } from '../../../web/ui/DataTable.tsx'
import { Dialog } from '../../../web/ui/Dialog.tsx'
import { DateInput, LabelledField, parseNumber } from '../../../web/ui/FieldInput.tsx'
import { Card, Facts, Page } from '../../../web/ui/Page.tsx'
import { Loaded } from '../../../web/ui/states.tsx'
import { MoneyText, moneyText, StatusTag } from '../../../web/ui/values.tsx'
import type { DriveDetail, DriveEntry, DriveUse } from '../contract.ts'
import { CAUSES, USE_STATES } from '../words.ts'
import { DriveEntries } from './DriveEntries.tsx'

type Asking =
  | { what: 'gift'; entry: DriveEntry }
  | { what: 'deposit' | 'use' | 'close' | 'thanks' }
  | { what: 'decide' | 'pay'; use: DriveUse }

/** One drive: who was asked, what came in, what it went to. */
export function DrivePage(): ReactElement {
  const { id } = useParams({ strict: false }) as { id: string }
  const drive = useQuery({ queryKey: ['drive', id], queryFn: () => get<DriveDetail>(`/api/charity/drives/${id}`) })
  return <Loaded query={drive}>{(shown) => <Shown drive={shown} />}</Loaded>
}

function Shown({ drive }: { drive: DriveDetail }): ReactElement {
  const queries = useQueryClient()
  const [asking, setAsking] = useState<Asking | null>(null)
  const close = (): void => {
    setAsking(null)
    for (const key of ['drive', 'drives', 'drive-entries', 'todos']) void queries.invalidateQueries({ queryKey: [key] })
  }
  const waiting = drive.givenFen - drive.depositedFen
  return (
    <Page
      title={drive.title}
      crumbs={[{ title: '募捐', to: '/charity/drives' }]}
      help={
        <span className="row">
          <StatusTag
            text={drive.state === 'open' ? '进行中' : '已结束'}
            tone={drive.state === 'open' ? 'warn' : 'good'}
          />{' '}
          {drive.unitName} · 动员 {drive.people} 人，捐款 {drive.donors} 人
        </span>
      }
      actions={
        <>
          {drive.mayPay && waiting > 0 && <Button onClick={() => setAsking({ what: 'deposit' })}>捐款入账</Button>}
          {drive.mayRun && drive.depositedFen > 0 && (
            <Button onClick={() => setAsking({ what: 'use' })}>申请使用</Button>
          )}
          {drive.mayRun && !drive.thankedOn && drive.donors > 0 && (
            <Button onClick={() => setAsking({ what: 'thanks' })}>公开致谢</Button>
          )}
          {drive.mayRun && drive.state === 'open' && (
            <Button onClick={() => setAsking({ what: 'close' })}>结束募捐</Button>
          )}
        </>
      }
    >
      <Card title="捐款和使用">
        <Facts
          items={[
            { label: '类别', value: CAUSES[drive.cause] },
            { label: '用途', value: drive.purpose },
            ...(drive.mayRun
              ? [{ label: drive.cause === 'society' ? '接收单位' : '受益人', value: drive.beneficiary }]
              : []),
            { label: '日期', value: `${drive.startOn} 至 ${drive.untilOn}` },
            {
              label: '捐款',
              value: `${moneyText(drive.givenFen)} 元${drive.targetFen ? `，目标 ${moneyText(drive.targetFen)} 元` : ''}`,
            },
            { label: '已入账', value: <MoneyText fen={drive.depositedFen} /> },
            { label: '已使用', value: <MoneyText fen={drive.usedFen} /> },
            ...(drive.thankedOn ? [{ label: '致谢', value: drive.thankedOn }] : []),
          ]}
        />
      </Card>
      {drive.uses.length > 0 && (
        <Card title="款项去向" flush>
          <DataTable
            caption="款项去向"
            rows={drive.uses}
            rowKey={(row) => row.id}
            columns={[
              { id: 'what', title: '用于', lead: true, render: (row) => row.what },
              { id: 'payee', title: '收款人', render: (row) => row.payee },
              { id: 'fen', title: '金额（元）', number: true, render: (row) => moneyText(row.amountFen) },
              {
                id: 'hands',
                title: '办理',
                render: (row) => `${row.askedName}申请${row.decidedName ? `，${row.decidedName}审批` : ''}`,
              },
              {
                id: 'state',
                title: '状态',
                render: (row) =>
                  row.voucherId ? (
                    <Link to={`/funds/vouchers/${row.voucherId}` as never}>已付款，{row.paidOn}</Link>
                  ) : (
                    <StatusTag text={USE_STATES[row.state]} tone={row.state === 'refused' ? 'bad' : 'info'} />
                  ),
              },
            ]}
            renderActions={(row) =>
              row.state === 'asked' && drive.mayGrant ? (
                <Button size="small" onClick={() => setAsking({ what: 'decide', use: row })}>
                  审批
                </Button>
              ) : (
                row.state === 'granted' &&
                drive.mayPay && (
                  <Button size="small" onClick={() => setAsking({ what: 'pay', use: row })}>
                    付款
                  </Button>
                )
              )
            }
            empty={null}
          />
        </Card>
      )}
      {drive.mayRun && <DriveEntries drive={drive} give={(entry) => setAsking({ what: 'gift', entry })} />}
      {asking && <Ask drive={drive} asking={asking} waiting={waiting} close={close} />}
    </Page>
  )
}

const TITLES = {
  gift: '登记捐款',
  deposit: '捐款入账',
  use: '申请使用捐款',
  close: '结束募捐',
  thanks: '公开致谢',
  decide: '审批捐款使用',
  pay: '付款',
} as const

function Ask({
  drive,
  asking,
  waiting,
  close,
}: {
  drive: DriveDetail
  asking: Asking
  waiting: number
  close: () => void
}): ReactElement {
  const [on, setOn] = useState<string | null>(today())
  const [amount, setAmount] = useState(
    asking.what === 'gift' && asking.entry.amountFen ? String(asking.entry.amountFen / 100) : '',
  )
  const [what, setWhat] = useState('')
  const [payee, setPayee] = useState('')
  const [words, setWords] = useState('')
  const base = `/api/charity/drives/${drive.id}`
  const fen = (): number | null => (amount.trim() ? parseNumber('money', amount) : 0)
  const work = (granted = true): Promise<unknown> => {
    switch (asking.what) {
      case 'gift':
        return post(`${base}/gifts`, { on, gifts: [{ no: asking.entry.no, amountFen: fen() }] })
      case 'deposit':
        return post(`${base}/deposits`, { on })
      case 'use':
        return post(`${base}/uses`, { what, payee, amountFen: fen() })
      case 'decide':
        return post(`/api/charity/uses/${asking.use.id}/decision`, { granted, ...(words.trim() && { words }) })
      case 'pay':
        return post(`/api/charity/uses/${asking.use.id}/payment`, { on })
      default:
        return post(`${base}/${asking.what}`)
    }
  }
  const [granted, setGranted] = useState(true)
  const dated = asking.what === 'gift' || asking.what === 'deposit' || asking.what === 'pay'
  return (
    <Dialog
      title={TITLES[asking.what]}
      okText="确定"
      done="已办理。"
      ready={asking.what !== 'use' || Boolean(what.trim() && payee.trim())}
      close={close}
      work={() => work(granted)}
    >
      {(fields) => (
        <div className="fields">
          {asking.what === 'gift' && (
            <p className="whole">{asking.entry.personName}在这次募捐中一共捐了多少；填 0 撤销。</p>
          )}
          {asking.what === 'deposit' && <p className="whole">待入账 {moneyText(waiting)} 元，记入代管经费。</p>}
          {asking.what === 'close' && <p className="whole">结束后不能再登记捐款。</p>}
          {asking.what === 'thanks' && (
            <p className="whole">将在公开栏致谢，只写人数、总额、用途和同意公布的姓名；捐款人少于 5 人时不写金额。</p>
          )}
          {(asking.what === 'decide' || asking.what === 'pay') && (
            <p className="whole">
              {asking.use.what}，付给{asking.use.payee} {moneyText(asking.use.amountFen)} 元。
            </p>
          )}
          {dated && (
            <LabelledField id="on" label="日期" required error={fields['on']}>
              <DateInput id="on" label="日期" value={on} onChange={setOn} />
            </LabelledField>
          )}
          {asking.what === 'use' && (
            <>
              <LabelledField id="what" label="用于什么" required error={fields['what']}>
                <Input id="what" maxLength={100} value={what} onChange={(one) => setWhat(one.target.value)} />
              </LabelledField>
              <LabelledField id="payee" label="收款人" required error={fields['payee']}>
                <Input id="payee" maxLength={60} value={payee} onChange={(one) => setPayee(one.target.value)} />
              </LabelledField>
            </>
          )}
          {(asking.what === 'gift' || asking.what === 'use') && (
            <LabelledField
              id="amountFen"
              label="金额（元）"
              required
              error={fields['amountFen'] ?? fields['gifts.0.amountFen']}
            >
              <Input
                id="amountFen"
                inputMode="decimal"
                value={amount}
                onChange={(one) => setAmount(one.target.value)}
              />
            </LabelledField>
          )}
          {asking.what === 'decide' && (
            <>
              <div className="row" role="group" aria-label="结论">
                <Button type={granted ? 'primary' : 'default'} onClick={() => setGranted(true)}>
                  批准
                </Button>
                <Button type={granted ? 'default' : 'primary'} danger={!granted} onClick={() => setGranted(false)}>
                  不批准
                </Button>
              </div>
              <LabelledField id="words" label="意见" required={!granted} error={fields['words']}>
                <Input id="words" maxLength={200} value={words} onChange={(one) => setWords(one.target.value)} />
              </LabelledField>
            </>
          )}
        </div>
      )}
    </Dialog>
  )
}
