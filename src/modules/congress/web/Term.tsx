import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState, type ReactElement } from 'react'
import { get, post, put } from '../../../web/api.ts'
import { today } from '../../../web/session.ts'
import { DataTable } from '../../../web/ui/DataTable.tsx'
import { Card, Facts, Page } from '../../../web/ui/Page.tsx'
import { Empty, Loaded } from '../../../web/ui/states.tsx'
import { Tabs } from '../../../web/ui/Tabs.tsx'
import { StatusTag } from '../../../web/ui/values.tsx'
import { CATEGORIES, FORMS, KINDS, PANELS } from '../words.ts'
import { Ask, optionsOf, type Question } from './Ask.tsx'
import { ImportDelegates } from './ImportDelegates.tsx'
import type { Delegate, Panel, TermDetail } from './shapes.ts'
import { SessionState, StandingTag } from './tags.tsx'

type Asking =
  | { kind: 'units' }
  | { kind: 'elect' }
  | { kind: 'end'; delegate: Delegate }
  | { kind: 'replace'; delegate: Delegate }
  | { kind: 'panel'; panel: Panel | null }
  | { kind: 'import' }

/** A term: its delegates, electoral units, delegations, sessions and resolutions. */
export function Term(): ReactElement {
  const { id } = useParams({ strict: false }) as { id: string }
  const term = useQuery({
    queryKey: ['congress', 'term', id],
    queryFn: () => get<TermDetail>(`/api/congress/terms/${id}`),
  })
  return <Loaded query={term}>{(detail) => <Detail detail={detail} />}</Loaded>
}

