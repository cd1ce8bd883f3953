import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState, type ReactElement } from 'react'
import { get, post } from '../../../../web/api.ts'
import { useMay } from '../../../../web/session.ts'
import { Empty, Loaded, Problem } from '../../../../web/ui/states.tsx'
import { toast } from '../../../../web/ui/toast.tsx'
import { moneyText, StatusTag } from '../../../../web/ui/values.tsx'
import { fundsPath, numberText } from '../paths.ts'
import type { BankAccount, Matching, OpenEntry, OpenLine, Suggested } from '../../bank-contract.ts'

const CONFIDENCE = { sure: ['确定', 'good'], likely: ['很可能', 'info'], check: ['请核对', 'warn'] } as const

const entryRef = (key: string): { voucherId: number; line: number } => {
  const [voucherId, line] = key.split('.').map(Number)
  return { voucherId: voucherId!, line: line! }
}

/** Suggestions to confirm at once, and below them what is left on both sides to be picked by hand. */
export function MatchingTab({
  unitId,
  account,
  changed,
}: {
  unitId: number
  account: BankAccount
  changed: () => void
}): ReactElement {
  const may = useMay()('funds.write')
  const matching = useQuery({
    queryKey: ['funds', 'bank', 'matching', unitId, account.code],
    queryFn: () => get<Matching>('/api/funds/bank/matching', { unitId, account: account.code }),
  })
  const [off, setOff] = useState<ReadonlySet<number>>(new Set())
  const [lines, setLines] = useState<ReadonlySet<number>>(new Set())
  const [entries, setEntries] = useState<ReadonlySet<string>>(new Set())
  const [error, setError] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const confirm = async (matches: { lines: number[]; entries: string[]; reason: string }[]): Promise<void> => {
    setBusy(true)
    setError(null)
    try {
      await post('/api/funds/bank/matches', {
        unitId,
        account: account.code,
        matches: matches.map((match) => ({ ...match, entries: match.entries.map(entryRef) })),
      })
      toast(`已勾对 ${matches.length} 笔。`)
      setLines(new Set())
      setEntries(new Set())
      setOff(new Set())
      changed()
    } catch (refusal) {
      setError(refusal)
    } finally {
      setBusy(false)
    }
  }
  const toggled = <Key,>(set: ReadonlySet<Key>, key: Key): Set<Key> => {
    const next = new Set(set)
    if (!next.delete(key)) next.add(key)
    return next
  }
  return (
    <div className="inside-tab">
      {error !== null && <Problem error={error} />}
      <Loaded query={matching}>
        {(open) => {
          if (!open.lines.length && !open.entries.length)
            return (
              <Empty title={account.statedTo ? '两边都勾对完了' : '还没有导入对账单'}>
                {account.statedTo
                  ? '可以到“余额调节表”打印本月的调节表。'
                  : '从网银下载交易明细（xlsx 或 csv），点右上角“导入对账单”。'}
              </Empty>
            )
          const lineById = new Map(open.lines.map((line) => [line.id, line]))
          const entryByKey = new Map(open.entries.map((entry) => [entry.key, entry]))
          const suggestedLines = new Set(open.suggestions.flatMap((one) => one.statement))
          const suggestedEntries = new Set(open.suggestions.flatMap((one) => one.entries))
          const chosen = open.suggestions.filter((_, at) => !off.has(at))
          const picked = {
            bank: [...lines].reduce((sum, id) => sum + (lineById.get(id)?.amountFen ?? 0), 0),
            book: [...entries].reduce((sum, key) => sum + (entryByKey.get(key)?.amountFen ?? 0), 0),
          }
          const equal = lines.size > 0 && entries.size > 0 && picked.bank === picked.book
          return (
            <div className="stack" style={{ gap: 18 }}>
              {open.suggestions.length > 0 && (
                <div>
                  <div className="spread" style={{ marginBottom: 8 }}>
                    <h3>系统找到的 {open.suggestions.length} 组</h3>
                    {may && (
                      <Button
                        type="primary"
                        loading={busy}
                        disabled={chosen.length === 0}
                        onClick={() =>
                          void confirm(
                            chosen.map((one) => ({ lines: one.statement, entries: one.entries, reason: one.reason })),
                          )
                        }
                      >
                        勾对选中的 {chosen.length} 组
                      </Button>
                    )}
                  </div>
                  <div className="table-scroll" tabIndex={0} role="region" aria-label="可左右滚动的表格">
                    <table className="grid cards compact pairs">
                      <thead>
                        <tr>
                          <th aria-label="选择" />
                          <th>银行</th>
                          <th className="number">金额</th>
                          <th>账上</th>
                          <th>依据</th>
                        </tr>
                      </thead>
                      <tbody>
                        {open.suggestions.map((one, at) => (
                          <Pair
                            key={one.statement.join()}
                            suggestion={one}
                            lines={one.statement.map((id) => lineById.get(id)!)}
                            entries={one.entries.map((key) => entryByKey.get(key)!)}
                            chosen={!off.has(at)}
                            toggle={may ? () => setOff(toggled(off, at)) : undefined}
                          />
                        ))}
                      </tbody>
                    </table>
                  </div>
                </div>
              )}
              <div className="split">
                <OpenSide
                  title="银行有、账上没有找到"
                  rows={open.lines
                    .filter((line) => !suggestedLines.has(line.id))
                    .map((line) => ({
                      key: line.id,
                      on: line.onDate,
                      text: [line.party, line.summary].filter(Boolean).join(' · '),
                      amountFen: line.amountFen,
                    }))}
                  chosen={lines as ReadonlySet<number | string>}
                  toggle={may ? (key) => setLines(toggled(lines, key as number)) : undefined}
                />
                <OpenSide
                  title="账上有、银行没有找到"
                  rows={open.entries
                    .filter((entry) => !suggestedEntries.has(entry.key))
                    .map((entry) => ({
                      key: entry.key,
                      on: entry.onDate,
                      text: `${numberText(entry.month, entry.no)} ${entry.summary}`,
                      amountFen: entry.amountFen,
                    }))}
                  chosen={entries as ReadonlySet<number | string>}
                  toggle={may ? (key) => setEntries(toggled(entries, key as string)) : undefined}
                />
              </div>
              {(lines.size > 0 || entries.size > 0) && (
                <div className="form-foot">
                  <span className="push" role="status">
                    银行 {moneyText(picked.bank)}，账上 {moneyText(picked.book)}
                    {equal ? '，相等。' : `，相差 ${moneyText(Math.abs(picked.bank - picked.book))}。`}
                  </span>
                  <Button
                    type="primary"
                    disabled={!equal}
                    loading={busy}
                    onClick={() => void confirm([{ lines: [...lines], entries: [...entries], reason: '人工勾对' }])}
                  >
                    勾对这一组
                  </Button>
                </div>
              )}
            </div>
          )
        }}
      </Loaded>
    </div>
  )
}

