import type { ReactElement } from 'react'
import type { ReportState } from '../../shapes.ts'
import { StatusTag } from '../../ui/values.tsx'

export const ReportStateTag = ({ state }: { state: ReportState }): ReactElement =>
  state === 'frozen' ? (
    <StatusTag text="已定稿" tone="good" />
  ) : state === 'signed' ? (
    <StatusTag text="已签发" tone="info" />
  ) : (
    <StatusTag text="起草中" tone="warn" />
  )
