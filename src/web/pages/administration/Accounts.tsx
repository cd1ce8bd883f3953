import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { useState, type ReactElement } from 'react'
import { get, post } from '../../api.ts'
import { useMay, useScope } from '../../session.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { LabelledField } from '../../ui/FieldInput.tsx'
import { Empty, Notice, Problem } from '../../ui/states.tsx'
import { toast } from '../../ui/toast.tsx'
import { StatusTag, timeText } from '../../ui/values.tsx'
import type { AccountRow } from './AccountPicker.tsx'

interface ResetRow {
  id: number
  name: string
  login: string
  reason: string
  requestedBy: string
  ownRequest: boolean
}
type Asking = { kind: 'add' } | { kind: 'slips' } | { kind: 'reset' | 'disable'; account: AccountRow }

/** Accounts of a unit: add, print activation slips, reset (two officers), disable. */
export function Accounts(): ReactElement {
  const { unitId } = useScope()
  const may = useMay()
  const queries = useQueryClient()
  const [asking, setAsking] = useState<Asking | null>(null)
  const [text, setText] = useState('')
  const [wanted, setWanted] = useState('')
  const accounts = useQuery({
    queryKey: ['accounts', unitId, wanted],
    queryFn: () =>
      get<{ accounts: AccountRow[]; next: number | null }>('/api/accounts', {
        unitId: wanted ? undefined : unitId,
        text: wanted,
      }),
  })
  const resets = useQuery({
    queryKey: ['resets'],
    queryFn: () => get<{ resets: ResetRow[] }>('/api/resets').then((answer) => answer.resets),
    enabled: may('accounts.reset'),
  })
  const close = (): void => {
    setAsking(null)
    for (const key of ['accounts', 'resets']) void queries.invalidateQueries({ queryKey: [key] })
  }
  if (accounts.error && !accounts.data) return <Problem error={accounts.error} retry={() => void accounts.refetch()} />
  return (
    <>
      <div className="toolbar">
        <Input.Search
          aria-label="按姓名、登录名或工号找账号"
          placeholder="姓名、登录名或工号"
          style={{ maxWidth: 260 }}
          value={text}
          allowClear
          onChange={(event) => setText(event.target.value)}
          onSearch={(value) => setWanted(value.trim())}
        />
        <span className="push" />
        {may('accounts.manage') && (
          <>
            <Button onClick={() => setAsking({ kind: 'slips' })}>打印激活条</Button>
            <Button onClick={() => setAsking({ kind: 'add' })}>建立账号</Button>
          </>
        )}
      </div>
      {resets.data?.map((reset) => (
        <div key={reset.id} style={{ padding: '0 16px 10px' }}>
          <Notice tone="warn">
            <div className="spread">
              <span>
                {reset.requestedBy}申请重置 {reset.name}（{reset.login}）的密码：{reset.reason}
              </span>
              {reset.ownRequest ? (
                <span className="faint">等另一位有权限的人确认</span>
              ) : (
                <Button size="small" onClick={() => void approve(reset.id).then(close)}>
                  确认并打印新激活条
                </Button>
              )}
            </div>
          </Notice>
        </div>
      ))}
      <DataTable
        caption="账号"
        rows={accounts.data?.accounts}
        rowKey={(row) => row.id}
        columns={[
          { id: 'name', title: '姓名', lead: true, render: (row) => row.name },
          { id: 'login', title: '登录名', render: (row) => row.login },
          { id: 'no', title: '工号', render: (row) => row.staffNo ?? '' },
          { id: 'unit', title: '单位', render: (row) => row.unitName ?? '' },
          { id: 'state', title: '状态', render: (row) => <AccountState row={row} /> },
          { id: 'factor', title: '二次验证', render: (row) => (row.hasTotp ? '已绑定' : '') },
          { id: 'seen', title: '最近登录', render: (row) => (row.lastSeenAt ? timeText(row.lastSeenAt) : '') },
        ]}
        renderActions={(row) =>
          row.state !== 'disabled' && (
            <>
              {may('accounts.manage') && row.state === 'invited' && (
                <button type="button" className="link" onClick={() => void printSlip(row)}>
                  打印激活条
                </button>
              )}
              {may('accounts.reset') && row.state !== 'invited' && (
                <button type="button" className="link" onClick={() => setAsking({ kind: 'reset', account: row })}>
                  重置密码
                </button>
              )}
              {may('accounts.manage') && (
                <button
                  type="button"
                  className="link danger"
                  onClick={() => setAsking({ kind: 'disable', account: row })}
                >
                  停用
                </button>
              )}
            </>
          )
        }
        empty={
          <Empty title={wanted ? '没有这个账号' : '本单位还没有账号'}>
            {wanted ? '账号按姓名、登录名或工号的开头查找。' : '先导入花名册，再按花名册打印激活条。'}
          </Empty>
        }
      />
      {asking?.kind === 'add' && <AddAccount close={close} />}
      {asking?.kind === 'slips' && (
        <Dialog title="打印激活条" okText="生成激活条" close={close} work={() => printSlips(unitId)}>
          {() => (
            <p>
              为当前单位及下级还没有激活的人各打印一张激活条，沿虚线裁开发给本人。激活条 30
              天内有效，用一次即作废；以前打印而没有用的同时作废。
            </p>
          )}
        </Dialog>
      )}
      {(asking?.kind === 'reset' || asking?.kind === 'disable') && <WithReason asking={asking} close={close} />}
    </>
  )
}

