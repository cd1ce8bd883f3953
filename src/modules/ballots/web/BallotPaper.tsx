import { Button, Input } from 'antd'
import { useEffect, useRef, useState, type ReactElement } from 'react'
import { Refusal, sentenceOf } from '../../../web/api.ts'
import type { Choice } from '../format/ballot.ts'
import type { Opening } from '../format/opening.ts'
import { castSheet, faultOf, voteOf, withSheet } from './booth-deeds.ts'
import type { Kept } from './booth-store.ts'
import { markWord } from './marks.ts'
import { ReceiptCode } from './ReceiptCode.tsx'

/** Moves the reader's place to what just appeared, so that nobody searches for it. */
function useArrival(when: unknown): React.RefObject<HTMLHeadingElement | null> {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    if (when) heading.current?.focus()
  }, [when])
  return heading
}

/** One sheet: choose, read it over, cast. Afterwards the receipt, and no way to see the choice again. */
export function BallotPaper(props: {
  kept: Kept
  at: number
  keepIt: (kept: Kept) => void
  /** A device of the polling station: nothing stays on it, so the receipt is for printing. */
  station?: boolean
}): ReactElement {
  const { kept, at, keepIt, station = false } = props
  const sheet = kept.sheets[at]!
  const vote = voteOf(sheet.opening, sheet.eid)
  const [choice, setChoice] = useState<Choice | null>(sheet.sent ?? null)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState('')
  const [elsewhere, setElsewhere] = useState(false)
  const heading = useArrival(sheet.receipt ?? elsewhere)
  if (sheet.receipt) return <Receipt receipt={sheet.receipt} heading={heading} station={station} />
  if (elsewhere)
    return (
      <section className="booth-done" aria-label="已投票">
        <h2 tabIndex={-1} ref={heading}>
          这张选票已经投出
        </h2>
        <p>票箱里已有您的票，以先投的为准，不会重复计票。回执在当时投票的手机（浏览器）上。</p>
      </section>
    )

  const cast = async (made: Choice): Promise<void> => {
    setBusy(true)
    setProblem('')
    // Kept first: should the line or the phone die now, the same ballot is sent again and never another one.
    const sent = withSheet(kept, at, { sent: made })
    keepIt(sent)
    await castSheet(sent, at, made)
      .then((receipt) => {
        const { sent: _sent, ...rest } = sent.sheets[at]!
        keepIt({ ...sent, sheets: sent.sheets.with(at, { ...rest, receipt }) })
      })
      .catch((error: unknown) => {
        if (error instanceof Refusal && error.code === 'already-cast') return setElsewhere(true)
        setProblem(sentenceOf(error))
        // The box said no: nothing of it is in there, and another choice is free again.
        if (error instanceof Refusal && error.status >= 400 && error.status < 500) keepIt(kept)
      })
    setBusy(false)
  }
  return choice ? (
    <Review
      opening={vote.opening}
      choice={choice}
      resend={sheet.sent !== undefined}
      busy={busy}
      problem={problem}
      cast={() => void cast(choice)}
      change={() => {
        setProblem('')
        setChoice(null)
      }}
    />
  ) : (
    <Marking opening={vote.opening} eid={sheet.eid} check={(made) => faultOf(vote, made)} done={setChoice} />
  )
}

interface MarkingProps {
  opening: Opening
  eid: string
  check: (choice: Choice) => string | null
  done: (choice: Choice) => void
}

