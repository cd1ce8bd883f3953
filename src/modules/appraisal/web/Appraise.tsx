import { Button } from 'antd'
import { useEffect, useRef, useState, type FormEvent, type ReactElement } from 'react'
import { Refusal } from '../../../web/api.ts'
import { Notice, Problem } from '../../../web/ui/states.tsx'
import './appraise.css'
import { NameFields, written } from './NameFields.tsx'
import { askAtSlip, type Sheets } from './slip-door.ts'

/** Grade by subject and criterion; nothing chosen yet is undefined, and may stay so. */
type Marks = Record<number, (number | undefined)[]>

/** Answers that would break into three lines when they stand four in a row. */
const isLong = (choices: readonly string[]): boolean => choices.some((choice) => choice.length > 4)

/** One slip, its sheets, done. No account, no cookie, nothing remembered on the phone. */
export function Appraise(): ReactElement {
  const [code, setCode] = useState('')
  const [sheets, setSheets] = useState<Sheets | null>(null)
  const [done, setDone] = useState(false)
  const [large, setLarge] = useState(() => document.documentElement.classList.contains('elder'))
  const [error, setError] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const look = async (wanted: string): Promise<void> => {
    setBusy(true)
    setError(null)
    await askAtSlip<Sheets>('/api/appraise/look', { code: wanted }).then(setSheets, setError)
    setBusy(false)
  }
  useEffect(() => {
    document.title = '填评议表'
    // A scanned code opens its sheets at once, also when the page still stands from the slip before.
    const arrive = (): void => {
      const scanned = decodeURIComponent(window.location.hash.slice(1))
      if (!scanned) return
      // The code leaves the address bar, so that the next person at this phone doesn't find it there.
      window.history.replaceState(null, '', window.location.pathname)
      setSheets(null)
      setDone(false)
      setCode(scanned)
      void look(scanned)
    }
    arrive()
    window.addEventListener('hashchange', arrive)
    return () => window.removeEventListener('hashchange', arrive)
  }, [])
  useEffect(() => {
    document.documentElement.classList.toggle('elder', large)
  }, [large])
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    void look(code)
  }
  return (
    <main className="appraise">
      <header>
        <b>{sheets?.unitName ?? '民主评议'}</b>
        <button type="button" className="link" aria-pressed={large} onClick={() => setLarge(!large)}>
          {large ? '普通字号' : '大字'}
        </button>
      </header>
      {done ? (
        <section className="card inside" role="status">
          <h1>已交，谢谢</h1>
          <p>您的评议已经放进评议箱。评议条已作废，可以丢掉。</p>
          <p className="quiet">系统不知道这份评议是谁填的，也不能查回或修改。</p>
        </section>
      ) : sheets ? (
        <Fill key={code} sheets={sheets} code={code} finish={() => setDone(true)} />
      ) : (
        <form className="card inside" onSubmit={submit} noValidate>
          <h1>填评议表</h1>
          <p>请输入评议条上的评议码，字母不分大小写。不用登录，不记名。</p>
          {error !== null && (
            <Problem error={error instanceof Refusal ? new Refusal(error.status, error.code, error.message) : error} />
          )}
          <div className="field">
            <label htmlFor="slip-code">评议码</label>
            <input
              id="slip-code"
              className="control"
              autoComplete="off"
              autoCapitalize="characters"
              spellCheck={false}
              value={code}
              onChange={(event) => setCode(event.target.value)}
            />
          </div>
          <Button type="primary" htmlType="submit" size="large" block loading={busy} disabled={!code.trim()}>
            打开评议表
          </Button>
        </form>
      )}
    </main>
  )
}

