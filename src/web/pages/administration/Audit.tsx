import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useEffect, useState, type ReactElement } from 'react'
import { get } from '../../api.ts'
import { useAddress } from '../../session.ts'
import type { AuditRow } from '../../shapes.ts'
import { FilterForm } from '../../ui/FilterForm.tsx'
import { DataTable } from '../../ui/DataTable.tsx'
import { Page } from '../../ui/Page.tsx'
import { Empty, Loaded } from '../../ui/states.tsx'
import { timeText } from '../../ui/values.tsx'

interface LogPage {
  entries: (AuditRow & { unitName: string | null; objectKind: string; objectId: number | null })[]
  next: number | null
}

/** Who did what: written in the same transaction as the deed, never edited. */
export function Audit(): ReactElement {
  const [address, setAddress] = useAddress()
  const inAddress = address['q'] ?? ''
  const [text, setText] = useState(inAddress)
  useEffect(() => setText(inAddress), [inAddress])
  const filter = { text: address['q'], from: address['from'], to: address['to'] }
  const log = useInfiniteQuery({
    queryKey: ['audit', filter],
    queryFn: ({ pageParam }) => get<LogPage>('/api/audit', { ...filter, before: pageParam }),
    initialPageParam: null as number | null,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  })
  return (
    <Page title="操作日志" help="谁、在什么职务上、什么时候、做了什么。日志只能查看，不能修改或删除。">
      <FilterForm
        chosen={['from', 'to'].filter((name) => address[name]).length}
        submit={() => setAddress({ q: text.trim() })}
        reset={() => {
          setText('')
          setAddress({ q: null, from: null, to: null })
        }}
      >
        <label className="lead">
          内容或操作人
          <input className="control" type="search" value={text} onChange={(event) => setText(event.target.value)} />
        </label>
        <label>
          从
          <input
            className="control"
            type="date"
            value={address['from'] ?? ''}
            onChange={(event) => setAddress({ from: event.target.value })}
          />
        </label>
        <label>
          到
          <input
            className="control"
            type="date"
            value={address['to'] ?? ''}
            onChange={(event) => setAddress({ to: event.target.value })}
          />
        </label>
      </FilterForm>
      <Loaded query={log}>
        {(pages) => (
          <section className="card">
            <DataTable
              caption="操作日志"
              rows={pages.pages.flatMap((page) => page.entries)}
              rowKey={(row) => row.id}
              density="compact"
              columns={[
                {
                  id: 'at',
                  title: '时间',
                  width: 140,
                  render: (row) => <span className="nowrap">{timeText(row.at)}</span>,
                },
                { id: 'who', title: '操作人', render: (row) => row.actorName },
                { id: 'office', title: '职务', render: (row) => row.office },
                { id: 'unit', title: '单位', render: (row) => row.unitName ?? '' },
                { id: 'what', title: '内容', lead: true, wrap: true, render: (row) => row.summary },
              ]}
              empty={<Empty title="没有符合条件的日志">换个条件再查。</Empty>}
            />
            {log.hasNextPage && (
              <div className="pager" style={{ justifyContent: 'center' }}>
                <Button loading={log.isFetchingNextPage} onClick={() => void log.fetchNextPage()}>
                  再看 50 条
                </Button>
              </div>
            )}
          </section>
        )}
      </Loaded>
    </Page>
  )
}