function Detail({ detail }: { detail: TermDetail }): ReactElement {
  const { term, may, constituencies, delegates } = detail
  const queries = useQueryClient()
  const [asking, setAsking] = useState<Asking | null>(null)
  const title = `第${term.ordinal}届${KINDS[term.kind]}`
  const write = may.write && !term.endedOn
  const seated = delegates.filter((one) => !one.toOn)
  const close = (): void => {
    setAsking(null)
    void queries.invalidateQueries({ queryKey: ['congress'] })
  }
  return (
    <Page
      title={title}
      crumbs={[{ title: '职代会与会员代表大会', to: '/congress' }]}
      help={`${term.unitName}，任期 ${term.startsOn} 至 ${term.dueOn}${term.endedOn ? `，${term.endedOn} 已换届` : ''}`}
      actions={
        <>
          <Button href={`/api/congress/terms/${term.id}/roster`} target="_blank">
            打印代表名册
          </Button>
          {may.export && <Button href={`/api/congress/terms/${term.id}/delegates.xlsx`}>导出代表名单</Button>}
        </>
      }
    >
      <Tabs
        tabs={[
          {
            id: 'delegates',
            title: `代表 ${seated.length}`,
            render: () => (
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
                    <Button
                      type="primary"
                      disabled={constituencies.length === 0}
                      onClick={() => setAsking({ kind: 'elect' })}
                    >
                      登记当选代表
                    </Button>
                    <Button disabled={constituencies.length === 0} onClick={() => setAsking({ kind: 'import' })}>
                      按表导入
                    </Button>
                    {constituencies.length === 0 && (
                      <span className="faint">请先在“选举单位”里划定选举单位和名额。</span>
                    )}
                  </div>
                )}
                <Card flush>
                  <DataTable
                    caption="代表"
                    rows={delegates}
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
                            <button
                              type="button"
                              className="link"
                              onClick={() => setAsking({ kind: 'replace', delegate: row })}
                            >
                              替换
                            </button>
                            <button
                              type="button"
                              className="link danger"
                              onClick={() => setAsking({ kind: 'end', delegate: row })}
                            >
                              终止
                            </button>
                          </>
                        ),
                    })}
                    empty={<Empty title="还没有代表">由各选举单位选出后在这里登记，也可以按表导入。</Empty>}
                  />
                </Card>
              </>
            ),
          },
          {
            id: 'units',
            title: '选举单位',
            render: () => (
              <Card
                flush
                title="选举单位与名额"
                aside={write && <Button onClick={() => setAsking({ kind: 'units' })}>划定选举单位</Button>}
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
                  empty={
                    <Empty title="还没有划定选举单位">按车间、科室或分会划定，写明人数；名额可以按人数自动分配。</Empty>
                  }
                />
              </Card>
            ),
          },
          {
            id: 'panels',
            title: '团组',
            render: () => (
              <>
                {write && (
                  <div className="toolbar">
                    <Button onClick={() => setAsking({ kind: 'panel', panel: null })}>建立代表团、小组或主席团</Button>
                    <span className="faint">
                      负责人都是代表；联席会议由团（组）长、专门小组负责人、主席团和工会委员会组成。
                    </span>
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
                        <button type="button" className="link" onClick={() => setAsking({ kind: 'panel', panel })}>
                          修改
                        </button>
                      )
                    }
                  >
                    <span className="row" style={{ gap: '4px 16px' }}>
                      {panel.members.map((member) => (
                        <span key={member.delegateId}>
                          {member.head ? <b>{member.name}（负责人）</b> : member.name}
                        </span>
                      ))}
                    </span>
                  </Card>
                ))}
              </>
            ),
          },
          {
            id: 'sessions',
            title: '会议与决议',
            render: () => (
              <>
                <Card title="会议" flush>
                  <DataTable
                    caption="会议"
                    rows={detail.sessions}
                    rowKey={(row) => row.id}
                    columns={[
                      {
                        id: 'title',
                        title: '会议',
                        lead: true,
                        wrap: true,
                        render: (row) => <Link to={`/congress/sessions/${row.id}` as never}>{row.title}</Link>,
                      },
                      { id: 'form', title: '种类', render: (row) => FORMS[row.form] },
                      { id: 'on', title: '日期', width: 120, render: (row) => row.startsOn },
                      { id: 'state', title: '状态', width: 100, render: (row) => <SessionState state={row.state} /> },
                    ]}
                    empty={<Empty title="本届还没有会议" small />}
                  />
                </Card>
                <Card title="决议" flush>
                  <DataTable
                    caption="决议"
                    rows={detail.resolutions}
                    rowKey={(row) => row.id}
                    columns={[
                      { id: 'title', title: '决议', lead: true, wrap: true, render: (row) => row.title },
                      { id: 'passed', title: '通过', width: 110, render: (row) => row.passedOn },
                      { id: 'effective', title: '施行', width: 110, render: (row) => row.effectiveOn },
                      { id: 'standing', title: '状态', render: (row) => <StandingTag standing={row.standing} /> },
                    ]}
                    empty={<Empty title="本届还没有决议" small />}
                  />
                </Card>
              </>
            ),
          },
        ]}
      />
      {asking && <TermDialog asking={asking} detail={detail} close={close} />}
    </Page>
  )
}

