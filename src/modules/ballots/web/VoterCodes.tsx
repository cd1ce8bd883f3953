import { useParams } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState, type ReactElement } from 'react'
import { post } from '../../../web/api.ts'
import { Problem } from '../../../web/ui/states.tsx'
import './booth.css'

interface Slips {
  title: string
  slips: { personId: number; name: string; unitName: string; code: string }[]
}

/** Codes for voters without an account, one slip a person, to be handed over in an envelope. */
export function VoterCodesPage(): ReactElement {
  const { id } = useParams({ strict: false }) as { id: string }
  const [made, setMade] = useState<Slips | null>(null)
  const [error, setError] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const make = async (): Promise<void> => {
    setError(null)
    setBusy(true)
    await post<Slips>(`/api/votes/${id}/voter-codes`).then(setMade, setError)
    setBusy(false)
  }
  return (
    <main className="page slips-page">
      <h1>领票码</h1>
      {made ? (
        <>
          <p className="no-print">
            只显示这一次。打印后沿线剪开，装信封交给本人。凭码只能领本人的一张票，领过就作废；重新打印，旧码作废。
          </p>
          <p className="no-print">
            <Button type="primary" onClick={() => window.print()}>
              打印
            </Button>
          </p>
          <ul className="slips" aria-label="领票码">
            {made.slips.map((slip) => (
              <li key={slip.personId}>
                {slip.name}（{slip.unitName}）<br />
                {made.title}
                <b>{slip.code}</b>
                {window.location.origin}/votes/{id}/code
              </li>
            ))}
          </ul>
        </>
      ) : (
        <div className="stack" style={{ maxWidth: 520, gap: 12, marginTop: 12 }}>
          <p>没有账号的人凭领票码领票、投票。给名册上还没有领票的每个人生成一个码；此前打印过的码随即作废。</p>
          {error !== null && <Problem error={error} />}
          <div>
            <Button type="primary" loading={busy} onClick={() => void make()}>
              生成领票码
            </Button>
          </div>
        </div>
      )}
    </main>
  )
}
