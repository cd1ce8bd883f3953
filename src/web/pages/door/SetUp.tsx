import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState, type FormEvent, type ReactElement } from 'react'
import { post, Refusal } from '../../api.ts'
import { path } from '../../path.ts'
import { Loading, Problem } from '../../ui/states.tsx'
import { unitTypeTitles } from '../../ui/unit-types.ts'
import { codeFromAddress, passwordHelp } from './Activate.tsx'
import { Door, DoorField } from './Door.tsx'

/** First start: the union and its first administrator, from the link printed on the server's console. */
export function SetUp(): ReactElement {
  const navigate = useNavigate()
  const queries = useQueryClient()
  const [token] = useState(codeFromAddress)
  const link = useQuery({
    queryKey: ['setup', token],
    queryFn: () => post<{ needsUnit: boolean }>('/api/setup/look', { token }),
    retry: false,
  })
  const [values, setValues] = useState<Record<string, string>>({ type: 'union' })
  const [error, setError] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const fields = error instanceof Refusal ? error.fields : {}
  const value = (name: string): string => values[name] ?? ''
  const bind = (
    name: string,
    field = name,
  ): { name: string; value: string; onChange: (text: string) => void; error: string | undefined } => ({
    name,
    value: value(name),
    onChange: (text) => setValues((old) => ({ ...old, [name]: text })),
    error: fields[field],
  })
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    setBusy(true)
    setError(null)
    try {
      const next = await post<{ step: string }>('/api/setup', {
        token,
        name: value('name'),
        login: value('login'),
        password: value('password'),
        ...(link.data?.needsUnit && { unit: { code: value('code'), name: value('unitName'), type: value('type') } }),
      })
      queries.removeQueries({ predicate: (query) => query.getObserversCount() === 0 })
      void navigate({ href: next.step === 'enrol' ? path.security : '/' })
    } catch (refusal) {
      setError(refusal)
    } finally {
      setBusy(false)
    }
  }
  const differs = value('again') !== '' && value('again') !== value('password')
  return (
    <Door title="首次设置">
      {link.error ? (
        <div style={{ padding: 24 }} className="stack">
          <Problem error={link.error} />
          <p className="quiet">设置链接只能用一次。重新启动服务，会在控制台打印新的链接；已设置过的，请直接登录。</p>
          <Button href={path.signIn}>去登录</Button>
        </div>
      ) : !link.data ? (
        <Loading />
      ) : (
        <form onSubmit={(event) => void submit(event)} noValidate>
          <h1>首次设置</h1>
          {error !== null && (
            <Problem error={error instanceof Refusal ? new Refusal(error.status, error.code, error.message) : error} />
          )}
          {link.data.needsUnit && (
            <>
              <h2>最上级工会</h2>
              <DoorField
                label="单位名称"
                {...bind('unitName', 'unit.name')}
                help="全称，例如 某某有限公司工会"
                autoFocus
              />
              <DoorField label="单位编号" {...bind('code', 'unit.code')} help="字母、数字，导入台账时用来指明单位" />
              <div className="field">
                <label htmlFor="unit-type">单位类型</label>
                <select
                  id="unit-type"
                  className="control"
                  style={{ height: 40 }}
                  value={value('type')}
                  onChange={(event) => setValues((old) => ({ ...old, type: event.target.value }))}
                >
                  {(['union', 'federation', 'industry'] as const).map((type) => (
                    <option key={type} value={type}>
                      {unitTypeTitles[type]}
                    </option>
                  ))}
                </select>
              </div>
            </>
          )}
          <h2>第一位管理员</h2>
          <DoorField label="姓名" {...bind('name')} autoComplete="name" />
          <DoorField label="登录名" {...bind('login')} autoComplete="username" />
          <DoorField
            label="密码"
            {...bind('password')}
            type="password"
            autoComplete="new-password"
            help={passwordHelp}
          />
          <DoorField
            label="再输一次密码"
            {...bind('again')}
            type="password"
            autoComplete="new-password"
            error={differs ? '两次输入的密码不一样' : undefined}
          />
          <Button
            type="primary"
            htmlType="submit"
            size="large"
            loading={busy}
            disabled={!value('name') || !value('login') || !value('password') || value('password') !== value('again')}
          >
            完成设置
          </Button>
        </form>
      )}
    </Door>
  )
}
