import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { get } from '../../api.ts'
import { path } from '../../path.ts'
import { today, useAddress, useScope } from '../../session.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { Card, Page } from '../../ui/Page.tsx'
import { Empty, Loaded } from '../../ui/states.tsx'
import { numberText } from '../../ui/values.tsx'
import type { Statistics } from './shapes.ts'

/** Heads by unit, tag and age as they stood on any day. */
export function MemberStatistics(): ReactElement {
  const [address, setAddress] = useAddress()
  const { unitId, unitName } = useScope()
  const onDate = address['on'] ?? today()
  const statistics = useQuery({
    queryKey: ['members', 'statistics', unitId, onDate],
    queryFn: () => get<Statistics>('/api/members/statistics', { unitId, onDate }),
    enabled: unitId > 0,
  })
  const share = (part: number, whole: number): string => (whole ? `${((part / whole) * 100).toFixed(1)}%` : '')
  return (
    <Page
      title="会员人数统计"
      crumbs={[{ title: '会员', to: path.members }]}
      help={`${unitName}及下级单位，按所选日期当天的会籍、标签和隶属关系统计。`}
      actions={<Button onClick={() => window.print()}>打印</Button>}
    >
      <div className="card toolbar">
        <label className="row">
          统计日期
          <input
            className="control"
            type="date"
            style={{ width: 'auto' }}
            value={onDate}
            max={today()}
            onChange={(event) => setAddress({ on: event.target.value })}
          />
        </label>
      </div>
      <Loaded query={statistics}>
        {(all) => (
          <>
            <section className="card key-figures">
              {[
                ['会员', all.total, ''],
                ['女会员', all.women, share(all.women, all.total)],
                ['保留会籍', all.retained, ''],
              ].map(([title, people, note]) => (
                <div key={title} style={{ padding: '12px 16px' }}>
                  <span className="faint">{title}</span>
                  <b>
                    {numberText(Number(people))}
                    <small>人 {note}</small>
                  </b>
                </div>
              ))}
            </section>
            <Card title="按单位" flush>
              <DataTable
                caption="按单位"
                // The union's own line is empty where all its members belong to a branch.
                rows={all.byUnit.filter((row) => row.people > 0)}
                rowKey={(row) => row.unitId}
                columns={[
                  { id: 'unit', title: '单位（含下级）', lead: true, render: (row) => row.name },
                  { id: 'people', title: '会员', number: true, render: (row) => numberText(row.people) },
                  { id: 'women', title: '女会员', number: true, render: (row) => numberText(row.women) },
                  { id: 'share', title: '女会员占比', number: true, render: (row) => share(row.women, row.people) },
                ]}
                empty={<Empty title="没有会员" small />}
              />
            </Card>
            <div className="split">
              <Card title="按身份标签" flush>
                <DataTable
                  caption="按身份标签"
                  rows={all.byTag}
                  rowKey={(row) => row.tag}
                  columns={[
                    { id: 'tag', title: '标签', lead: true, render: (row) => row.tag },
                    { id: 'people', title: '人数', number: true, render: (row) => numberText(row.people) },
                  ]}
                  empty={<Empty title="没有标签" small />}
                />
              </Card>
              <Card title="按年龄" flush>
                <DataTable
                  caption="按年龄"
                  rows={all.byAge}
                  rowKey={(row) => row.from ?? -1}
                  columns={[
                    {
                      id: 'age',
                      title: '年龄',
                      lead: true,
                      render: (row) => (row.from === null ? '出生日期不详' : `${row.from}–${row.to} 岁`),
                    },
                    { id: 'people', title: '人数', number: true, render: (row) => numberText(row.people) },
                    { id: 'women', title: '其中女', number: true, render: (row) => numberText(row.women) },
                  ]}
                  empty={<Empty title="没有会员" small />}
                />
              </Card>
            </div>
          </>
        )}
      </Loaded>
    </Page>
  )
}
