import { Button } from 'antd'
import type { ReactElement } from 'react'
import { DataTable } from '../../../web/ui/DataTable.tsx'
import { Card, Facts } from '../../../web/ui/Page.tsx'
import { Empty } from '../../../web/ui/states.tsx'
import { ShortList } from '../../../web/ui/ShortList.tsx'
import { StatusTag } from '../../../web/ui/values.tsx'
import { CATEGORIES } from '../words.ts'
import type { Delegate, TermDetail } from './shapes.ts'
import type { AskingOfTerm } from './term-dialogs.tsx'

/** Number and make-up of the delegates against the articles, and the delegates themselves. */
export function Delegates({
  detail,
  write,
  ask,
}: {
  detail: TermDetail
  write: boolean
  ask: (asking: AskingOfTerm) => void
}): ReactElement {
  const { term, constituencies, delegates } = detail
  const seated = delegates.filter((one) => !one.toOn)
  return (
    <>
      <Card>
        <Facts
          items={[
            { label: '代表名额', value: `${term.seats} 人` },
            { label: '现有代表', value: `${seated.length} 人，空缺 ${term.seats - seated.length} 人` },
            {
              label: term.body === 'staff' ? '职工人数' : '会员人数',
              value: `${term.people} 人，其中女 ${term.women} 人`,
            },
            { label: '批复文号', value: term.document },
          ]}
        />
        <ul className="stack" style={{ gap: 8, marginTop: 12 }}>
          {detail.checks.map((check) => (
            <li key={check.title}>
              <StatusTag text={check.holds ? '符合' : '提醒'} tone={check.holds ? 'good' : 'warn'} />{' '}
              <b>{check.title}</b>　{check.words}
              <span className="faint">
                　依据：{check.article}
                {check.verification === 'memory' && '（依据待核，只作提醒）'}
              </span>
            </li>
          ))}
        </ul>
      </Card>
      {write && (
        <div className="toolbar">
          <Button type="primary" disabled={constituencies.length === 0} onClick={() => ask({ kind: 'elect' })}>
            登记当选代表
          </Button>
          <Button disabled={constituencies.length === 0} onClick={() => ask({ kind: 'import' })}>
            按表导入
          </Button>
          {constituencies.length === 0 && <span className="faint">请先在“选举单位”里划定选举单位和名额。</span>}
        </div>
      )}
      <ShortList
        rows={delegates}
        label="查找姓名或选举单位"
        matches={(row, text) => row.name.includes(text) || row.constituency.includes(text) || row.staffNo === text}
      >
        {(shown) => (
          <Card flush>
            <DataTable
              caption="代表"
              rows={shown}
              rowKey={(row) => row.id}
              columns={[
                { id: 'name', title: '姓名', lead: true, width: 100, render: (row) => row.name },
                { id: 'from', title: '选举单位', render: (row) => row.constituency },
                {
                  id: 'category',
                  title: '类别',
                  render: (row) => `${CATEGORIES[row.category]}${row.dispatched ? '（劳务派遣）' : ''}`,
                },
                {
                  id: 'gender',
                  title: '性别',
                  width: 60,
                  render: (row) => (row.gender === 'f' ? '女' : row.gender === 'm' ? '男' : ''),
                },
                { id: 'elected', title: '当选', width: 110, render: (row) => row.fromOn },
                { id: 'votes', title: '得票', number: true, width: 70, render: (row) => row.votes ?? '' },
                {
                  id: 'state',
                  title: '状态',
                  wrap: true,
                  render: (row) =>
                    row.toOn ? (
                      <StatusTag text={`${row.toOn} 终止：${row.endReason}`} />
                    ) : (
                      <StatusTag text={row.replacesName ? `接替${row.replacesName}` : '在任'} tone="good" />
                    ),
                },
              ]}
              {...(write && {
                renderActions: (row: Delegate) =>
                  row.toOn ? null : (
                    <>
                      <button type="button" className="link" onClick={() => ask({ kind: 'replace', delegate: row })}>
                        替换
                      </button>
                      <button type="button" className="link danger" onClick={() => ask({ kind: 'end', delegate: row })}>
                        终止
                      </button>
                    </>
                  ),
              })}
              empty={<Empty title="还没有代表">由各选举单位选出后在这里登记，也可以按表导入。</Empty>}
            />
          </Card>
        )}
      </ShortList>
    </>
  )
}
