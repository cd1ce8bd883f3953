import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button, Select } from 'antd'
import { lazy, Suspense, useEffect, useState, type ReactElement } from 'react'
import { GENDERS, MEMBERSHIP_STATES, TAGS } from '../../../modules/members/words.ts'
import { get } from '../../api.ts'
import { path, withQuery } from '../../path.ts'
import { useAddress, useMay, useScope } from '../../session.ts'
import { DataTable, useTableSettings, type Column } from '../../ui/DataTable.tsx'
import { FilterForm } from '../../ui/FilterForm.tsx'
import { Page } from '../../ui/Page.tsx'
import { Pager } from '../../ui/Pager.tsx'
import { Empty, Problem } from '../../ui/states.tsx'
import { TableTools } from '../../ui/TableTools.tsx'
import { UnitTree } from '../../ui/UnitTree.tsx'
import { StatusTag } from '../../ui/values.tsx'
import { RosterExport } from './RosterExport.tsx'
import type { MemberPage, MemberRow } from './shapes.ts'
import { LinkButton } from '../../ui/LinkButton.tsx'

const AddMember = lazy(() => import('./AddMember.tsx').then((module) => ({ default: module.AddMember })))
const names = ['q', 'tag', 'gender', 'state', 'ageFrom', 'ageTo'] as const

const columns: Column<MemberRow>[] = [
  {
    id: 'name',
    title: '姓名',
    lead: true,
    width: 90,
    render: (row) => <Link to={path.member(row.id) as never}>{row.name}</Link>,
  },
  { id: 'no', title: '工号', width: 100, render: (row) => row.staffNo ?? '' },
  { id: 'gender', title: '性别', width: 60, render: (row) => (row.gender ? GENDERS[row.gender] : '') },
  { id: 'born', title: '出生日期', off: true, render: (row) => row.bornOn ?? '' },
  { id: 'unit', title: '单位', render: (row) => row.unitName },
  {
    id: 'state',
    title: '会籍',
    width: 100,
    render: (row) => <StatusTag text={MEMBERSHIP_STATES[row.state]} tone={row.state === 'normal' ? 'good' : 'warn'} />,
  },
  { id: 'joined', title: '入会日期', width: 110, render: (row) => row.joinedOn ?? '不详' },
  { id: 'tags', title: '身份标签', render: (row) => row.tags.join('、') },
  { id: 'employment', title: '在职状态', off: true, render: (row) => row.employment ?? '' },
  { id: 'id', title: '证件号码', off: true, render: (row) => (row.idLast4 ? `**************${row.idLast4}` : '') },
  { id: 'phone', title: '手机', off: true, render: (row) => (row.phoneLast4 ? `*******${row.phoneLast4}` : '') },
]

