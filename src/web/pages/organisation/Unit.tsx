import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState, type ReactElement } from 'react'
import { UNION_KINDS } from '../../../modules/organisation/types.ts'
import { get } from '../../api.ts'
import { path } from '../../path.ts'
import { useMay, useScope } from '../../session.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { Facts, Page } from '../../ui/Page.tsx'
import { Empty, Loaded } from '../../ui/states.tsx'
import { Tabs } from '../../ui/Tabs.tsx'
import { unitTypeTitle } from '../../ui/unit-types.ts'
import { UnitTree } from '../../ui/UnitTree.tsx'
import { numberText } from '../../ui/values.tsx'
import { Changes } from './Changes.tsx'
import type { UnitDetail } from './shapes.ts'
import { Standing } from './Standing.tsx'
import { Terms } from './Terms.tsx'
import { AddHeadcount, AddUnit, EditProfile } from './unit-dialogs.tsx'

type Asking = 'add' | 'profile' | 'headcount'

export function Unit(): ReactElement {
  const { id } = useParams({ strict: false }) as { id: string }
  return <UnitPage id={Number(id)} />
}

/** A unit: what it is, who is above and below, its profile for the report, its headcounts, its history. */
export function UnitPage({ id }: { id: number }): ReactElement {
  const navigate = useNavigate()
  const queries = useQueryClient()
  const may = useMay()
  const { year } = useScope()
  const [asking, setAsking] = useState<Asking | null>(null)
  const unit = useQuery({
    queryKey: ['unit', id, year],
    queryFn: () => get<UnitDetail>(`/api/units/${id}`, { year }),
    enabled: id > 0,
  })
  const close = (): void => {
    setAsking(null)
    for (const key of ['unit', 'units', 'headcounts']) void queries.invalidateQueries({ queryKey: [key] })
  }
  const write = may('organisation.write')
  return (
    <Page
      title={unit.data?.name ?? '组织机构'}
      crumbs={[
        { title: '组织机构', to: path.units },
        ...(unit.data?.path ?? [])
          .filter((step) => step.id !== id)
          .map((step) => ({ title: step.name, to: path.unit(step.id) })),
      ]}
      help={unit.data && `${unitTypeTitle(unit.data.type)} · 编号 ${unit.data.code}`}
      actions={
        write &&
        unit.data && (
          <>
            <Button onClick={() => setAsking('profile')}>填写工会概况</Button>
            <Button onClick={() => setAsking('headcount')}>登记职工人数</Button>
            <Button type="primary" onClick={() => setAsking('add')}>
              新建下级单位
            </Button>
          </>
        )
      }
    >
      <div className="list-layout">
        <aside className="card unit-side" aria-label="组织机构树">
          <UnitTree chosen={id} onChoose={(chosen) => void navigate({ to: path.unit(chosen.id) as never })} />
        </aside>
        <Loaded query={unit}>
          {(detail) => (
            <section className="card">
              <Tabs
                tabs={[
                  { id: 'profile', title: '基本情况', render: () => <Profile unit={detail} year={year} /> },
                  { id: 'terms', title: '届期与成员', render: () => <Terms unitId={detail.id} /> },
                  { id: 'standing', title: '六会八有', render: () => <Standing unitId={detail.id} /> },
                  { id: 'headcounts', title: '职工人数', render: () => <Headcounts unitId={detail.id} /> },
                  { id: 'changes', title: '机构变更', render: () => <Changes unit={detail} /> },
                  { id: 'history', title: '沿革', render: () => <History unit={detail} /> },
                ]}
              />
            </section>
          )}
        </Loaded>
      </div>
      {asking === 'add' && unit.data && <AddUnit parent={unit.data} close={close} />}
      {asking === 'profile' && unit.data && <EditProfile unit={unit.data} year={year} close={close} />}
      {asking === 'headcount' && unit.data && <AddHeadcount unit={unit.data} close={close} />}
    </Page>
  )
}

