import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState, type ReactElement } from 'react'
import { get } from '../../../web/api.ts'
import { today } from '../../../web/session.ts'
import { DataTable } from '../../../web/ui/DataTable.tsx'
import { Card, Page } from '../../../web/ui/Page.tsx'
import { Empty, Loaded } from '../../../web/ui/states.tsx'
import { StatusTag } from '../../../web/ui/values.tsx'
import { AskCall } from './AskCall.tsx'
import { useRefresh } from './Deeds.tsx'
import { AskBox, AskDepartment } from './settings-dialogs.tsx'
import { useOptions, type CallShape, type DepartmentShape, type Options } from './shapes.ts'

interface Box {
  id: number
  code: string
  place: string
  openedOn: string
}
type Asking = { kind: 'call' } | { kind: 'department'; of?: DepartmentShape } | { kind: 'box' }

/** Drives, handling departments, boxes: what a union sets up once. */
export function Settings(): ReactElement {
  const options = useOptions()
  return <Loaded query={options}>{(known) => <Shown options={known} />}</Loaded>
}

function Shown({ options }: { options: Options }): ReactElement {
  const [asking, setAsking] = useState<Asking | null>(null)
  const refresh = useRefresh()
  const boxes = useQuery({
    queryKey: ['motions', 'boxes', options.unitId],
    queryFn: () =>
      get<{ boxes: Box[] }>('/api/motion-boxes', { unitId: options.unitId }).then((answer) => answer.boxes),
    enabled: options.may.sort,
  })
  const close = (): void => {
    setAsking(null)
    refresh()
  }
  const calls = [
    ...options.calls.map((call) => ({ ...call, kind: '提案' })),
    ...options.drives.map((call) => ({ ...call, kind: '合理化建议' })),
  ]
  return (
    <Page
      title="征集与承办部门"
      crumbs={[{ title: '提案', to: '/motions' }]}
      help="每次大会前发起征集；承办部门登记一次即可。"
    >
      <div className="stack" style={{ gap: 14 }}>
        <Card
          title="征集"
          aside={options.may.supervise && <Button onClick={() => setAsking({ kind: 'call' })}>发起征集</Button>}
          flush
        >
          <DataTable<CallShape & { kind: string }>
            caption="征集"
            rows={calls}
            rowKey={(row) => row.id}
            columns={[
              {
                id: 'session',
                title: '届次或活动',
                lead: true,
                render: (row) =>
                  row.sessionId ? (
                    <Link to={`/congress/sessions/${row.sessionId}` as never}>{row.session}</Link>
                  ) : (
                    row.session
                  ),
              },
              { id: 'kind', title: '种类', width: 110, render: (row) => row.kind },
              { id: 'days', title: '征集期', render: (row) => `${row.opensOn} 至 ${row.closesOn}` },
              { id: 'meets', title: '大会开幕', width: 110, render: (row) => row.meetsOn ?? '' },
              { id: 'seconders', title: '附议人不少于', number: true, render: (row) => `${row.minSeconders} 名` },
              { id: 'reply', title: '答复期限', number: true, render: (row) => `${row.replyDays} 个工作日` },
              {
                id: 'state',
                title: '状态',
                width: 100,
                render: (row) => (
                  <StatusTag
                    text={row.open ? '征集中' : row.opensOn > today() ? '未开始' : '已截止'}
                    tone={row.open ? 'good' : ''}
                  />
                ),
              },
            ]}
            empty={<Empty title="还没有发起过征集">没有征集时，提案按“闭会期间”随时受理。</Empty>}
          />
        </Card>
        <Card
          title="承办部门"
          aside={options.may.supervise && <Button onClick={() => setAsking({ kind: 'department' })}>新增部门</Button>}
          flush
        >
          <DataTable<DepartmentShape>
            caption="承办部门"
            rows={options.departments}
            rowKey={(row) => row.id}
            columns={[
              { id: 'name', title: '部门', lead: true, render: (row) => row.name },
              { id: 'head', title: '负责人（收到待办）', render: (row) => row.headName ?? '' },
              { id: 'unit', title: '对应单位', render: (row) => row.linkedUnitName ?? '' },
              {
                id: 'who',
                title: '谁来答复',
                render: (row) => (row.headName ? '负责人本人' : row.linkedUnitName ? '该单位工会负责人' : '工会代录'),
              },
            ]}
            renderActions={(row) =>
              options.may.supervise && (
                <button type="button" className="link" onClick={() => setAsking({ kind: 'department', of: row })}>
                  修改
                </button>
              )
            }
            empty={<Empty title="还没有承办部门">登记部门和负责人，交办后负责人手机上就能答复。</Empty>}
          />
        </Card>
        {options.may.sort && (
          <Card title="意见箱" aside={<Button onClick={() => setAsking({ kind: 'box' })}>新设意见箱</Button>} flush>
            <DataTable<Box>
              caption="意见箱"
              rows={boxes.data}
              rowKey={(row) => row.id}
              columns={[
                { id: 'place', title: '位置', lead: true, render: (row) => row.place },
                {
                  id: 'link',
                  title: '投递地址',
                  wrap: true,
                  render: (row) => (
                    <a
                      href={`/box/${row.code}`}
                      target="_blank"
                      rel="noreferrer"
                    >{`${window.location.origin}/box/${row.code}`}</a>
                  ),
                },
                { id: 'opened', title: '启用', width: 110, render: (row) => row.openedOn },
              ]}
              renderActions={(row) => <Link to={`/motions/boxes/${row.id}/sheet` as never}>打印张贴纸</Link>}
              empty={
                <Empty title="没有网上意见箱">设一个，职工不登录、不署名也能投意见；系统不记录投递人的任何信息。</Empty>
              }
            />
          </Card>
        )}
      </div>
      {asking?.kind === 'call' && <AskCall options={options} close={close} />}
      {asking?.kind === 'department' && (
        <AskDepartment unitId={options.unitId} {...(asking.of && { of: asking.of })} close={close} />
      )}
      {asking?.kind === 'box' && <AskBox unitId={options.unitId} close={close} />}
    </Page>
  )
}
