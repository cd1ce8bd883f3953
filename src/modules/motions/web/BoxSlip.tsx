import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { Button, Input } from 'antd'
import { useState, type ReactElement } from 'react'
import { get, post, Refusal } from '../../../web/api.ts'
import { usePreference } from '../../../web/session.ts'
import { LabelledField } from '../../../web/ui/FieldInput.tsx'
import { Loaded, Problem } from '../../../web/ui/states.tsx'

/** A slip for the box, without sign-in: says what is kept before one writes. */
export function BoxSlip(): ReactElement {
  const { code } = useParams({ strict: false }) as { code: string }
  const box = useQuery({
    queryKey: ['box', code],
    queryFn: () => get<{ unitName: string; place: string }>(`/api/box/${code}`),
    retry: false,
  })
  return (
    <main style={{ maxWidth: 560, margin: '0 auto', padding: 16 }}>
      <Loaded query={box}>{(found) => <Slip code={code} unitName={found.unitName} place={found.place} />}</Loaded>
    </main>
  )
}

function Slip({ code, unitName, place }: { code: string; unitName: string; place: string }): ReactElement {
  const [slip, setSlip] = usePreference<{ title: string; body: string }>(`slip.${code}`, { title: '', body: '' })
  const [sent, setSent] = useState(false)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const fields = error instanceof Refusal ? error.fields : {}
  const send = async (): Promise<void> => {
    setBusy(true)
    setError(null)
    try {
      await post(`/api/box/${code}`, slip)
      setSlip({ title: '', body: '' })
      setSent(true)
    } catch (refusal) {
      setError(refusal)
    } finally {
      setBusy(false)
    }
  }
  if (sent)
    return (
      <section className="card">
        <div className="inside stack" style={{ padding: 24, gap: 14 }}>
          <h1>已投入意见箱</h1>
          <p>提案小组会整理研究，能马上办的马上办，需要立案的会并入相关提案，办理情况在“办理公开”里公布。</p>
          <Button onClick={() => setSent(false)}>再投一条</Button>
        </div>
      </section>
    )
  return (
    <section className="card">
      <header>
        <h1 style={{ fontSize: '1.3rem' }}>
          {unitName}意见箱（{place}）
        </h1>
      </header>
      <form
        className="inside stack"
        style={{ padding: 16, gap: 14 }}
        onSubmit={(event) => {
          event.preventDefault()
          void send()
        }}
      >
        <p className="notice info">
          不用登录，不用署名。系统只保存您写的字和投递时间，不记录您是谁、用什么手机。请不要写身份证号、电话。想要答复的，请登录后提交。
        </p>
        {error !== null && (
          <Problem error={error instanceof Refusal ? new Refusal(error.status, error.code, error.message) : error} />
        )}
        <LabelledField id="s-title" label="一句话说明" required error={fields['title']}>
          <Input
            id="s-title"
            aria-label="一句话说明"
            maxLength={60}
            value={slip.title}
            onChange={(event) => setSlip({ ...slip, title: event.target.value })}
          />
        </LabelledField>
        <LabelledField id="s-body" label="意见内容" required error={fields['body']}>
          <Input.TextArea
            id="s-body"
            aria-label="意见内容"
            autoSize={{ minRows: 5, maxRows: 14 }}
            maxLength={4000}
            value={slip.body}
            onChange={(event) => setSlip({ ...slip, body: event.target.value })}
          />
        </LabelledField>
        <Button type="primary" htmlType="submit" size="large" loading={busy}>
          投进意见箱
        </Button>
      </form>
    </section>
  )
}
