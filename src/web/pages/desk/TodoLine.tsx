import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { today } from '../../session.ts'
import type { TodoRow } from '../../shapes.ts'
import { StatusTag } from '../../ui/values.tsx'

const daysUntil = (date: string): number => Math.round((Date.parse(date) - Date.parse(today())) / 86_400_000)

/** One thing that waits; opening it is the only way to clear it. */
export function TodoLine({ row }: { row: TodoRow }): ReactElement {
  const left = row.dueOn ? daysUntil(row.dueOn) : null
  return (
    <Link to={row.link as never} className="todo">
      <span className="grow">
        {row.title}
        {row.unitName && <span className="faint after">{row.unitName}</span>}
      </span>
      {left !== null &&
        (left < 0 ? (
          <StatusTag tone="bad" text={`已过期 ${-left} 天`} />
        ) : (
          <StatusTag tone={left <= 30 ? 'warn' : ''} text={left === 0 ? '今天到期' : `还有 ${left} 天`} />
        ))}
    </Link>
  )
}