function Marking({ opening, eid, check, done }: MarkingProps): ReactElement {
  const { items, limit, writeIn } = opening
  const [chosen, setChosen] = useState<Record<string, string>>({})
  const [names, setNames] = useState('')
  const [problem, setProblem] = useState('')
  const written = names.split(/[\s,，、]+/).filter(Boolean)
  const approved = items.filter(({ id }) => chosen[id] === limit?.symbol).length + written.length
  const left = items.filter(({ id }) => chosen[id] === undefined).length
  const abstain = items.every(({ symbols }) => symbols.includes('n'))
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        const choice = { marks: items.map(({ id }) => chosen[id] ?? '-').join(''), names: written }
        const fault = check(choice)
        setProblem(fault ?? '')
        if (fault === null) done(choice)
      }}
    >
      {limit && (
        <p className="booth-count" aria-live="polite">
          最多选 {limit.most} 人，已选 {approved} 人{approved > limit.most && '，选多了，这样是废票'}。
        </p>
      )}
      {items.map((item, at) => (
        <fieldset key={item.id} className="booth-item">
          <legend>{item.title}</legend>
          {[...item.symbols].map((symbol) => (
            <label key={symbol}>
              <input
                type="radio"
                name={`${eid}-${item.id}`}
                checked={chosen[item.id] === symbol}
                onChange={() => setChosen({ ...chosen, [item.id]: symbol })}
              />
              {markWord(opening, symbol, at)}
            </label>
          ))}
        </fieldset>
      ))}
      {writeIn && (
        <div className="booth-code">
          <label htmlFor={`${eid}-names`}>
            另选他人（可不填；每投一个“不赞成”可另选一人，最多 {writeIn.most} 人，用逗号隔开）
          </label>
          <Input
            id={`${eid}-names`}
            value={names}
            onChange={(event) => setNames(event.target.value)}
            autoComplete="off"
            size="large"
          />
        </div>
      )}
      <p role="alert" className="booth-problem">
        {problem}
      </p>
      {left > 0 && left < items.length && abstain && (
        <Button
          size="large"
          block
          onClick={() => setChosen({ ...Object.fromEntries(items.map(({ id }) => [id, 'n'])), ...chosen })}
        >
          没选的 {left} 项都弃权
        </Button>
      )}
      <Button type="primary" size="large" block htmlType="submit">
        填好了
      </Button>
    </form>
  )
}

function Review(props: {
  opening: Opening
  choice: Choice
  resend: boolean
  busy: boolean
  problem: string
  cast: () => void
  change: () => void
}): ReactElement {
  const { opening, choice, resend, busy, problem, cast, change } = props
  const heading = useArrival(true)
  return (
    <section aria-label="核对选票">
      <h2 tabIndex={-1} ref={heading}>
        {resend ? '上次没有收到回执，请再投一次' : '请再看一遍'}
      </h2>
      <p className="booth-note">{resend ? '送出的是同一张票，票箱只计一次。' : '投出后不能更改。'}</p>
      <dl className="booth-review">
        {opening.items.map((item, at) => (
          <div key={item.id}>
            <dt>{item.title}</dt>
            <dd className={`mark-${choice.marks[at]}`}>{markWord(opening, choice.marks[at]!, at)}</dd>
          </div>
        ))}
        {choice.names.map((name) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>另选他人</dd>
          </div>
        ))}
      </dl>
      <p role="alert" className="booth-problem">
        {problem}
      </p>
      <Button type="primary" size="large" block onClick={cast} loading={busy}>
        投票
      </Button>
      {!resend && (
        <Button size="large" block onClick={change} disabled={busy}>
          返回修改
        </Button>
      )}
    </section>
  )
}

function Receipt(props: {
  receipt: { eid: string; id: string; receipt: string }
  heading: React.RefObject<HTMLHeadingElement | null>
  station: boolean
}): ReactElement {
  const text = JSON.stringify(props.receipt)
  if (props.station)
    return (
      <section aria-label="回执" className="booth-done">
        <h2 tabIndex={-1} ref={props.heading}>
          已投票
        </h2>
        <p>票箱已经收下您的选票。打印回执带走。公布结果后在手机上登录，再扫回执，就能查自己的票有没有计入。</p>
        <ReceiptCode receipt={props.receipt} />
        <code className="booth-receipt">{text}</code>
      </section>
    )
  return (
    <section aria-label="回执" className="booth-done">
      <h2 tabIndex={-1} ref={props.heading}>
        已投票
      </h2>
      <p>票箱已经收下您的选票。本机留有回执，公布结果后可以查自己的票有没有计入。</p>
      <a href={`data:application/json,${encodeURIComponent(text)}`} download="回执.json">
        另存回执
      </a>
      <details className="booth-note">
        <summary>看回执</summary>
        <code>{text}</code>
      </details>
    </section>
  )
}