function TermDialog({
  asking,
  detail,
  close,
}: {
  asking: Asking
  detail: TermDetail
  close: () => void
}): ReactElement {
  const { term, constituencies, delegates } = detail
  const about: Question[] = [
    { id: 'category', label: '人员类别', kind: 'choice', required: true, options: optionsOf(CATEGORIES) },
    { id: 'votes', label: '得票数', kind: 'number' },
    { id: 'dispatched', label: '劳务派遣工', kind: 'check' },
  ]
  const person: Question = { id: 'personId', label: '当选人', kind: 'person', required: true }
  const ending: Question[] = [
    { id: 'toOn', label: '终止日期', kind: 'date', required: true },
    { id: 'reason', label: '原因', kind: 'text', required: true, help: '如调离选举单位、劳动合同终止、退休、被罢免' },
  ]
  if (asking.kind === 'import') return <ImportDelegates unitId={term.unitId} close={close} />
  if (asking.kind === 'units')
    return (
      <Ask
        title="划定选举单位"
        okText="保存"
        note={`名额共 ${term.seats} 个。每行一个选举单位：名称 人数 名额；名额都不写时，按人数分配（先取整，余数大的优先，每单位至少一名）。`}
        initial={{ lines: constituencies.map((one) => `${one.name} ${one.people} ${one.seats}`).join('\n') }}
        questions={[
          { id: 'lines', label: '选举单位', kind: 'long', required: true, help: '可以从表格里复制两三列粘贴' },
        ]}
        work={({ lines }) =>
          put(`/api/congress/terms/${term.id}/constituencies`, {
            constituencies: String(lines)
              .split('\n')
              .map((line) => line.trim().split(/[\s,，]+/))
              .filter((parts) => parts[0])
              .map(([name, people, seats]) => ({
                name,
                people: Number(people),
                ...(seats && { seats: Number(seats) }),
              })),
          })
        }
        done="已保存"
        close={close}
      />
    )
  if (asking.kind === 'elect')
    return (
      <Ask
        title="登记当选代表"
        okText="登记"
        unitId={term.unitId}
        initial={{ electedOn: today() }}
        questions={[
          {
            id: 'constituencyId',
            label: '选举单位',
            kind: 'choice',
            required: true,
            options: constituencies.map((one) => ({
              value: one.id,
              label: `${one.name}（${one.seated}/${one.seats}）`,
            })),
          },
          person,
          { id: 'electedOn', label: '当选日期', kind: 'date', required: true },
          ...about,
        ]}
        work={({ electedOn, ...delegate }) =>
          post(`/api/congress/terms/${term.id}/delegates`, { electedOn, delegates: [delegate] })
        }
        done="已登记"
        close={close}
      />
    )
  if (asking.kind === 'end')
    return (
      <Ask
        title={`终止${asking.delegate.name}的代表资格`}
        okText="终止"
        danger
        initial={{ toOn: today() }}
        questions={ending}
        work={(values) => post(`/api/congress/delegates/${asking.delegate.id}/end`, values)}
        done="已终止"
        close={close}
      />
    )
  if (asking.kind === 'replace')
    return (
      <Ask
        title={`替换${asking.delegate.name}`}
        okText="替换"
        unitId={term.unitId}
        note={`由原选举单位“${asking.delegate.constituency}”补选。`}
        initial={{ toOn: today() }}
        questions={[...ending, person, ...about]}
        work={({ toOn, reason, ...successor }) =>
          post(`/api/congress/delegates/${asking.delegate.id}/replace`, { toOn, reason, successor })
        }
        done="已替换"
        close={close}
      />
    )
  const panel = asking.panel
  const seats = delegates
    .filter((one) => !one.toOn)
    .map((one) => ({ value: one.id, label: `${one.name}（${one.constituency}）` }))
  return (
    <Ask
      title={panel ? `修改${panel.name}` : '建立代表团、小组或主席团'}
      okText="保存"
      initial={
        panel
          ? {
              kind: panel.kind,
              name: panel.name,
              delegateIds: panel.members.map((one) => one.delegateId),
              headId: panel.members.find((one) => one.head)?.delegateId,
            }
          : { kind: 'delegation' }
      }
      questions={[
        { id: 'kind', label: '种类', kind: 'choice', required: true, options: optionsOf(PANELS) },
        { id: 'name', label: '名称', kind: 'text', required: true },
        { id: 'delegateIds', label: '成员', kind: 'many', required: true, options: seats },
        { id: 'headId', label: '负责人', kind: 'choice', options: seats },
      ]}
      work={(values) =>
        panel
          ? put(`/api/congress/terms/${term.id}/panels/${panel.id}`, values)
          : post(`/api/congress/terms/${term.id}/panels`, values)
      }
      done="已保存"
      close={close}
    />
  )
}
