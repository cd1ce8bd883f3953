import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import type { ReactElement } from 'react'
import { get } from '../../../web/api.ts'
import { useAddress } from '../../../web/session.ts'
import { DataTable } from '../../../web/ui/DataTable.tsx'
import { Empty, Loaded } from '../../../web/ui/states.tsx'
import { moneyText } from '../../../web/ui/values.tsx'
import type { DriveDetail, DriveEntry } from '../contract.ts'

/** Who was asked and who gave, for those who run the drive. */
export function DriveEntries({ drive, give }: { drive: DriveDetail; give: (entry: DriveEntry) => void }): ReactElement {
  const [address, setAddress] = useAddress()
  const entries = useQuery({
    queryKey: ['drive-entries', drive.id, address['q'], address['given'], address['after']],
    queryFn: () =>
      get<{ rows: DriveEntry[]; next: number | null }>(`/api/charity/drives/${drive.id}/entries`, {
        q: address['q'],
        given: address['given'],
        after: address['after'],
      }),
    placeholderData: keepPreviousData,
  })
  return (
    <section className="card">
      <div className="toolbar" role="group" aria-label="名单">
        <Input.Search
          aria-label="查找名单"
          placeholder="姓名或工号"
          defaultValue={address['q'] ?? ''}
          allowClear
          style={{ maxWidth: 220 }}
          onSearch={(q) => setAddress({ q, after: null })}
        />
        {[
          ['', '全部'],
          ['true', '已捐款'],
        ].map(([value, title]) => (
          <Button
            key={value}
            type={(address['given'] ?? '') === value ? 'primary' : 'text'}
            aria-pressed={(address['given'] ?? '') === value}
            onClick={() => setAddress({ given: value!, after: null })}
          >
            {title}
          </Button>
        ))}
      </div>
      <Loaded query={entries}>
        {({ rows, next }) => (
          <>
            <DataTable
              caption="动员名单"
              rows={rows}
              rowKey={(row) => row.no}
              columns={[
                { id: 'who', title: '姓名', lead: true, render: (row) => row.personName },
                { id: 'unit', title: '单位', render: (row) => row.unitName },
                {
                  id: 'fen',
                  title: '捐款（元）',
                  number: true,
                  render: (row) => (row.amountFen ? moneyText(row.amountFen) : ''),
                },
                { id: 'on', title: '日期', width: 110, render: (row) => row.givenOn ?? '' },
              ]}
              {...(drive.state === 'open' && {
                renderActions: (row: DriveEntry) => (
                  <Button size="small" onClick={() => give(row)}>
                    {row.amountFen ? '更正' : '登记捐款'}
                  </Button>
                ),
              })}
              empty={<Empty title="没有符合条件的人">请换一个条件。</Empty>}
            />
            {(next ?? address['after']) && (
              <div className="pager">
                <Button disabled={!address['after']} onClick={() => setAddress({ after: null })}>
                  回到开头
                </Button>
                <Button disabled={!next} onClick={() => setAddress({ after: String(next) })}>
                  下一页
                </Button>
              </div>
            )}
          </>
        )}
      </Loaded>
    </section>
  )
}