function Profile({ unit, year }: { unit: UnitDetail; year: number }): ReactElement {
  const { profile, headcount } = unit
  const below = Object.entries(unit.below).map(([type, count]) => `${unitTypeTitle(type)} ${numberText(count)} 个`)
  return (
    <div style={{ padding: '8px 16px 18px' }} className="stack">
      <Facts
        items={[
          { label: '简称', value: unit.shortName },
          { label: '成立日期', value: unit.foundedOn?.startsWith('1900') ? '不详' : unit.foundedOn },
          { label: '所属工会', value: unit.layerName },
          { label: '下级单位', value: below.join('，') || '没有' },
          ...(unit.dissolvedOn
            ? [
                {
                  label: '撤销日期',
                  value: `${unit.dissolvedOn}${unit.successorName ? `，由${unit.successorName}承接` : ''}`,
                },
              ]
            : []),
          {
            label: '职工人数',
            value: headcount ? `${numberText(headcount.staff)} 人（${headcount.countedOn}）` : null,
          },
        ]}
      />
      <div className="spread">
        <h2>{year} 年工会概况</h2>
        <span className="faint">
          {profile && profile.year !== year ? `沿用 ${profile.year} 年` : '写进报告的开头和结尾'}
        </span>
      </div>
      {profile ? (
        <Facts
          items={[
            { label: '单位性质', value: profile.kind ? UNION_KINDS[profile.kind] : null },
            { label: '上级工会', value: profile.upperUnion },
            { label: '党组织', value: profile.partyBody },
            { label: '行政', value: profile.administration },
            { label: '工作主线', value: profile.motto, whole: true },
            { label: '工作思路', value: profile.idea, whole: true },
            { label: '指导思想', value: profile.guiding, whole: true },
          ]}
        />
      ) : (
        <p className="quiet">
          还没有填写。填好后，报告会写明上级工会、党组织和全年工作思路，并按单位性质安排章节顺序。
        </p>
      )}
      <div className="row">
        <Link to={path.members as never} search={{ unit: unit.id } as never}>
          查看会员
        </Link>
        <Link to={path.figures as never} search={{ unit: unit.id, year } as never}>
          查看全年数字
        </Link>
        <Link to={path.offices as never} search={{ unit: unit.id } as never}>
          查看任职
        </Link>
      </div>
    </div>
  )
}

function Headcounts({ unitId }: { unitId: number }): ReactElement {
  const counts = useQuery({
    queryKey: ['headcounts', unitId],
    queryFn: () =>
      get<{ headcounts: NonNullable<UnitDetail['headcount']>[] }>(`/api/units/${unitId}/headcounts`).then(
        (answer) => answer.headcounts,
      ),
  })
  const optional = (value: number | null): string => (value === null ? '' : numberText(value))
  return (
    <Loaded query={counts}>
      {(rows) => (
        <DataTable
          caption="职工人数"
          rows={rows}
          rowKey={(row) => row.id}
          columns={[
            { id: 'on', title: '统计日期', lead: true, render: (row) => row.countedOn },
            { id: 'staff', title: '职工', number: true, render: (row) => numberText(row.staff) },
            { id: 'women', title: '其中女职工', number: true, render: (row) => optional(row.women) },
            { id: 'dispatched', title: '其中劳务派遣', number: true, render: (row) => optional(row.dispatched) },
            { id: 'source', title: '来源', render: (row) => row.source ?? '' },
          ]}
          empty={
            <Empty title="还没有登记职工人数">
              入会率、建会率用职工人数作分母。按单位分别登记，下级单位的不要重复计入。
            </Empty>
          }
        />
      )}
    </Loaded>
  )
}

function History({ unit }: { unit: UnitDetail }): ReactElement {
  return (
    <DataTable
      caption="沿革"
      rows={unit.history}
      rowKey={(row) => `${row.validFrom}${row.name}`}
      columns={[
        { id: 'from', title: '自', width: 110, render: (row) => row.validFrom ?? '建立起' },
        { id: 'to', title: '至', width: 110, render: (row) => row.validTo ?? '今' },
        { id: 'name', title: '名称', lead: true, render: (row) => row.name },
        { id: 'type', title: '类型', render: (row) => unitTypeTitle(row.type) },
        { id: 'parent', title: '上级', render: (row) => row.parentName ?? '' },
        { id: 'reason', title: '缘由', render: (row) => row.reason },
        { id: 'paper', title: '文号', render: (row) => row.document ?? '' },
      ]}
      empty={<Empty title="没有变动记录" />}
    />
  )
}
