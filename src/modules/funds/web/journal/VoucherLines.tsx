import { useRef, type KeyboardEvent, type ReactElement } from 'react'
import { flushSync } from 'react-dom'
import { capitalYuan } from '../../../../kernel/money/money.ts'
import { moneyText } from '../../../../web/ui/values.tsx'
import { AccountInput } from './AccountInput.tsx'
import type { AccountChoice } from './account-search.ts'
import {
  amountText,
  cellsOf,
  emptyLine,
  fenOf,
  fillOf,
  isUsed,
  totalsOf,
  type Cell,
  type LineDraft,
} from './voucher-draft.ts'

export interface Choices {
  accounts: readonly AccountChoice[]
  projects: readonly { code: string; name: string; tied: boolean }[]
  /** Common words for the summary. */
  summaries: readonly string[]
}

const CELL_TITLES: Record<Cell, string> = {
  summary: '摘要',
  account: '科目',
  project: '项目',
  debit: '借方金额',
  credit: '贷方金额',
}

/**
 * The lines of a voucher by keyboard: Enter goes on (and to a new line while the sides differ), Shift+Enter back, ↑ ↓ to the
 * same column, = fills the difference, Ctrl+D repeats the line above, Ctrl+Delete takes the line away, Ctrl+Enter saves.
 */