const AccountState = ({ row }: { row: AccountRow }): ReactElement =>
  row.isLocked ? (
    <StatusTag text="暂停登录" tone="bad" />
  ) : row.state === 'active' ? (
    <StatusTag text="使用中" tone="good" />
  ) : row.state === 'disabled' ? (
    <StatusTag text="已停用" />
  ) : (
    <StatusTag text="待激活" tone="warn" />
  )

/** Opens a page that the server writes for printing: it holds secrets, so it is never kept. */
async function openSheet(address: string, body: unknown): Promise<void> {
  const response = await fetch(address, {
    method: 'POST',
    credentials: 'same-origin',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  if (!response.ok)
    throw new Error(((await response.json()) as { message?: string }).message ?? '没有生成成功，请重试。')
  const sheet = URL.createObjectURL(await response.blob())
  window.open(sheet, '_blank')
  setTimeout(() => URL.revokeObjectURL(sheet), 60_000)
}
const printSlips = (unitId: number): Promise<void> => openSheet('/api/accounts/slips?format=html', { unitId })
const printSlip = (account: AccountRow): Promise<void> =>
  openSheet('/api/accounts/slips?format=html', { accountIds: [account.id] }).catch((error: Error) =>
    toast(error.message, 'bad'),
  )
const approve = (id: number): Promise<void> =>
  openSheet(`/api/resets/${id}/approve?format=html`, {}).catch((error: Error) => toast(error.message, 'bad'))

function AddAccount({ close }: { close: () => void }): ReactElement {
  const { unitId, unitName } = useScope()
  const [name, setName] = useState('')
  const [login, setLogin] = useState('')
  return (
    <Dialog
      title="建立账号"
      okText="建立"
      done="账号已建立。打印激活条交给本人即可激活。"
      ready={Boolean(name.trim() && login.trim())}
      close={close}
      work={() => post('/api/accounts', { name: name.trim(), login: login.trim(), unitId })}
    >
      {(fields) => (
        <>
          <p className="quiet">为不在花名册里的工作人员建立账号（{unitName}）。会员请用“打印激活条”。</p>
          <LabelledField id="account-name" label="姓名" required error={fields['name']}>
            <Input id="account-name" value={name} onChange={(event) => setName(event.target.value)} />
          </LabelledField>
          <LabelledField id="account-login" label="登录名" required error={fields['login']}>
            <Input id="account-login" value={login} onChange={(event) => setLogin(event.target.value)} />
          </LabelledField>
        </>
      )}
    </Dialog>
  )
}

function WithReason({
  asking,
  close,
}: {
  asking: { kind: 'reset' | 'disable'; account: AccountRow }
  close: () => void
}): ReactElement {
  const [reason, setReason] = useState('')
  const reset = asking.kind === 'reset'
  return (
    <Dialog
      title={reset ? `重置 ${asking.account.name} 的密码` : `停用 ${asking.account.name} 的账号`}
      okText={reset ? '提出重置' : '停用'}
      danger={!reset}
      done={reset ? '已提出，等另一位有权限的人确认。' : '账号已停用。'}
      ready={reason.trim().length > 1}
      close={close}
      work={() =>
        reset
          ? post('/api/resets', { accountId: asking.account.id, reason: reason.trim() })
          : post(`/api/accounts/${asking.account.id}/disable`, { reason: reason.trim() })
      }
    >
      {(fields) => (
        <>
          <p>
            {reset
              ? '重置由两个人办理：您提出，另一位有权限的人确认，然后打印新的激活条交给本人。'
              : '停用后不能再登录，任职同时停止；历史记录保留。'}
          </p>
          <LabelledField id="reason" label="原因" required error={fields['reason']}>
            <Input id="reason" value={reason} maxLength={200} onChange={(event) => setReason(event.target.value)} />
          </LabelledField>
        </>
      )}
    </Dialog>
  )
}
