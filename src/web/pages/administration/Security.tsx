import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { useState, type FormEvent, type ReactElement } from 'react'
import { get, post, put, Refusal, remove } from '../../api.ts'
import { useMe } from '../../session.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { LabelledField } from '../../ui/FieldInput.tsx'
import { Card, Facts, Page } from '../../ui/Page.tsx'
import { Empty, Loaded, Notice, Problem } from '../../ui/states.tsx'
import { toast } from '../../ui/toast.tsx'
import { StatusTag, timeText } from '../../ui/values.tsx'
import { Passkeys } from './Passkeys.tsx'

interface SessionRow {
  id: number
  method: string
  shared: boolean
  createdAt: string
  lastSeenAt: string
  ip: string
  userAgent: string
  current: boolean
}

/** One's own account: offices, password, second factor, where one is signed in. */
export function Security(): ReactElement {
  const me = useMe()
  return (
    <Page title="登录与安全" crumbs={[{ title: '工作台', to: '/' }]} narrow>
      <Loaded query={me}>
        {(who) => (
          <>
            {who.stage === 'enrol' && (
              <Notice tone="warn">
                您的职务涉及经费、帮扶档案或系统管理，须先绑定动态口令或通行密钥，绑定后即可使用。
              </Notice>
            )}
            <Card title="我">
              <Facts
                items={[
                  { label: '姓名', value: who.name },
                  { label: '登录名', value: who.login },
                  {
                    label: '职务',
                    value:
                      who.offices
                        .map((office) => `${office.unitName}·${office.title ?? office.roleTitle ?? ''}`)
                        .join('\n') || '没有任职',
                    whole: true,
                  },
                ]}
              />
            </Card>
            <Totp bound={who.factors.includes('totp')} />
            <Passkeys />
            <Password />
            {who.stage === 'full' && <Sessions />}
          </>
        )}
      </Loaded>
    </Page>
  )
}

function Totp({ bound }: { bound: boolean }): ReactElement {
  const queries = useQueryClient()
  const [secret, setSecret] = useState<{ secret: string; qr: string } | null>(null)
  const [code, setCode] = useState('')
  const [error, setError] = useState<unknown>(null)
  const begin = async (): Promise<void> => {
    setError(null)
    await post<{ secret: string; qr: string }>('/api/second-factor/totp').then(setSecret, setError)
  }
  const confirm = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    setError(null)
    try {
      await post('/api/second-factor/totp/confirm', { code: code.replaceAll(/\s/g, '') })
      setSecret(null)
      await queries.invalidateQueries()
      toast('动态口令已绑定，下次登录时使用。')
    } catch (refusal) {
      setError(refusal)
    }
  }
  return (
    <Card
      title="动态口令"
      aside={bound ? <StatusTag text="已绑定" tone="good" /> : <StatusTag text="未绑定" tone="warn" />}
    >
      {error !== null && <Problem error={error} />}
      {bound && <p className="quiet">登录时除密码外还要输入验证器上的 6 位数字。换手机请联系本单位工会办理重置。</p>}
      {!bound && !secret && (
        <div className="spread">
          <p className="quiet">用手机上的任意验证器扫码绑定，此后密码被人看到也登不进来。</p>
          <Button type="primary" onClick={() => void begin()}>
            绑定动态口令
          </Button>
        </div>
      )}
      {secret && (
        <form className="row" style={{ gap: 28, alignItems: 'flex-start' }} onSubmit={(event) => void confirm(event)}>
          <img
            width="180"
            height="180"
            alt="动态口令二维码"
            src={`data:image/svg+xml,${encodeURIComponent(secret.qr)}`}
          />
          <div className="stack" style={{ gap: 12, flex: 1, minWidth: 240 }}>
            <p>1. 用验证器扫左边的二维码；扫不了就手工输入：</p>
            <code style={{ overflowWrap: 'anywhere' }}>{secret.secret}</code>
            <LabelledField id="totp-code" label="2. 输入验证器显示的 6 位数字">
              <Input
                id="totp-code"
                inputMode="numeric"
                autoComplete="one-time-code"
                maxLength={7}
                value={code}
                onChange={(event) => setCode(event.target.value)}
              />
            </LabelledField>
            <div>
              <Button type="primary" htmlType="submit" disabled={code.trim().length < 6}>
                完成绑定
              </Button>
            </div>
          </div>
        </form>
      )}
    </Card>
  )
}

