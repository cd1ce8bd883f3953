import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { get } from '../../api.ts'
import { useScope } from '../../session.ts'
import { Bars } from '../../ui/Bars.tsx'
import { Card } from '../../ui/Page.tsx'

/** How many records each domain has, this year against last. */
export function YearByDomain(): ReactElement {
  const { year } = useScope()
  const domains = useQuery({
    queryKey: ['registers', 'by-domain', year],
    queryFn: () => get<{ domainTitle: string; now: number; before: number }[]>('/api/registers/by-domain', { year }),
    staleTime: 60_000,
  })
  const shown = (domains.data ?? [])
    .slice(0, 10)
    .map(({ domainTitle, now, before }) => ({ label: domainTitle, now, before }))
  if (shown.length === 0) return <></>
  return (
    <Card title="各项工作的记录，今年与上年">
      <Bars bars={shown} nowLabel={`${year} 年`} beforeLabel={`${year - 1} 年`} unit="条" />
    </Card>
  )
}
