import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { path } from '../../path.ts'
import type { WarningRow } from '../../shapes.ts'
import { Notice } from '../../ui/states.tsx'

/** What a careful colleague would remark on a record that is kept all the same. */
export function Warnings({ warnings }: { warnings: readonly WarningRow[] }): ReactElement {
  return (
    <>
      {warnings.map((warning) => (
        <Notice key={warning.standardRecordId} tone="warn">
          {warning.sentence}
          <Link to={path.record(warning.standardRecordId) as never}>查看标准</Link>
        </Notice>
      ))}
    </>
  )
}
