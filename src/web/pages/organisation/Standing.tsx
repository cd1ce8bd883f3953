import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { get } from '../../api.ts'
import { Empty, Loaded } from '../../ui/states.tsx'
import { StatusTag } from '../../ui/values.tsx'

interface Item {
  id?: string
  title: string
  present: boolean
  evidence: string
}

/** The six committees and the eight must-haves, each with what it was concluded from. */
export function Standing({ unitId, year }: { unitId: number; year: number }): ReactElement {
  const standing = useQuery({
    queryKey: ['standing', unitId, year],
    queryFn: () => get<{ bodies: Item[]; mustHaves: Item[] }>(`/api/units/${unitId}/standing`, { year }),
    retry: false,
  })
  return (
    <Loaded query={standing}>
      {({ bodies, mustHaves }) =>
        bodies.length + mustHaves.length === 0 ? (
          <Empty title="没有可核对的内容" />
        ) : (
          <div className="split" style={{ padding: 16 }}>
            <List title="六会" items={bodies} />
            <List title="八有" items={mustHaves} />
          </div>
        )
      }
    </Loaded>
  )
}

function List({ title, items }: { title: string; items: readonly Item[] }): ReactElement {
  return (
    <div>
      <h2>
        {title}{' '}
        <span className="faint">
          {items.filter((item) => item.present).length} / {items.length}
        </span>
      </h2>
      <ul>
        {items.map((item) => (
          <li key={item.title} style={{ padding: '8px 0', borderBottom: '1px solid #eef0eb' }}>
            <div className="spread">
              <span>{item.title}</span>
              <StatusTag text={item.present ? '有' : '缺'} tone={item.present ? 'good' : 'bad'} />
            </div>
            <div className="faint">{item.evidence}</div>
          </li>
        ))}
      </ul>
    </div>
  )
}
