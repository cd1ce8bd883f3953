import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button, Select } from 'antd'
import type { ReactElement } from 'react'
import { get } from '../../../web/api.ts'
import { useAddress } from '../../../web/session.ts'
import { DataTable } from '../../../web/ui/DataTable.tsx'
import { Empty, Loaded } from '../../../web/ui/states.tsx'
import { StatusTag } from '../../../web/ui/values.tsx'
import { STATES, type ItemState } from '../words.ts'
import type { Item } from './shapes.ts'

export const ItemTag = ({ state }: { state: ItemState }): ReactElement => (
  <StatusTag text={STATES[state][0]} tone={STATES[state][1]} />
)

/** Items of the unit and below, by state. */
export function ItemsTab({ unitId }: { unitId: number }): ReactElement {
  const [address, setAddress] = useAddress()
  const { state, before } = address
  const items = useQuery({
    queryKey: ['openness', 'items', unitId, state, before],
    queryFn: () => get<{ items: Item[]; next: number | null }>('/api/openness/items', { unitId, state, before }),
  })
  return (
    <>
      <div className="toolbar">
        <Select
          aria-label="状态"
          style={{ width: 140 }}
          value={state ?? ''}
          options={[
            { value: '', label: '全部状态' },
            ...Object.entries(STATES).map(([value, [label]]) => ({ value, label })),
          ]}
          onChange={(value) => setAddress({ state: value, before: null })}
        />
      </div>
      <Loaded query={items}>
        {({ items: rows, next }) => (
          <>
            <DataTable
              caption="公开事项"
              rows={rows}
              rowKey={(row) => row.id}
              columns={[
                {
                  id: 'title',
                  title: '公开内容',
                  lead: true,
                  wrap: true,
                  render: (row) => <Link to={`/openness/items/${row.id}` as never}>{row.title}</Link>,
                },
                { id: 'unit', title: '单位', render: (row) => row.unitName },
                { id: 'category', title: '类别', render: (row) => `${row.kind} · ${row.category}` },
                { id: 'days', title: '公开期间', width: 190, render: (row) => `${row.fromOn} 至 ${row.untilOn}` },
                {
                  id: 'asked',
                  title: '意见',
                  number: true,
                  render: (row) =>
                    row.unanswered ? <StatusTag text={`${row.unanswered} 条待答复`} tone="warn" /> : row.asked || '',
                },
                { id: 'state', title: '状态', width: 90, render: (row) => <ItemTag state={row.state} /> },
              ]}
              empty={<Empty title="没有公开事项">起草一项，或先到“公开目录”确定本单位应当公开什么。</Empty>}
            />
            {next && (
              <div className="toolbar">
                <Button onClick={() => setAddress({ before: next })}>更早的</Button>
              </div>
            )}
          </>
        )}
      </Loaded>
    </>
  )
}
