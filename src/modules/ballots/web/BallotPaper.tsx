import { Button, Input } from 'antd'
import { useState, type ReactElement } from 'react'
import { Refusal, sentenceOf } from '../../../web/api.ts'
import { castSheet, faultOf, voteOf } from './booth-deeds.ts'
import type { Kept } from './booth-store.ts'

const marks: Readonly<Record<string, string>> = { a: '赞成', o: '不赞成', n: '弃权' }

/** One sheet: choose, read it over, cast. Afterwards the receipt, and no way to see the choice again. */
export function BallotPaper(props: {
  voteId: number
  kept: Kept
  at: number
  keepIt: (kept: Kept) => void
}): ReactElement {
  const { voteId, kept, at, keepIt } = props
  const sheet = kept.sheets[at]!
  const vote = voteOf(sheet.opening, sheet.eid)
  const { items, limit, writeIn } = vote.opening
  const [chosen, setChosen] = useState<Record<string, string>>({})
  const [names, setNames] = useState('')
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState('')
  const [sure, setSure] = useState(false)
  if (sheet.receipt) return <Receipt receipt={sheet.receipt} />

  const choice = {
    marks: items.map(({ id }) => chosen[id] ?? '-').join(''),
    names: names.split(/[\s,，、]+/).filter(Boolean),
  }
  const approved = items.filter(({ id }) => chosen[id] === limit?.symbol).length
  const check = (): void => {
    const fault = faultOf(vote, choice)
    setProblem(fault ?? '')
    setSure(fault === null)
  }
  const cast = async (): Promise<void> => {
    setBusy(true)
    setProblem('')
    await castSheet(voteId, kept, at, choice).then(keepIt, (error: unknown) => {
      setProblem(
        error instanceof Refusal && error.code === 'already-cast'
          ? '您已经投过票了，以先投的为准。'
          : sentenceOf(error),
      )
    })
    setBusy(false)
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (sure) void cast()
        else check()
      }}
    >
      {limit && (
        <p className="booth-note" aria-live="polite">
          最多选 {limit.most} 人，已选 {approved + choice.names.length} 人。
        </p>
      )}
      {items.map((item) => (
        <fieldset key={item.id} className="booth-item" disabled={sure}>
          <legend>{item.title}</legend>
          {[...item.symbols].map((symbol) => (
            <label key={symbol}>
              <input
                type="radio"
                name={`${sheet.eid}-${item.id}`}
                checked={chosen[item.id] === symbol}
                onChange={() => setChosen({ ...chosen, [item.id]: symbol })}
              />
              {marks[symbol] ?? symbol}
            </label>
          ))}
        </fieldset>
      ))}
      {writeIn && (
        <label className="booth-code">
          另选他人（投“不赞成”后可写，最多 {writeIn.most} 人，用逗号隔开）
          <Input value={names} disabled={sure} onChange={(event) => setNames(event.target.value)} autoComplete="off" />
        </label>
      )}
      <p role="alert" className="booth-problem">
        {problem}
      </p>
      {sure ? (
        <>
          <p>请再看一遍。投出后不能更改。</p>
          <Button type="primary" size="large" block htmlType="submit" loading={busy}>
            投票
          </Button>
          <Button size="large" block onClick={() => setSure(false)} disabled={busy}>
            返回修改
          </Button>
        </>
      ) : (
        <Button type="primary" size="large" block htmlType="submit">
          填好了
        </Button>
      )}
    </form>
  )
}

function Receipt({ receipt }: { receipt: { eid: string; id: string; receipt: string } }): ReactElement {
  const text = JSON.stringify(receipt)
  return (
    <section aria-label="回执" className="booth-done">
      <h2>已投票</h2>
      <p>票箱已经收下您的选票。请保存回执，公布后用它查自己的票有没有计入。</p>
      <code>{text}</code>
      <a href={`data:application/json,${encodeURIComponent(text)}`} download="回执.json">
        保存回执
      </a>
    </section>
  )
}
