import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState, type FormEvent, type ReactElement } from 'react'
import { get, post, Refusal } from '../../api.ts'
import { path, withQuery } from '../../path.ts'
import { useAddress } from '../../session.ts'
import { Problem } from '../../ui/states.tsx'
import { Door, DoorField } from './Door.tsx'

interface Step {
  step: 'full' | 'factor' | 'enrol'
  methods: ('totp' | 'passkey')[]
}

/** Name and password, then the second factor where the office needs one. */
export function SignIn(): ReactElement {
  const [address] = useAddress()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const [name, setName] = useState('')
  const [password, setPassword] = useState('')
  const [shared, setShared] = useState(false)
  const [code, setCode] = useState('')
  const [factor, setFactor] = useState<Step | null>(null)
  const [error, setError] = useState<unknown>(() =>
    address['problem'] ? new Error('单点登录没有成功。请重试，或用密码登录；仍不成功请联系本单位工会。') : null,
  )
  const [busy, setBusy] = useState(false)
  const provider = useQuery({
    queryKey: ['oidc'],
    queryFn: () => get<{ title: string | null }>('/api/oidc'),
    retry: false,
    staleTime: Infinity,
  })
  const fields = error instanceof Refusal ? error.fields : {}

  const enter = (step: Step): void => {
    if (step.step === 'factor') return setFactor(step)
    queries.removeQueries({ predicate: (query) => query.getObserversCount() === 0 })
    const back = address['back']
    // Only addresses of this app: a link from elsewhere must not lead away after signing in.
    const next = step.step === 'enrol' ? path.security : back?.startsWith('/') && !back.startsWith('//') ? back : '/'
    void navigate({ href: next })
  }
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    setBusy(true)
    setError(null)
    try {
      enter(
        factor
          ? await post<Step>('/api/sign-in/totp', { code: code.replaceAll(/\s/g, '') })
          : await post<Step>('/api/sign-in', { name: name.trim(), password, shared }),
      )
    } catch (refusal) {
      setError(refusal)
    } finally {
      setBusy(false)
    }
  }
  const passkey = async (): Promise<void> => {
    setError(null)
    try {
      const { startAuthentication } = await import('@simplewebauthn/browser')
      const optionsJSON = await post<Parameters<typeof startAuthentication>[0]['optionsJSON']>(
        '/api/sign-in/passkey/challenge',
      )
      enter(await post<Step>('/api/sign-in/passkey', { response: await startAuthentication({ optionsJSON }) }))
    } catch (refusal) {
      setError(refusal instanceof DOMException ? new Error('没有完成验证：已取消，或本设备没有绑定过。') : refusal)
    }
  }
  return (
    <Door title="登录">
      <form onSubmit={(event) => void submit(event)} noValidate>
        <h1>{factor ? '二次验证' : '登录'}</h1>
        {error !== null && <Problem error={error} />}
        {factor ? (
          <>
            {factor.methods.includes('passkey') && (
              <Button onClick={() => void passkey()}>用指纹、面容或密钥验证</Button>
            )}
            <DoorField
              label="动态口令"
              name="code"
              autoComplete="one-time-code"
              help="打开手机上的验证器，输入当前的 6 位数字。"
              error={fields['code']}
              value={code}
              onChange={setCode}
              autoFocus
            />
            <Button type="primary" htmlType="submit" size="large" loading={busy} disabled={code.trim().length < 6}>
              验证并登录
            </Button>
            <button type="button" className="link" onClick={() => setFactor(null)}>
              换一个账号登录
            </button>
          </>
        ) : (
          <>
            <DoorField
              label="登录名、工号或手机号"
              name="username"
              autoComplete="username"
              error={fields['name']}
              value={name}
              onChange={setName}
              autoFocus
            />
            <DoorField
              label="密码"
              name="password"
              type="password"
              autoComplete="current-password"
              error={fields['password']}
              value={password}
              onChange={setPassword}
            />
            <label className="row">
              <input type="checkbox" checked={shared} onChange={(event) => setShared(event.target.checked)} />
              这是多人共用的设备，离开 5 分钟自动退出
            </label>
            <Button type="primary" htmlType="submit" size="large" loading={busy} disabled={!name.trim() || !password}>
              登录
            </Button>
            {provider.data?.title && (
              <Button size="large" href={withQuery('/api/oidc/start', { shared: shared ? 1 : undefined })}>
                用{provider.data.title}登录
              </Button>
            )}
            <p className="faint">
              第一次使用？凭激活条上的二维码或激活码<a href={path.activate}>激活账号</a>
              。忘记密码请联系本单位工会办理重置。
            </p>
          </>
        )}
      </form>
    </Door>
  )
}
