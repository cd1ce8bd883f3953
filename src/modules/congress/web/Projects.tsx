import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState, type ReactElement } from 'react'
import { get, post } from '../../../web/api.ts'
import { today, useMay, useMe, useScope } from '../../../web/session.ts'
import { DataTable } from '../../../web/ui/DataTable.tsx'
import { Card, Facts, Page } from '../../../web/ui/Page.tsx'
import { Empty, Loaded } from '../../../web/ui/states.tsx'
import { StatusTag } from '../../../web/ui/values.tsx'
import type { ProjectShape } from '../contract.ts'
import { OPINION_OUTCOMES, PROJECT_KINDS, RIGHTS, STAGES } from '../words.ts'
import { Ask } from './Ask.tsx'

const listed = (words: readonly string[]) => words.map((value) => ({ value, label: value }))
const open = (project: ProjectShape): number => project.opinions.filter((one) => !one.outcome).length

/** Projects that delegates take part in or supervise, what runs first. */
export function Projects(): ReactElement {
  const { unitId } = useScope()
  const may = useMay()
  const navigate = useNavigate()
  const [asking, setAsking] = useState(false)
  const projects = useQuery({
    queryKey: ['congress', 'projects', unitId],
    queryFn: () =>
      get<{ projects: ProjectShape[] }>('/api/congress/projects', { unitId }).then((answer) => answer.projects),
  })
  return (
    <Page
      title="源头参与和民主监督"
      crumbs={[{ title: '代表大会', to: '/congress' }]}
      help="采购招标、绩效工资、人事制度改革等项目派了谁、提了什么意见、结果怎样，逐项跟到底。"
      actions={
        may('congress.write') && (
          <Button type="primary" onClick={() => setAsking(true)}>
            派代表参与
          </Button>
        )
      }
    >
      <Card flush>
        <DataTable
          caption="项目"
          rows={projects.data}
          rowKey={(row) => row.id}
          columns={[
            {
              id: 'title',
              title: '项目或议题',
              lead: true,
              wrap: true,
              render: (row) => <Link to={`/congress/projects/${row.id}` as never}>{row.title}</Link>,
            },
            { id: 'kind', title: '种类', render: (row) => row.kind },
            { id: 'on', title: '开始', width: 110, render: (row) => row.startedOn },
            { id: 'panel', title: '代表', number: true, render: (row) => row.panel.length },
            { id: 'said', title: '意见', number: true, render: (row) => row.opinions.length },
            {
              id: 'taken',
              title: '采纳',
              number: true,
              render: (row) =>
                row.opinions.filter((one) => one.outcome?.endsWith('采纳') && one.outcome !== '未采纳').length,
            },
            {
              id: 'state',
              title: '状态',
              render: (row) =>
                row.closedOn ? (
                  <StatusTag text={`${row.closedOn} 办结`} tone="good" />
                ) : open(row) ? (
                  <StatusTag text={`${open(row)} 条待处理`} tone="warn" />
                ) : (
                  <StatusTag text="进行中" tone="info" />
                ),
            },
          ]}
          empty={<Empty title="还没有项目">行政研究涉及职工利益的事、招标采购时，派代表参与并在这里跟踪。</Empty>}
        />
      </Card>
      {asking && (
        <Ask
          title="派代表参与"
          okText="登记"
          {...(unitId && { unitId })}
          initial={{ startedOn: today() }}
          questions={[
            { id: 'title', label: '项目或议题', kind: 'text', required: true },
            { id: 'kind', label: '参与种类', kind: 'choice', required: true, options: listed(PROJECT_KINDS) },
            { id: 'right', label: '落实的民主权利', kind: 'choice', options: listed(RIGHTS) },
            { id: 'stage', label: '参与环节', kind: 'choice', options: listed(STAGES) },
            { id: 'startedOn', label: '开始日期', kind: 'date', required: true },
            { id: 'representativeId', label: '牵头的工会代表', kind: 'person', required: true },
            { id: 'personIds', label: '其他代表', kind: 'people' },
          ]}
          work={(values) =>
            post<{ id: number }>('/api/congress/projects', { ...values, unitId }).then(({ id }) =>
              navigate({ to: `/congress/projects/${id}` as never }),
            )
          }
          done="已登记"
          close={() => setAsking(false)}
        />
      )}
    </Page>
  )
}

type Asking = { kind: 'say' | 'close' } | { kind: 'decide'; opinionId: number } | null

/** One project: who was sent, each word with what became of it. */
export function Project(): ReactElement {
  const { id } = useParams({ strict: false }) as { id: string }
  const project = useQuery({
    queryKey: ['congress', 'project', id],
    queryFn: () => get<ProjectShape>(`/api/congress/projects/${id}`),
  })
  return <Loaded query={project}>{(shown) => <Shown project={shown} />}</Loaded>
}