export function VoucherLines({
  lines,
  choices,
  faults,
  change,
  submit,
}: {
  lines: readonly LineDraft[]
  choices: Choices
  /** Sentences by `lines.0.account`, as the server gives them. */
  faults: Readonly<Record<string, string>>
  change: (lines: LineDraft[]) => void
  submit: () => void
}): ReactElement {
  const cells = useRef(new Map<string, HTMLElement>())
  const totals = totalsOf(lines)
  // Income and spending may belong to a project; where there is none, nobody is asked.
  const asks = (account: string): boolean => choices.projects.length > 0 && /^[45]/.test(account)
  const needsOf = (line: LineDraft): boolean => asks(line.account)
  const shownProject = lines.some(needsOf)

  /** At once, so that fast typing never lands in the cell before. */
  const focus = (key: number, cell: Cell): void => {
    const element = cells.current.get(`${key}.${cell}`)
    element?.focus()
    if (element instanceof HTMLInputElement) element.select()
  }
  /** Drawn before the focus moves: a cell that is left must know what stands in it. */
  const draw = (next: LineDraft[]): void => flushSync(() => change(next))
  const set = (at: number, patch: Partial<LineDraft>): void =>
    draw(lines.map((line, index) => (index === at ? { ...line, ...patch } : line)))
  const forward = (at: number, cell: Cell, now: readonly LineDraft[]): void => {
    const line = now[at]!
    const walk = cellsOf(line, needsOf(line))
    const next = walk[walk.indexOf(cell) + 1]
    if (next) return focus(line.key, next)
    const below = now[at + 1]
    if (below) return focus(below.key, 'summary')
    const { differenceFen, broken } = totalsOf(now)
    if (differenceFen === 0 && !broken && now.filter(isUsed).length > 1) {
      document.querySelector<HTMLButtonElement>('[data-save]')?.focus()
      return
    }
    const fresh = emptyLine(line.summary)
    draw([...now, fresh])
    focus(fresh.key, 'account')
  }
  const back = (at: number, cell: Cell): void => {
    const line = lines[at]!
    const walk = cellsOf(line, needsOf(line))
    const before = walk[walk.indexOf(cell) - 1]
    const above = lines[at - 1]
    if (before) focus(line.key, before)
    else if (above) focus(above.key, cellsOf(above, needsOf(above)).at(-1)!)
  }
  const keys = (at: number, cell: Cell) => (event: KeyboardEvent<HTMLElement>) => {
    if (event.nativeEvent.isComposing) return
    const line = lines[at]!
    const done = (work: () => void): void => {
      event.preventDefault()
      work()
    }
    if (event.key === 'Enter' && event.ctrlKey) return done(submit)
    if (event.key === 'Enter' && event.shiftKey) return done(() => back(at, cell))
    if (event.key === 'Enter') return done(() => forward(at, cell, lines))
    if (event.key === 'ArrowUp' && lines[at - 1]) return done(() => focus(lines[at - 1]!.key, cell))
    if (event.key === 'ArrowDown' && lines[at + 1]) return done(() => focus(lines[at + 1]!.key, cell))
    if (event.ctrlKey && event.key.toLowerCase() === 'd' && lines[at - 1])
      return done(() => {
        const { summary, account, project, economicClass, counterparty } = lines[at - 1]!
        set(at, { summary, account, project, economicClass, counterparty })
      })
    if (event.ctrlKey && event.key === 'Delete' && lines.length > 1)
      return done(() => {
        draw(lines.filter((_, index) => index !== at))
        focus((lines[at - 1] ?? lines[at + 1])!.key, cell)
      })
    if ((cell === 'debit' || cell === 'credit') && event.key === '=')
      return done(() => {
        // The amount goes to the side that is short, whichever the cursor stands in.
        const { side, text } = fillOf(lines, at)
        set(at, { debit: '', credit: '', [side]: text })
        focus(line.key, side)
      })
    if (event.key === ' ' && (cell === 'debit' || cell === 'credit') && line[cell] !== '')
      // The amount changes sides, as on a paper voucher typed into the wrong column.
      return done(() => {
        const other = cell === 'debit' ? 'credit' : 'debit'
        set(at, { [cell]: '', [other]: line[cell] })
        focus(line.key, other)
      })
  }
  const hold = (line: LineDraft, cell: Cell) => (element: HTMLElement | null) => {
    if (element) cells.current.set(`${line.key}.${cell}`, element)
    else cells.current.delete(`${line.key}.${cell}`)
  }
  const amount = (line: LineDraft, at: number, side: 'debit' | 'credit'): ReactElement => {
    const bad = fenOf(line[side]) === null || faults[`lines.${at}.${side}`] !== undefined
    return (
      <td data-label={CELL_TITLES[side]} className="number">
        <input
          ref={hold(line, side)}
          className="control amount"
          inputMode="decimal"
          autoComplete="off"
          aria-label={`第 ${at + 1} 行${CELL_TITLES[side]}`}
          aria-invalid={bad}
          value={line[side]}
          onChange={(event) =>
            set(at, {
              [side]: event.target.value,
              ...(event.target.value && { [side === 'debit' ? 'credit' : 'debit']: '' }),
            })
          }
          onBlur={() => {
            const fen = fenOf(line[side])
            if (fen !== null && line[side].trim() !== '') set(at, { [side]: amountText(fen) })
          }}
          onKeyDown={keys(at, side)}
        />
      </td>
    )
  }

  return (
    <div className="table-scroll" tabIndex={0} role="region" aria-label="可左右滚动的表格">
      <table className="lines voucher-lines">
        <thead>
          <tr>
            <th scope="col" aria-label="行号" />
            <th scope="col" style={{ width: '30%' }}>
              摘要
            </th>
            <th scope="col" style={{ width: '30%' }}>
              科目
            </th>
            {shownProject && <th scope="col">项目</th>}
            <th scope="col" className="number">
              借方金额
            </th>
            <th scope="col" className="number">
              贷方金额
            </th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line, at) => {
            const fault = Object.entries(faults).filter(
              ([name]) => name === `lines.${at}` || name.startsWith(`lines.${at}.`),
            )
            return (
              <tr key={line.key} className={fault.length ? 'faulty' : undefined}>
                <td className="narrow">{at + 1}</td>
                <td data-label="摘要">
                  <input
                    ref={hold(line, 'summary')}
                    className="control"
                    list="voucher-summaries"
                    autoComplete="off"
                    aria-label={`第 ${at + 1} 行摘要`}
                    aria-invalid={faults[`lines.${at}.summary`] !== undefined}
                    maxLength={200}
                    value={line.summary}
                    onChange={(event) => set(at, { summary: event.target.value })}
                    onKeyDown={keys(at, 'summary')}
                  />
                  {fault.length > 0 && (
                    <span className="field-error" role="alert">
                      {fault.map(([, sentence]) => sentence).join(' ')}
                    </span>
                  )}
                </td>
                <td data-label="科目">
                  <AccountInput
                    inputRef={hold(line, 'account')}
                    accounts={choices.accounts}
                    value={line.account}
                    label={`第 ${at + 1} 行科目`}
                    invalid={faults[`lines.${at}.account`] !== undefined}
                    onChange={(account) => set(at, { account })}
                    onDone={(account) => {
                      const now = lines.map((one, index) => (index === at ? { ...one, account } : one))
                      const walk = cellsOf(now[at]!, asks(account))
                      focus(line.key, walk[2]!)
                    }}
                    onKeyDown={keys(at, 'account')}
                  />
                </td>
                {shownProject && (
                  <td data-label="项目">
                    {needsOf(line) && (
                      <select
                        ref={hold(line, 'project')}
                        className="control"
                        aria-label={`第 ${at + 1} 行项目`}
                        value={line.project}
                        onChange={(event) => set(at, { project: event.target.value })}
                        onKeyDown={(event) => {
                          if (event.key === 'Enter') keys(at, 'project')(event)
                        }}
                      >
                        <option value="">不分项目</option>
                        {choices.projects.map((project) => (
                          <option key={project.code} value={project.code}>
                            {project.name}
                            {project.tied ? '（专项）' : ''}
                          </option>
                        ))}
                      </select>
                    )}
                  </td>
                )}
                {amount(line, at, 'debit')}
                {amount(line, at, 'credit')}
              </tr>
            )
          })}
        </tbody>
        <tfoot>
          <tr>
            <td />
            <td colSpan={2 + (shownProject ? 1 : 0)}>
              合计：
              {totals.debitFen === totals.creditFen && !totals.broken ? capitalYuan(totals.debitFen) : '——'}
            </td>
            <td className="number">{moneyText(totals.debitFen)}</td>
            <td className="number">{moneyText(totals.creditFen)}</td>
          </tr>
        </tfoot>
      </table>
      <datalist id="voucher-summaries">
        {choices.summaries.map((one) => (
          <option key={one} value={one} />
        ))}
      </datalist>
      <p className={totals.differenceFen === 0 && !totals.broken ? 'balance good' : 'balance bad'} role="status">
        {totals.broken
          ? '有金额看不懂，请改成数字。'
          : totals.differenceFen === 0
            ? totals.debitFen === 0
              ? '还没有金额。'
              : '借贷平衡。'
            : `借贷相差 ${moneyText(Math.abs(totals.differenceFen))} 元，${totals.differenceFen > 0 ? '贷方' : '借方'}还少。在金额格按 = 补齐。`}
      </p>
    </div>
  )
}
