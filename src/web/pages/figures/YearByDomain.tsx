import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { get } from '../../api.ts'
import { useRegisters, useScope } from '../../session.ts'
import { Bars } from '../../ui/Bars.tsx'
import { Card } from '../../ui/Page.tsx'

/** How many records each domain has, this year against last. */
export function YearByDomain(): ReactElement {
  const registers = useRegisters()
  const { year } = useScope()
  const before = useQuery({
    queryKey: ['registers', year - 1],
    queryFn: () => get<{ domainTitle: string; countThisYear?: number }[]>('/api/registers', { year: year - 1 }),
    staleTime: 300_000,
  })
  const now = useQuery({
    queryKey: ['registers', year],
    queryFn: () => get<{ domainTitle: string; countThisYear?: number }[]>('/api/registers', { year }),
    staleTime: 60_000,
  })
  const bars = new Map<string, { label: string; now: number; before: number }>()
  for (const [rows, which] of [
    [now.data ?? [], 'now'],
    [before.data ?? [], 'before'],
  ] as const)
    for (const row of rows) {
      const bar = bars.get(row.domainTitle) ?? { label: row.domainTitle, now: 0, before: 0 }
      bar[which] += row.countThisYear ?? 0
      bars.set(row.domainTitle, bar)
    }
  const shown = [...bars.values()]
    .filter((bar) => bar.now + bar.before > 0)
    .toSorted((a, b) => b.now - a.now)
    .slice(0, 10)
  if (!registers.data || shown.length === 0) return <></>
  return (
    <Card title="各项工作的记录，今年与上年">
      <Bars bars={shown} nowLabel={`${year} 年`} beforeLabel={`${year - 1} 年`} unit="条" />
    </Card>
  )
}
