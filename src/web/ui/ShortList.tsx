import { Button, Input } from 'antd'
import { useState, type ReactElement, type ReactNode } from 'react'

/** A long list that is here already: found by typing, and the first ones shown until somebody asks for the rest. */
export function ShortList<Row>({
  rows,
  label,
  matches,
  few = 40,
  aside,
  children,
}: {
  rows: readonly Row[]
  /** What is typed: 查找姓名或单位 */
  label: string
  matches: (row: Row, text: string) => boolean
  few?: number
  /** Beside the field: buttons that act on what is listed. */
  aside?: (found: readonly Row[], text: string) => ReactNode
  children: (shown: readonly Row[]) => ReactNode
}): ReactElement {
  const [text, setText] = useState('')
  const [all, setAll] = useState(false)
  const wanted = text.trim()
  const found = wanted ? rows.filter((row) => matches(row, wanted)) : rows
  const shown = all || wanted ? found.slice(0, 500) : found.slice(0, few)
  return (
    <>
      {(rows.length > 8 || aside) && (
        <div className="toolbar">
          {rows.length > 8 && (
            <Input
              aria-label={label}
              placeholder={label}
              style={{ maxWidth: 240 }}
              allowClear
              value={text}
              onChange={(event) => setText(event.target.value)}
            />
          )}
          {aside?.(found, wanted)}
        </div>
      )}
      {children(shown)}
      {shown.length < found.length && (
        <div className="toolbar">
          <span className="faint">
            共 {found.length} 人，这里列出 {shown.length} 人。
          </span>
          {shown.length < 500 && <Button onClick={() => setAll(true)}>显示全部</Button>}
        </div>
      )}
    </>
  )
}
