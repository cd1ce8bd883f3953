import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { useEffect, useState, type FormEvent, type ReactElement } from 'react'
import { post, Refusal } from '../../api.ts'
import { path } from '../../path.ts'
import { Notice, Problem } from '../../ui/states.tsx'
import { Door, DoorField } from './Door.tsx'

/** The part of the address after #: it never reaches a server's log. `?token=` is read too, for links typed by hand. */
export const codeFromAddress = (): string =>
  decodeURIComponent(window.location.hash.slice(1)) || (new URLSearchParams(window.location.search).get('token') ?? '')

export const passwordHelp = '至少 12 个字符；或 8 个以上，大写、小写、数字、符号占三种。'

/** From a printed slip or its QR code to a password of one's own. */
export function Activate(): ReactElement {
  const navigate = useNavigate()
  const queries = useQueryClient()
  const [code, setCode] = useState(codeFromAddress)
  const [found, setFound] = useState<{ name: string; login: string } | null>(null)
  const [login, setLogin] = useState('')
  const [password, setPassword] = useState('')
  const [again, setAgain] = useState('')
  const [error, setError] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const fields = error instanceof Refusal ? error.fields : {}
  const differs = again !== '' && again !== password

  const attempt = async (work: () => Promise<void>): Promise<void> => {
    setBusy(true)
    setError(null)
    await work().catch(setError)
    setBusy(false)
  }
  const look = (): Promise<void> =>
    attempt(async () => {
      const slip = await post<{ name: string; login: string }>('/api/activate/look', { code: code.trim() })
      setFound(slip)
      setLogin(slip.login)
    })
  useEffect(() => {
    if (code) void look()
    // Only the code that came with the address is looked up unasked.
  }, [])
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (!found) return void look()
    if (password !== again) return
    void attempt(async () => {
      const next = await post<{ step: string }>('/api/activate', { code: code.trim(), login: login.trim(), password })
      queries.removeQueries({ predicate: (query) => query.getObserversCount() === 0 })
      void navigate({ href: next.step === 'enrol' ? path.security : '/' })
    })
  }
  return (
    <Door title="激活账号">
      <form onSubmit={submit} noValidate>
        <h1>激活账号</h1>
        {error !== null && (
          <Problem error={error instanceof Refusal ? new Refusal(error.status, error.code, error.message) : error} />
        )}
        {found ? (
          <>
            <Notice tone="good">您好，{found.name}。请设置登录名和密码，激活码随后作废。</Notice>
            <DoorField
              label="登录名"
              name="username"
              autoComplete="username"
              value={login}
              onChange={setLogin}
              error={fields['login']}
            />
            <DoorField
              label="密码"
              name="password"
              type="password"
              autoComplete="new-password"
              help={passwordHelp}
              value={password}
              onChange={setPassword}
              error={fields['password']}
              autoFocus
            />
            <DoorField
              label="再输一次密码"
              name="again"
              type="password"
              autoComplete="new-password"
              value={again}
              onChange={setAgain}
              error={differs ? '两次输入的密码不一样' : undefined}
            />
            <Button
              type="primary"
              htmlType="submit"
              size="large"
              loading={busy}
              disabled={!password || password !== again}
            >
              激活并登录
            </Button>
          </>
        ) : (
          <>
            <DoorField
              label="激活码"
              name="code"
              autoComplete="off"
              help="印在工会发给您的激活条上；也可以直接扫激活条上的二维码。"
              value={code}
              onChange={setCode}
              error={fields['code']}
              autoFocus
            />
            <Button type="primary" htmlType="submit" size="large" loading={busy} disabled={!code.trim()}>
              下一步
            </Button>
            <p className="faint">
              已经激活过？<a href={path.signIn}>去登录</a>
            </p>
          </>
        )}
      </form>
    </Door>
  )
}
