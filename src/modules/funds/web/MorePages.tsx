import { Button } from 'antd'
import type { ReactElement } from 'react'

/** Under a list read by keyset: the next page, while there is one. */
export function MorePages({
  query,
  text,
}: {
  query: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => Promise<unknown> }
  text: string
}): ReactElement | null {
  if (!query.hasNextPage) return null
  return (
    <div className="pager no-print" style={{ justifyContent: 'center' }}>
      <Button loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
        {text}
      </Button>
    </div>
  )
}
