import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactElement, ReactNode } from 'react'
import { get } from '../../api.ts'
import { path } from '../../path.ts'
import { Loaded } from '../../ui/states.tsx'
import { numberText, StatusTag } from '../../ui/values.tsx'

interface StandingShape {
  committees: {
    body: string
    title: string
    present: boolean
    ordinal: number | null
    dueOn: string | null
    officers: number
    expired: boolean
  }[]
  mustHaves: {
    name: string
    present: boolean
    count: number
    evidence: { recordId: number; happenedOn: string; title: string | null }[]
  }[]
}

/** The six committees and the eight must-haves, each with what it was concluded from. */
export function Standing({ unitId }: { unitId: number }): ReactElement {
  const standing = useQuery({
    queryKey: ['standing', unitId],
    queryFn: () => get<StandingShape>(`/api/units/${unitId}/standing`),
  })
  return (
    <Loaded query={standing}>
      {({ committees, mustHaves }) => (
        <div className="split" style={{ padding: 16 }}>
          <Checklist title="六会" items={committees}>
            {(one) => ({
              key: one.body,
              title: one.title,
              present: one.present && !one.expired,
              missing: one.expired ? '已届满' : '缺',
              evidence: one.present
                ? `${one.ordinal ? `第 ${one.ordinal} 届` : '已设立'}，${numberText(one.officers)} 人${one.dueOn ? `，${one.dueOn} 届满` : ''}`
                : '没有登记届期，也没有设立委员会单位',
            })}
          </Checklist>
          <Checklist title="八有" items={mustHaves}>
            {(one) => ({
              key: one.name,
              title: one.name,
              present: one.present,
              missing: '缺',
              evidence: one.present
                ? one.evidence.slice(0, 3).map((record, index) => (
                    <span key={record.recordId}>
                      {index > 0 && '，'}
                      <Link to={path.record(record.recordId) as never}>
                        {record.happenedOn} {record.title ?? ''}
                      </Link>
                    </span>
                  ))
                : '台账里没有能证明的记录',
            })}
          </Checklist>
        </div>
      )}
    </Loaded>
  )
}

interface Item {
  key: string
  title: string
  present: boolean
  missing: string
  evidence: ReactNode
}

function Checklist<Row>({
  title,
  items,
  children,
}: {
  title: string
  items: readonly Row[]
  children: (row: Row) => Item
}): ReactElement {
  const shown = items.map(children)
  return (
    <div>
      <h2>
        {title}
        <span className="faint after">
          {shown.filter((item) => item.present).length} / {shown.length}
        </span>
      </h2>
      <ul>
        {shown.map((item) => (
          <li key={item.key} style={{ padding: '8px 0', borderBottom: '1px solid #eef0eb' }}>
            <div className="spread">
              <span>{item.title}</span>
              <StatusTag text={item.present ? '有' : item.missing} tone={item.present ? 'good' : 'bad'} />
            </div>
            <div className="faint">{item.evidence}</div>
          </li>
        ))}
      </ul>
    </div>
  )
}
