import { Button } from 'antd'
import type { ReactElement } from 'react'
import { DataTable } from '../../../web/ui/DataTable.tsx'
import { Card } from '../../../web/ui/Page.tsx'
import { Empty } from '../../../web/ui/states.tsx'
import { PANELS } from '../words.ts'
import type { TermDetail } from './shapes.ts'
import type { AskingOfTerm } from './term-dialogs.tsx'

/** Electoral units with the seats they fill. */
export function Constituencies({
  detail,
  write,
  ask,
}: {
  detail: TermDetail
  write: boolean
  ask: (asking: AskingOfTerm) => void
}): ReactElement {
  const { constituencies } = detail
  return (
    <Card
      flush
      title="选举单位与名额"
      aside={write && <Button onClick={() => ask({ kind: 'units' })}>划定选举单位</Button>}
    >
      <DataTable
        caption="选举单位"
        rows={constituencies}
        rowKey={(row) => row.id}
        columns={[
          { id: 'name', title: '选举单位', lead: true, render: (row) => row.name },
          { id: 'people', title: '人数', number: true, width: 100, render: (row) => row.people },
          { id: 'seats', title: '名额', number: true, width: 100, render: (row) => row.seats },
          { id: 'seated', title: '现有代表', number: true, width: 100, render: (row) => row.seated },
        ]}
        empty={<Empty title="还没有划定选举单位">按车间、科室或分会划定，写明人数；名额可以按人数自动分配。</Empty>}
      />
    </Card>
  )
}

/** Delegations, committees and the presidium with their heads. */
export function Panels({
  detail,
  write,
  ask,
}: {
  detail: TermDetail
  write: boolean
  ask: (asking: AskingOfTerm) => void
}): ReactElement {
  return (
    <>
      {write && (
        <div className="toolbar">
          <Button onClick={() => ask({ kind: 'panel', panel: null })}>建立代表团、小组或主席团</Button>
          <span className="faint">负责人都是代表；联席会议由团（组）长、专门小组负责人、主席团和工会委员会组成。</span>
        </div>
      )}
      {detail.panels.length === 0 && (
        <Card>
          <Empty title="还没有团组">先建立代表团（组）并确定团长，闭会期间才能召开联席会议。</Empty>
        </Card>
      )}
      {detail.panels.map((panel) => (
        <Card
          key={panel.id}
          title={`${panel.name}（${PANELS[panel.kind]}，${panel.members.length} 人）`}
          aside={
            write && (
              <button type="button" className="link" onClick={() => ask({ kind: 'panel', panel })}>
                修改
              </button>
            )
          }
        >
          <span className="row" style={{ gap: '4px 16px' }}>
            {panel.members.map((member) => (
              <span key={member.delegateId}>{member.head ? <b>{member.name}（负责人）</b> : member.name}</span>
            ))}
          </span>
        </Card>
      ))}
    </>
  )
}