function Fill({ sheets, code, finish }: { sheets: Sheets; code: string; finish: () => void }): ReactElement {
  const [at, setAt] = useState(0)
  const [marks, setMarks] = useState<Marks>({})
  const [names, setNames] = useState<Record<number, string[]>>({})
  const [words, setWords] = useState<Record<number, string>>({})
  const [error, setError] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const heading = useRef<HTMLHeadingElement>(null)
  const last = at === sheets.subjects.length
  useEffect(() => {
    window.scrollTo({ top: 0 })
    heading.current?.focus({ preventScroll: true })
  }, [at])
  const mark = (subjectId: number, criterion: number, grade: number): void => {
    const row = sheets.criteria.map((_, index) => marks[subjectId]?.[index])
    row[criterion] = grade
    setMarks({ ...marks, [subjectId]: row })
  }
  const missing = (subjectId: number): boolean =>
    sheets.criteria.some(
      (_, index) => marks[subjectId]?.[index] === undefined && (index === 0 || sheets.whole === 'complete'),
    )
  const submit = async (): Promise<void> => {
    setBusy(true)
    setError(null)
    const body = {
      code,
      sheets: sheets.subjects.map(({ id, seats }) => ({
        subjectId: id,
        marks: sheets.criteria.map((_, index) => marks[id]?.[index] ?? null),
        ...(seats !== null && marks[id]?.[0] === 0 && { names: written(names[id]) }),
      })),
      remarks: Object.entries(words)
        .filter(([, text]) => text.trim())
        .map(([id, text]) => ({ subjectId: Number(id) || null, words: text.trim() })),
    }
    try {
      await askAtSlip('/api/appraise/return', body)
      finish()
    } catch (refusal) {
      // The answer to the first press got lost on the way: the sheets are in the urn.
      if (refusal instanceof Refusal && refusal.code === 'code-used') return finish()
      setError(refusal)
      setBusy(false)
    }
  }
  const subject = sheets.subjects[at]
  return (
    <section>
      <p className="faint">
        {sheets.title} · {sheets.groupName} · {sheets.closesOn} 截止
      </p>
      {subject ? (
        <div className="card inside">
          <p className="faint">
            第 {at + 1} 个，共 {sheets.subjects.length} 个
          </p>
          <h1 ref={heading} tabIndex={-1}>
            {subject.name}
            {subject.post && <small>{subject.post}</small>}
          </h1>
          {subject.report && (
            <details>
              <summary>看述职报告</summary>
              <p style={{ whiteSpace: 'pre-line' }}>{subject.report}</p>
            </details>
          )}
          {subject.seats !== null && (
            <NameFields
              subject={subject}
              seats={subject.seats}
              writeIns={sheets.writeIns || subject.nominees.length === 0}
              chosen={names[subject.id] ?? []}
              abstained={marks[subject.id]?.[0] === 1}
              choose={(chosen, abstain) => {
                setNames({ ...names, [subject.id]: chosen })
                setMarks({ ...marks, [subject.id]: [abstain ? 1 : chosen.some((name) => name.trim()) ? 0 : undefined] })
              }}
            />
          )}
          {(subject.seats === null ? sheets.criteria : []).map((criterion, index) => (
            <fieldset key={criterion}>
              <legend>{criterion}</legend>
              <div className={isLong(sheets.choices[index]!) ? 'grades long' : 'grades'}>
                {sheets.choices[index]!.map((grade, value) => (
                  <label key={grade}>
                    <input
                      type="radio"
                      name={`m-${subject.id}-${index}`}
                      checked={marks[subject.id]?.[index] === value}
                      onChange={() => mark(subject.id, index, value)}
                    />
                    <span>{grade}</span>
                  </label>
                ))}
              </div>
            </fieldset>
          ))}
          {sheets.remarks && (
            <div className="field">
              <label htmlFor={`w-${subject.id}`}>意见（可以不写）</label>
              <textarea
                id={`w-${subject.id}`}
                className="control"
                rows={2}
                maxLength={500}
                value={words[subject.id] ?? ''}
                onChange={(event) => setWords({ ...words, [subject.id]: event.target.value })}
              />
              <span className="faint">意见与评议票分开保存。请不要写能认出自己的话。</span>
            </div>
          )}
        </div>
      ) : (
        <div className="card inside">
          <h1 ref={heading} tabIndex={-1}>
            请核对后交表
          </h1>
          <ul className="review">
            {sheets.subjects.map((one, index) => (
              <li key={one.id}>
                <button type="button" className="link" onClick={() => setAt(index)}>
                  {one.name}
                </button>
                <b>
                  {one.seats !== null && marks[one.id]?.[0] === 0
                    ? written(names[one.id]).join('、')
                    : (sheets.choices[0]![marks[one.id]?.[0] ?? -1] ?? (one.seats === null ? '未评' : '未填'))}
                </b>
                {one.seats === null && sheets.criteria.length > 1 && (
                  <span className="faint further">
                    {sheets.criteria
                      .slice(1)
                      .map((criterion, further) => {
                        const answer = sheets.choices[further + 1]![marks[one.id]?.[further + 1] ?? -1]
                        return `${criterion}：${answer ?? '未填'}`
                      })
                      .join('；')}
                  </span>
                )}
                {missing(one.id) && <span className="field-error">没评全，这一张会算无效票</span>}
              </li>
            ))}
          </ul>
          <Notice>交了就不能改，也查不回来。</Notice>
          {error !== null && <Problem error={error} />}
        </div>
      )}
      <div className="steps">
        {at > 0 && (
          <Button size="large" onClick={() => setAt(at - 1)}>
            上一步
          </Button>
        )}
        {last ? (
          <Button type="primary" size="large" loading={busy} onClick={() => void submit()}>
            交表
          </Button>
        ) : (
          <Button type="primary" size="large" onClick={() => setAt(at + 1)}>
            {at + 1 < sheets.subjects.length ? '下一个' : '去核对'}
          </Button>
        )}
      </div>
    </section>
  )
}
