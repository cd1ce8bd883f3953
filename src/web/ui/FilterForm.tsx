import { Button } from 'antd'
import { useState, type ReactElement, type ReactNode } from 'react'

/**
 * The conditions of a list. On a phone only the one marked `lead` is there at first, so that the list itself is on the
 * first screen; the others wait behind 更多条件, which says how many of them are set.
 */
export function FilterForm({
  chosen = 0,
  submit,
  reset,
  children,
}: {
  /** How many conditions other than the leading one are set. */
  chosen?: number
  submit: () => void
  reset: () => void
  /** Labels with their fields. */
  children: ReactNode
}): ReactElement {
  const [open, setOpen] = useState(false)
  return (
    <form
      className={open ? 'card filters fold open' : 'card filters fold'}
      role="search"
      aria-label="筛选"
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      {children}
      <div className="filter-actions">
        <button type="button" className="link phone-only push" aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? '收起条件' : `更多条件${chosen ? `（已选 ${chosen}）` : ''}`}
        </button>
        <Button type="primary" htmlType="submit">
          查询
        </Button>
        <Button onClick={reset}>重置</Button>
      </div>
    </form>
  )
}
