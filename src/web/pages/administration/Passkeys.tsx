import { useQuery, useQueryClient } from '@tanstack/react-query'
import { startRegistration, type PublicKeyCredentialCreationOptionsJSON } from '@simplewebauthn/browser'
import { Button, Input } from 'antd'
import { useState, type ReactElement } from 'react'
import { get, post, remove } from '../../api.ts'
import { useMe } from '../../session.ts'
import { Card } from '../../ui/Page.tsx'
import { Notice, Problem } from '../../ui/states.tsx'
import { toast } from '../../ui/toast.tsx'
import { timeText } from '../../ui/values.tsx'

interface Passkey {
  id: number
  name: string
  createdAt: string
  lastUsedAt: string | null
}

/** Fingerprint, face or key instead of a code. Browsers offer it only over https or on the machine itself. */
export function Passkeys(): ReactElement {
  const queries = useQueryClient()
  const [name, setName] = useState('')
  const [error, setError] = useState<unknown>(null)
  const keys = useQuery({
    queryKey: ['passkeys'],
    queryFn: () => get<{ passkeys: Passkey[] }>('/api/second-factor/passkeys').then((answer) => answer.passkeys),
    retry: false,
    enabled: useMe().data?.stage === 'full',
  })
  const change = async (work: () => Promise<unknown>, done: string): Promise<void> => {
    setError(null)
    try {
      await work()
      await queries.invalidateQueries()
      toast(done)
    } catch (refusal) {
      setError(refusal instanceof DOMException ? new Error('没有完成绑定：已取消，或本设备不支持。') : refusal)
    }
  }
  const add = (): Promise<void> =>
    change(async () => {
      const optionsJSON = await post<PublicKeyCredentialCreationOptionsJSON>('/api/second-factor/passkey')
      const response = await startRegistration({ optionsJSON })
      await post('/api/second-factor/passkey/confirm', { name: name.trim() || '我的设备', response })
      setName('')
    }, '通行密钥已绑定。')
  return (
    <Card title="通行密钥">
      {error !== null && <Problem error={error} />}
      {keys.data?.map((key) => (
        <div key={key.id} className="spread" style={{ padding: '6px 0' }}>
          <span>
            {key.name} <span className="faint">绑定于 {timeText(key.createdAt)}</span>
          </span>
          <button
            type="button"
            className="link danger"
            onClick={() => void change(() => remove(`/api/second-factor/passkeys/${key.id}`), '已移除。')}
          >
            移除
          </button>
        </div>
      ))}
      {window.isSecureContext ? (
        <div className="row">
          <Input
            aria-label="给这个设备起个名字"
            placeholder="给这个设备起个名字，例如 办公室电脑"
            style={{ maxWidth: 300 }}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
          <Button onClick={() => void add()}>用指纹、面容或密钥绑定</Button>
        </div>
      ) : (
        <Notice>通行密钥需要 https 访问。现在是 http，请用动态口令。</Notice>
      )}
    </Card>
  )
}
