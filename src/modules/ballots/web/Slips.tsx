import { useParams } from '@tanstack/react-router'
import { Button, Input } from 'antd'
import { useState, type ReactElement } from 'react'
import { post } from '../../../web/api.ts'
import { LabelledField, parseNumber } from '../../../web/ui/FieldInput.tsx'
import { Problem } from '../../../web/ui/states.tsx'
import './booth.css'

/** Slips for the box at the kiosk: shown once, printed, cut, folded and mixed. */
export function SlipsPage(): ReactElement {
  const { id } = useParams({ strict: false }) as { id: string }
  const [count, setCount] = useState('20')
  const [slips, setSlips] = useState<{ title: string; codes: string[] } | null>(null)
  const [error, setError] = useState<unknown>(null)
  const make = async (): Promise<void> => {
    setError(null)
    await post<{ title: string; codes: string[] }>(`/api/votes/${id}/station/slips`, {
      count: parseNumber('integer', count) ?? count,
    })
      .then(setSlips)
      .catch(setError)
  }
  return (
    <main className="page slips-page">
      <h1>投票机领票条</h1>
      {slips ? (
        <>
          <p className="no-print">
            只显示这一次。打印后沿线剪开、对折、放进箱里摇匀；登记过的人自己抽一张，不要由工作人员递给。
          </p>
          <p className="no-print">
            <Button type="primary" onClick={() => window.print()}>
              打印
            </Button>
          </p>
          <ul className="slips" aria-label="领票条">
            {slips.codes.map((code) => (
              <li key={code}>
                {slips.title}
                <b>{code}</b>
              </li>
            ))}
          </ul>
        </>
      ) : (
        <form
          className="stack"
          style={{ maxWidth: 360 }}
          onSubmit={(event) => {
            event.preventDefault()
            void make()
          }}
        >
          <p>每条上有一个只能用一次的码，不对应任何人。条数比来投票站的人多一些，最后一个人也要有得抽。</p>
          {error !== null && <Problem error={error} />}
          <LabelledField id="slips-count" label="张数" required>
            <Input
              id="slips-count"
              inputMode="numeric"
              value={count}
              onChange={(event) => setCount(event.target.value)}
            />
          </LabelledField>
          <Button type="primary" htmlType="submit">
            生成领票条
          </Button>
        </form>
      )}
    </main>
  )
}