function Password(): ReactElement {
  const [current, setCurrent] = useState('')
  const [password, setPassword] = useState('')
  const [again, setAgain] = useState('')
  const [error, setError] = useState<unknown>(null)
  const fields = error instanceof Refusal ? error.fields : {}
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    setError(null)
    try {
      await put('/api/me/password', { current, password })
      for (const clear of [setCurrent, setPassword, setAgain]) clear('')
      toast('密码已修改，其他地方的登录已退出。')
    } catch (refusal) {
      setError(refusal)
    }
  }
  const rows = [
    {
      id: 'current',
      label: '原密码',
      value: current,
      set: setCurrent,
      error: fields['current'],
      complete: 'current-password',
    },
    {
      id: 'password',
      label: '新密码',
      value: password,
      set: setPassword,
      error: fields['password'],
      complete: 'new-password',
    },
    {
      id: 'again',
      label: '再输一次新密码',
      value: again,
      set: setAgain,
      complete: 'new-password',
      error: again && again !== password ? '两次输入的密码不一样' : undefined,
    },
  ]
  return (
    <Card title="修改密码">
      <form onSubmit={(event) => void submit(event)} className="stack" noValidate>
        {error !== null && (
          <Problem error={error instanceof Refusal ? new Refusal(error.status, error.code, error.message) : error} />
        )}
        <div className="form-grid">
          {rows.map((row) => (
            <LabelledField key={row.id} id={row.id} label={row.label} error={row.error}>
              <Input.Password
                id={row.id}
                autoComplete={row.complete}
                value={row.value}
                onChange={(event) => row.set(event.target.value)}
              />
            </LabelledField>
          ))}
        </div>
        <div>
          <Button htmlType="submit" disabled={!current || !password || password !== again}>
            修改密码
          </Button>
        </div>
      </form>
    </Card>
  )
}

/** Enough of the browser's own words to recognise one's device. */
const device = (agent: string): string => {
  const system = /Windows|Android|iPhone|iPad|Mac OS X|Linux/.exec(agent)?.[0] ?? '未知系统'
  const app = /MicroMessenger|DingTalk|wxwork|Edg|Firefox|Chrome|Safari/.exec(agent)?.[0] ?? ''
  const known: Record<string, string> = { MicroMessenger: '微信', DingTalk: '钉钉', wxwork: '企业微信', Edg: 'Edge' }
  return [system.replace('Mac OS X', 'Mac'), known[app] ?? app].filter(Boolean).join(' · ')
}

function Sessions(): ReactElement {
  const queries = useQueryClient()
  const sessions = useQuery({
    queryKey: ['sessions'],
    queryFn: () => get<{ sessions: SessionRow[] }>('/api/sessions').then((answer) => answer.sessions),
  })
  const end = async (address: string, done: string): Promise<void> => {
    await remove(address).then(
      () => toast(done),
      (error: Error) => toast(error.message, 'bad'),
    )
    void queries.invalidateQueries({ queryKey: ['sessions'] })
  }
  return (
    <Card
      title="登录的设备"
      flush
      aside={
        <Button size="small" onClick={() => void end('/api/sessions', '其他设备都已退出。')}>
          退出其他设备
        </Button>
      }
    >
      <DataTable
        caption="登录的设备"
        rows={sessions.data}
        rowKey={(row) => row.id}
        columns={[
          {
            id: 'device',
            title: '设备',
            lead: true,
            render: (row) => (
              <>
                {device(row.userAgent)} {row.current && <StatusTag text="本机" tone="good" />}
                {row.shared && <StatusTag text="共用设备" />}
              </>
            ),
          },
          { id: 'ip', title: '网络地址', render: (row) => row.ip },
          { id: 'at', title: '登录时间', render: (row) => timeText(row.createdAt) },
          { id: 'seen', title: '最近使用', render: (row) => timeText(row.lastSeenAt) },
        ]}
        renderActions={(row) =>
          !row.current && (
            <button
              type="button"
              className="link danger"
              onClick={() => void end(`/api/sessions/${row.id}`, '已退出该设备。')}
            >
              退出
            </button>
          )
        }
        empty={<Empty title="只有本机登录" />}
      />
    </Card>
  )
}
