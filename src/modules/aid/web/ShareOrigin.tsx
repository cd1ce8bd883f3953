import { useQuery } from '@tanstack/react-query'
import { Navigate, useParams } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { get } from '../../../web/api.ts'
import { Loaded } from '../../../web/ui/states.tsx'

/** One person's share has no page of its own: its cycle's list shows it. */
export function ShareOrigin(): ReactElement {
  const { id } = useParams({ strict: false }) as { id: string }
  const share = useQuery({
    queryKey: ['aid-share', id],
    queryFn: () => get<{ cycleId: number }>(`/api/aid/entitlements/${id}`),
  })
  return (
    <Loaded query={share}>
      {({ cycleId }) => <Navigate to={`/aid/cycles/${cycleId}?tab=shares` as never} replace />}
    </Loaded>
  )
}