function Pair({
  suggestion,
  lines,
  entries,
  chosen,
  toggle,
}: {
  suggestion: Suggested
  lines: OpenLine[]
  entries: OpenEntry[]
  chosen: boolean
  toggle: (() => void) | undefined
}): ReactElement {
  const [word, tone] = CONFIDENCE[suggestion.confidence]
  return (
    <tr>
      <td data-label="勾对" className={toggle ? undefined : 'blank'}>
        {toggle && (
          <input type="checkbox" checked={chosen} onChange={toggle} aria-label={`勾对 ${lines[0]?.summary}`} />
        )}
      </td>
      <td data-label="银行">
        {lines.map((line) => (
          <div key={line.id}>
            <span className="nowrap">{line.onDate}</span> {line.party} <span className="faint">{line.summary}</span>
          </div>
        ))}
      </td>
      <td data-label="金额" className="number nowrap">
        {moneyText(lines.reduce((sum, line) => sum + line.amountFen, 0))}
      </td>
      <td data-label="账上">
        {entries.map((entry) => (
          <div key={entry.key}>
            <span className="nowrap">{entry.onDate}</span>{' '}
            <Link to={fundsPath.voucher(entry.voucherId) as never}>{numberText(entry.month, entry.no)}</Link>{' '}
            {entry.summary}
          </div>
        ))}
      </td>
      <td data-label="依据">
        <StatusTag text={word} tone={tone} /> <span className="faint">{suggestion.reason}</span>
      </td>
    </tr>
  )
}

function OpenSide({
  title,
  rows,
  chosen,
  toggle,
}: {
  title: string
  rows: { key: number | string; on: string; text: string; amountFen: number }[]
  chosen: ReadonlySet<number | string>
  toggle: ((key: number | string) => void) | undefined
}): ReactElement {
  return (
    <div>
      <h3 style={{ marginBottom: 8 }}>
        {title} <span className="faint">{rows.length} 笔</span>
      </h3>
      {rows.length === 0 ? (
        <p className="faint">没有。</p>
      ) : (
        <ul className="open-items">
          {rows.slice(0, 300).map((row) => (
            <li key={row.key}>
              <label>
                {toggle && <input type="checkbox" checked={chosen.has(row.key)} onChange={() => toggle(row.key)} />}
                <span className="nowrap faint">{row.on.slice(5)}</span>
                <span className="grow">{row.text}</span>
                <b className="nowrap">{moneyText(row.amountFen)}</b>
              </label>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
