import { useEffect, useRef, type ReactElement } from 'react'
import type { ReportBody, ReportFigure, Run } from '../../shapes.ts'

/** A block's text with each figure as a chip that opens. */
export function Runs({
  runs,
  body,
  open,
}: {
  runs: readonly Run[]
  body: ReportBody
  open: (figure: ReportFigure) => void
}): ReactElement {
  return (
    <>
      {runs.map((run, index) => {
        const before = runs[index - 1]
        if ('text' in run)
          return <span key={index}>{before && 'figure' in before ? run.text.replace(closing, '') : run.text}</span>
        const figure = body.figures[run.figure]
        const next = runs[index + 1]
        const sign = next && 'text' in next ? (closing.exec(next.text)?.[0] ?? '') : ''
        if (!figure) return <span key={index}>（无此数字）{sign}</span>
        return (
          <span key={index} className="chip-and-sign">
            <button
              type="button"
              className={figure.kind === 'stated' ? 'chip stated' : 'chip'}
              title={`${figure.label}，点击查看依据`}
              onClick={() => open(figure)}
            >
              {figure.text}
            </button>
            {sign}
          </span>
        )
      })}
    </>
  )
}

/** Signs that may not begin a line. A browser would break between the button and them. */
const closing = /^[，。；、：！？）》”’%]+/

export const textOf = (runs: readonly Run[], body: ReportBody): string =>
  runs.map((run) => ('text' in run ? run.text : (body.figures[run.figure]?.text ?? ''))).join('')

/**
 * Types into a sentence around its chips. Chips are islands: they can be deleted or moved past, never typed into, so
 * that no figure in a report is ever written by hand.
 */
export function RunsEditor({
  runs,
  body,
  onChange,
}: {
  runs: readonly Run[]
  body: ReportBody
  onChange: (runs: Run[]) => void
}): ReactElement {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const element = box.current
    if (!element) return
    element.replaceChildren(
      ...runs.map((run) => {
        if ('text' in run) return document.createTextNode(run.text)
        const chip = document.createElement('span')
        chip.contentEditable = 'false'
        chip.className = 'chip'
        chip.dataset['figure'] = run.figure
        chip.textContent = body.figures[run.figure]?.text ?? ''
        return chip
      }),
    )
    element.focus()
    getSelection()?.selectAllChildren(element)
    getSelection()?.collapseToEnd()
    // Only when the editor opens: from then on the browser owns what is inside.
  }, [])
  return (
    <div
      ref={box}
      className="control"
      style={{ height: 'auto', minHeight: 80, padding: '8px 12px', textIndent: 0, whiteSpace: 'pre-wrap' }}
      contentEditable
      role="textbox"
      aria-multiline="true"
      aria-label="修改这一段"
      onInput={(event) => onChange(readRuns(event.currentTarget))}
      onKeyDown={(event) => event.key === 'Enter' && !event.nativeEvent.isComposing && event.preventDefault()}
      onPaste={(event) => {
        event.preventDefault()
        const text = event.clipboardData.getData('text/plain').replaceAll(/\s*\n\s*/g, '')
        document.execCommand('insertText', false, text)
      }}
    />
  )
}

function readRuns(element: HTMLElement): Run[] {
  const runs: Run[] = []
  const add = (node: Node): void => {
    if (node instanceof HTMLElement && node.dataset['figure']) runs.push({ figure: node.dataset['figure'] })
    else if (node.nodeType === Node.TEXT_NODE) {
      const last = runs.at(-1)
      const text = node.textContent ?? ''
      if (last && 'text' in last) last.text += text
      else if (text) runs.push({ text })
    } else for (const child of node.childNodes) add(child)
  }
  for (const child of element.childNodes) add(child)
  return runs
}
