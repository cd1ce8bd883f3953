import type { ReactElement } from 'react'
import { useScope } from '../../session.ts'
import { UnitPage } from './Unit.tsx'

/** The tree, opened at the current unit. */
export function Units(): ReactElement {
  const { unitId } = useScope()
  return <UnitPage id={unitId} />
}