function Shown({ project }: { project: ProjectShape }): ReactElement {
  const may = useMay()
  const me = useMe()
  const queries = useQueryClient()
  const [asking, setAsking] = useState<Asking>(null)
  const write = may('congress.write')
  const own = project.panel.find((one) => one.personId === me.data?.personId)
  const running = project.closedOn === null
  const close = (): void => {
    setAsking(null)
    void queries.invalidateQueries({ queryKey: ['congress'] })
  }
  return (
    <Page
      title={project.title}
      crumbs={[
        { title: '代表大会', to: '/congress' },
        { title: '参与和监督', to: '/congress/projects' },
      ]}
      help={`${project.unitName} · ${project.kind}`}
      actions={
        running && (
          <>
            {write && <Button onClick={() => setAsking({ kind: 'close' })}>办结</Button>}
            {(write || own) && (
              <Button type="primary" onClick={() => setAsking({ kind: 'say' })}>
                登记意见
              </Button>
            )}
          </>
        )
      }
    >
      <Card>
        <Facts
          items={[
            { label: '代表', value: project.panel.map((one) => one.name).join('、') },
            { label: '开始', value: project.startedOn },
            { label: '民主权利', value: project.right },
            { label: '参与环节', value: project.stage },
            { label: '书面报告', value: project.written ? '有' : '没有' },
            { label: '结论', value: project.closedOn && `${project.closedOn}：${project.conclusion}` },
          ]}
        />
      </Card>
      <Card title={`意见（${project.opinions.length}）`} flush>
        <DataTable
          caption="意见"
          rows={project.opinions}
          rowKey={(row) => row.id}
          columns={[
            { id: 'words', title: '意见', lead: true, wrap: true, render: (row) => row.words },
            { id: 'who', title: '提出人', width: 90, render: (row) => row.name },
            { id: 'on', title: '提出', width: 110, render: (row) => row.saidOn },
            {
              id: 'outcome',
              title: '结果',
              width: 100,
              render: (row) => (
                <StatusTag
                  text={row.outcome ?? '研究中'}
                  tone={row.outcome === null ? 'warn' : row.outcome === '未采纳' ? '' : 'good'}
                />
              ),
            },
            {
              id: 'answer',
              title: '答复和改动',
              wrap: true,
              render: (row) => (row.answer ? `${row.decidedOn}　${row.answer}` : ''),
            },
          ]}
          {...(running &&
            write && {
              renderActions: (row: ProjectShape['opinions'][number]) =>
                row.outcome ? null : (
                  <button
                    type="button"
                    className="link"
                    onClick={() => setAsking({ kind: 'decide', opinionId: row.id })}
                  >
                    登记结果
                  </button>
                ),
            })}
          empty={
            <Empty small title="还没有意见">
              代表在现场或会上提的意见，逐条登记，逐条写明结果。
            </Empty>
          }
        />
      </Card>
      {asking?.kind === 'say' && (
        <Ask
          title="登记意见"
          okText="登记"
          initial={{ personId: own?.personId ?? project.representativeId, saidOn: today() }}
          questions={[
            {
              id: 'personId',
              label: '提出人',
              kind: 'choice',
              required: true,
              options: (write ? project.panel : own ? [own] : []).map((one) => ({
                value: one.personId,
                label: one.name,
              })),
            },
            { id: 'words', label: '意见', kind: 'long', required: true },
            { id: 'saidOn', label: '提出日期', kind: 'date', required: true },
          ]}
          work={(values) => post(`/api/congress/projects/${project.id}/opinions`, values)}
          done="已登记"
          close={close}
        />
      )}
      {asking?.kind === 'decide' && (
        <Ask
          title="登记处理结果"
          okText="登记"
          initial={{ decidedOn: today() }}
          questions={[
            { id: 'outcome', label: '处理结果', kind: 'choice', required: true, options: listed(OPINION_OUTCOMES) },
            {
              id: 'answer',
              label: '答复和改动',
              kind: 'long',
              required: true,
              help: '采纳的写明改了什么，未采纳的写明理由',
            },
            { id: 'decidedOn', label: '处理日期', kind: 'date', required: true },
          ]}
          work={(values) => post(`/api/congress/opinions/${asking.opinionId}/decide`, values)}
          done="已登记"
          close={close}
        />
      )}
      {asking?.kind === 'close' && (
        <Ask
          title="办结项目"
          okText="办结"
          note="每条意见都有结果以后才能办结；办结后不能再改。"
          initial={{ closedOn: today() }}
          questions={[
            { id: 'conclusion', label: '结论', kind: 'long', required: true },
            { id: 'closedOn', label: '办结日期', kind: 'date', required: true },
            { id: 'written', label: '就职工切身利益问题提交了书面报告', kind: 'check' },
          ]}
          work={(values) => post(`/api/congress/projects/${project.id}/close`, values)}
          done="已办结"
          close={close}
        />
      )}
    </Page>
  )
}