/** The roster: by unit, tag, gender, age; found by name, initials or staff number. */
export function Members(): ReactElement {
  const [address, setAddress] = useAddress()
  const scope = useScope()
  const may = useMay()
  const settings = useTableSettings('members')
  const queries = useQueryClient()
  const [adding, setAdding] = useState(false)
  const filter = Object.fromEntries(names.map((name) => [name, address[name]]))
  const query = { ...filter, unitId: scope.unitId }
  const filtered = names.some((name) => address[name])
  const page = useQuery({
    queryKey: ['members', query, address['after'], address['limit']],
    queryFn: () =>
      get<MemberPage>('/api/members', { ...query, cursor: address['after'], limit: address['limit'] ?? 20 }),
    enabled: scope.unitId > 0,
    placeholderData: keepPreviousData,
  })
  const importRoster = withQuery(path.imports, { kind: 'members' })
  return (
    <Page title="会员" help="当前在会的会员，含保留会籍的。证件号码、手机、银行卡只显示后四位，逐次查看须写明原因。">
      <div className="list-layout">
        <aside className="card unit-side" aria-label="单位">
          <UnitTree chosen={scope.unitId} onChoose={(unit) => scope.choose({ unit })} />
        </aside>
        <div className="stack" style={{ gap: 14 }}>
          <MemberFilters />
          <section className="card">
            <div className="toolbar">
              {may('members.approve') && (
                <Button type="primary" onClick={() => setAdding(true)}>
                  新增会员
                </Button>
              )}
              {may('members.import') && <LinkButton to={importRoster}>导入花名册</LinkButton>}
              {may('members.export') && <RosterExport query={query} />}
              <Link to={path.memberStatistics as never} className="after">
                人数统计
              </Link>
              {may('members.approve') && (
                <>
                  <Link to={path.applications as never}>入会申请</Link>
                  <Link to={path.transfers as never}>会员转移</Link>
                  <Link to={path.duplicates as never}>重复人员</Link>
                </>
              )}
              <span className="push" />
              <TableTools columns={columns} settings={settings} />
            </div>
            {page.error && !page.data ? (
              <Problem error={page.error} retry={() => void page.refetch()} />
            ) : (
              <DataTable
                caption="会员"
                columns={columns.filter((column) => settings.shown(column))}
                rows={page.data?.members}
                rowKey={(row) => row.id}
                density={settings.density}
                renderActions={(row) => <Link to={path.member(row.id) as never}>查看</Link>}
                empty={
                  filtered ? (
                    <Empty
                      title="没有符合条件的会员"
                      actions={
                        <Button onClick={() => setAddress(Object.fromEntries(names.map((name) => [name, null])))}>
                          重置条件
                        </Button>
                      }
                    >
                      姓名从姓开始找；也可输入拼音首字母或工号。
                    </Empty>
                  ) : (
                    <Empty
                      title="这个单位还没有会员"
                      actions={
                        may('members.import') && (
                          <LinkButton to={importRoster} type="primary">
                            导入花名册
                          </LinkButton>
                        )
                      }
                    >
                      下载模板，把现有名册粘进去，上传后先检查、再入库。
                    </Empty>
                  )
                }
              />
            )}
            {page.data && page.data.total > 0 && (
              <Pager
                name={`members?${JSON.stringify(query)}`}
                total={page.data.total}
                atLeast={page.data.totalIsAtLeast}
                next={page.data.next}
                shown={page.data.members.length}
              />
            )}
          </section>
        </div>
      </div>
      {adding && (
        <Suspense>
          <AddMember
            close={() => {
              setAdding(false)
              void queries.invalidateQueries({ queryKey: ['members'] })
            }}
          />
        </Suspense>
      )}
    </Page>
  )
}

function MemberFilters(): ReactElement {
  const [address, setAddress] = useAddress()
  const inAddress = address['q'] ?? ''
  const [words, setWords] = useState(inAddress)
  useEffect(() => setWords(inAddress), [inAddress])
  const set = (patch: Record<string, string | null>): void => setAddress({ ...patch, after: null, page: null })
  const pick = (name: string, label: string, options: Readonly<Record<string, string>>): ReactElement => (
    <label>
      {label}
      <Select
        aria-label={label}
        allowClear
        showSearch={{ optionFilterProp: 'label' }}
        placeholder="全部"
        value={address[name] ?? null}
        options={Object.entries(options).map(([value, title]) => ({ value, label: title }))}
        onChange={(value: string | null) => set({ [name]: value ?? null })}
      />
    </label>
  )
  return (
    <FilterForm
      chosen={['tag', 'gender', 'state'].filter((name) => address[name]).length}
      submit={() => set({ q: words.trim() })}
      reset={() => {
        setWords('')
        set(Object.fromEntries(names.map((name) => [name, null])))
      }}
    >
      <label className="lead">
        姓名、首字母或工号
        <input
          className="control"
          type="search"
          placeholder="例如 王芳、wf、Q10021"
          value={words}
          onChange={(event) => setWords(event.target.value)}
        />
      </label>
      {pick('tag', '身份标签', Object.fromEntries(TAGS.map((tag) => [tag, tag])))}
      {pick('gender', '性别', GENDERS)}
      {pick('state', '会籍', MEMBERSHIP_STATES)}
    </FilterForm>
  )
}
