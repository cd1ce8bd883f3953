import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useAddress } from '../session.ts'
import { numberText } from './values.tsx'

/** Cursors already walked through, per list, so that 上一页 works although the server only knows «after this row». */
const trails = new Map<string, string[]>()

/** Total, page and page size. The page is in the address: `after` (the server's cursor), `page`, `limit`. */
export function Pager({
  name,
  total,
  atLeast = false,
  next,
  shown,
}: {
  name: string
  total: number
  /** Counting stopped at the total: there are more. */
  atLeast?: boolean
  next: string | null
  shown: number
}): ReactElement {
  const [address, setAddress] = useAddress()
  const page = Number(address['page'] ?? 1)
  const limit = Number(address['limit'] ?? 20)
  const trail = trails.get(name) ?? []
  const forward = (): void => {
    trails.set(name, [...trail.slice(0, page - 1), address['after'] ?? ''])
    setAddress({ after: next, page: page + 1 })
  }
  const back = (): void =>
    setAddress({ after: trail[page - 2] || null, page: page > 2 && trail[page - 2] ? page - 1 : null })
  const first = (page - 1) * limit + 1
  // A list that fits on the smallest page needs no turning.
  const single = page === 1 && !next && total <= 20
  return (
    <div className="pager">
      <span className="total">
        共 {atLeast && '超过 '}
        {numberText(total)} 条
        {shown > 0 && !single && `，本页第 ${numberText(first)}–${numberText(first + shown - 1)} 条`}
      </span>
      {single || (
        <>
          <label className="row">
            <span className="faint">每页</span>
            <select
              className="control"
              value={limit}
              onChange={(event) =>
                setAddress({ limit: event.target.value === '20' ? null : event.target.value, after: null, page: null })
              }
            >
              {[20, 50, 100].map((size) => (
                <option key={size} value={size}>
                  {size} 条
                </option>
              ))}
            </select>
          </label>
          <div className="row">
            <Button disabled={page <= 1} onClick={back}>
              上一页
            </Button>
            <span className="faint">第 {page} 页</span>
            <Button disabled={!next} onClick={forward}>
              下一页
            </Button>
          </div>
        </>
      )}
    </div>
  )
}
