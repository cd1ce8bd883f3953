import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button, Input } from 'antd'
import { useState, type ReactElement } from 'react'
import { get } from '../../../web/api.ts'
import { withQuery } from '../../../web/path.ts'
import { useAddress, useMay, useScope } from '../../../web/session.ts'
import { DataTable } from '../../../web/ui/DataTable.tsx'
import { LinkButton } from '../../../web/ui/LinkButton.tsx'
import { Page } from '../../../web/ui/Page.tsx'
import { Empty, Loaded, Notice } from '../../../web/ui/states.tsx'
import { StatusTag } from '../../../web/ui/values.tsx'
import type { SurvivorRow } from '../contract.ts'
import { ImportSurvivors } from './ImportSurvivors.tsx'
import { standing } from './shapes.ts'
import { Standards } from './Standards.tsx'
import { SurvivorDialog } from './SurvivorDialog.tsx'

const tabs = [
  { id: '', title: '全部' },
  { id: 'active', title: '在享' },
  { id: 'suspended', title: '暂停' },
  { id: 'over-age', title: '到期待核' },
  { id: 'ended', title: '已退出' },
] as const

interface Answer {
  rows: SurvivorRow[]
  next: number | null
  counts: Record<string, number>
}

/** Who of a unit and below is provided for, and since when. */
export function Roster(): ReactElement {
  const scope = useScope()
  const may = useMay()
  const queries = useQueryClient()
  const [address, setAddress] = useAddress()
  const [dialog, setDialog] = useState<'add' | 'standards' | 'import' | null>(null)
  const state = address['state'] ?? ''
  const survivors = useQuery({
    queryKey: ['survivors', scope.unitId, state, address['q'], address['after']],
    queryFn: () =>
      get<Answer>('/api/survivors', { unitId: scope.unitId, state, q: address['q'], cursor: address['after'] }),
    placeholderData: keepPreviousData,
    enabled: scope.unitId > 0,
  })
  const close = (): void => {
    setDialog(null)
    void queries.invalidateQueries({ queryKey: ['survivors'] })
  }
  const counts = survivors.data?.counts
  return (
    <Page
      title="遗属供养"
      help="名册 → 每年通知和认证 → 每月发放。没有答复的只暂停，不退出；补上认证后，停发的月份随下一张表补发。"
      actions={
        <>
          <LinkButton to="/survivors/review">年度复核</LinkButton>
          <LinkButton to="/survivors/pay">按月发放</LinkButton>
          {may('survivors.write') && (
            <Button type="primary" onClick={() => setDialog('add')}>
              登记遗属
            </Button>
          )}
        </>
      }
    >
      {(counts?.['over-age'] ?? 0) > 0 && (
        <Notice tone="warn">有 {counts!['over-age']} 人的供养已经到期，请核实是否继续（在校就读的改到期日期）。</Notice>
      )}
      <section className="card">
        <div className="toolbar" role="group" aria-label="状态">
          {tabs.map((tab) => (
            <Button
              key={tab.id}
              type={state === tab.id ? 'primary' : 'text'}
              aria-pressed={state === tab.id}
              onClick={() => setAddress({ state: tab.id, after: null })}
            >
              {tab.title}
              {tab.id && counts?.[tab.id] ? ` ${counts[tab.id]}` : ''}
            </Button>
          ))}
          <span className="push" />
          <Input.Search
            aria-label="姓名"
            placeholder="遗属或职工姓名"
            allowClear
            style={{ width: 190 }}
            defaultValue={address['q'] ?? ''}
            onSearch={(text) => setAddress({ q: text.trim(), after: null })}
          />
          <Button onClick={() => setDialog('standards')}>供养标准</Button>
          {may('survivors.import') && <Button onClick={() => setDialog('import')}>导入</Button>}
          {may('survivors.export') && (
            <Button href={withQuery('/api/survivors/roster.xlsx', { unitId: scope.unitId })}>导出</Button>
          )}
        </div>
        <Loaded query={survivors}>
          {({ rows, next }) => (
            <>
              <DataTable
                caption="遗属名册"
                rows={rows}
                rowKey={(row) => row.id}
                columns={[
                  {
                    id: 'name',
                    title: '遗属',
                    lead: true,
                    render: (row) => <Link to={`/survivors/${row.id}` as never}>{row.name}</Link>,
                  },
                  { id: 'deceased', title: '亡故职工', render: (row) => `${row.deceasedName}（${row.relation}）` },
                  { id: 'unit', title: '单位', wrap: true, render: (row) => row.unitName },
                  { id: 'place', title: '居住地', render: (row) => row.place },
                  { id: 'grade', title: '标准档', render: (row) => row.grade },
                  { id: 'from', title: '供养起始', width: 110, render: (row) => row.entitledFrom },
                  { id: 'until', title: '到期', width: 110, render: (row) => row.untilOn ?? '' },
                  { id: 'paid', title: '已发至', render: (row) => row.lastPaid ?? '' },
                  {
                    id: 'state',
                    title: '状态',
                    render: (row) => {
                      const { text, tone } = standing(row)
                      return <StatusTag text={text} tone={tone} />
                    },
                  },
                ]}
                empty={<Empty title="名册里没有人">点“登记遗属”逐人登记，或用“导入”按表导入。</Empty>}
              />
              {(next ?? address['after']) && (
                <div className="pager">
                  <Button disabled={!address['after']} onClick={() => setAddress({ after: null })}>
                    回到最新
                  </Button>
                  <Button disabled={!next} onClick={() => setAddress({ after: next })}>
                    更早的
                  </Button>
                </div>
              )}
            </>
          )}
        </Loaded>
      </section>
      {dialog === 'add' && <SurvivorDialog unitId={scope.unitId} close={close} />}
      {dialog === 'standards' && <Standards unitId={scope.unitId} close={close} />}
      {dialog === 'import' && <ImportSurvivors unitId={scope.unitId} close={close} />}
    </Page>
  )
}
