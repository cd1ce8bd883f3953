import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Select } from 'antd'
import { useEffect, useState, type ReactElement } from 'react'
import { get } from '../../../web/api.ts'
import { useAddress, useScope } from '../../../web/session.ts'
import { DataTable } from '../../../web/ui/DataTable.tsx'
import { FilterForm } from '../../../web/ui/FilterForm.tsx'
import { LinkButton } from '../../../web/ui/LinkButton.tsx'
import { Page } from '../../../web/ui/Page.tsx'
import { Pager } from '../../../web/ui/Pager.tsx'
import { Empty, Problem } from '../../../web/ui/states.tsx'
import { StatusTag } from '../../../web/ui/values.tsx'
import { KINDS, numberText, VERDICTS } from '../words.ts'
import { MotionTag } from './pieces.tsx'
import { useOfficer, useOptions, type MotionRow } from './shapes.ts'

const TABS = [
  ['', '全部'],
  ['draft', '草稿和退回'],
  ['received', '待立案'],
  ['filed', '待交办'],
  ['handling', '承办中'],
  ['replied', '待评价'],
  ['closed', '已办结'],
  ['other', '不立案、并案、转意见'],
] as const
const WHOSE = [
  { value: 'mine', label: '我提的' },
  { value: 'seconding', label: '请我附议的' },
  { value: 'desk', label: '我部门承办的' },
] as const

/** Motions one may see, by where they stand. */
export function MotionList(): ReactElement {
  const [address, setAddress] = useAddress()
  const { unitId } = useScope()
  const officer = useOfficer()
  const options = useOptions()
  const whose = address['whose'] ?? (officer ? 'all' : 'mine')
  const query = {
    whose,
    unitId: whose === 'all' ? unitId || undefined : undefined,
    tab: address['tab'],
    q: address['q'],
    session: address['session'],
    category: address['category'],
    departmentId: address['departmentId'],
    late: address['late'],
    after: address['after'],
    limit: address['limit'],
  }
  const page = useQuery({
    queryKey: ['motions', query],
    queryFn: () =>
      get<{ rows: MotionRow[]; next: string | null; total: number; tabs: Record<string, number> }>(
        '/api/motions',
        query,
      ),
    placeholderData: (before) => before,
  })
  const set = (patch: Record<string, string | null>): void => setAddress({ ...patch, after: null, page: null })
  return (
    <Page
      title="提案"
      help="职工代表提案、议案和日常意见，从提交到办结每一步都在这里。"
      actions={
        <>
          <LinkButton to="/motions/statistics">办理公开</LinkButton>
          {options.data?.may.supervise && <LinkButton to="/motions/settings">征集与承办部门</LinkButton>}
          <LinkButton type="primary" to="/motions/new">
            写提案或意见
          </LinkButton>
        </>
      }
    >
      <Filters
        categories={options.data?.categories ?? []}
        sessions={options.data?.calls.map((call) => call.session) ?? []}
        departments={options.data?.departments ?? []}
        officer={officer}
        whose={whose}
      />
      <div className="card">
        <div className="motion-tabs" role="group" aria-label="办理状态">
          {TABS.map(([tab, title]) => {
            const count = tab
              ? page.data?.tabs[tab]
              : Object.values(page.data?.tabs ?? {}).reduce((sum, n) => sum + n, 0)
            return (
              <button
                key={tab}
                type="button"
                aria-pressed={(address['tab'] ?? '') === tab}
                onClick={() => set({ tab: tab || null })}
              >
                {title} {count ? <span className="faint">{count}</span> : ''}
              </button>
            )
          })}
        </div>
        {page.error ? (
          <Problem error={page.error} retry={() => void page.refetch()} />
        ) : (
          <DataTable<MotionRow>
            caption="提案列表"
            rows={page.data?.rows}
            rowKey={(row) => row.id}
            columns={[
              {
                id: 'title',
                title: '题目',
                lead: true,
                wrap: true,
                render: (row) => (
                  <>
                    <Link to={`/motions/${row.id}` as never}>{row.title}</Link>
                    {row.kind !== 'motion' && <span className="faint"> {KINDS[row.kind]}</span>}
                  </>
                ),
              },
              { id: 'number', title: '编号', render: (row) => numberText(row.series, row.number) },
              { id: 'mover', title: '提案人', width: 90, render: (row) => row.moverName ?? '未署名' },
              { id: 'received', title: '收到', width: 104, render: (row) => row.receivedOn ?? '' },
              { id: 'department', title: '主办部门', render: (row) => row.department ?? '' },
              { id: 'due', title: '答复期限', width: 130, render: (row) => (row.dueOn ? <DueDay row={row} /> : '') },
              {
                id: 'state',
                title: '状态',
                width: 130,
                render: (row) => <MotionTag state={row.state} mergedInto={row.mergedInto} />,
              },
              { id: 'verdict', title: '评价', width: 90, render: (row) => (row.verdict ? VERDICTS[row.verdict] : '') },
            ]}
            empty={
              <Empty
                title={whose === 'mine' ? '您还没有提过提案' : '这里没有提案'}
                actions={
                  <LinkButton type="primary" to="/motions/new">
                    写提案或意见
                  </LinkButton>
                }
              >
                生产、管理、生活中需要改进的事都可以提；零散的想法可以先作为“意见”提交，不需要附议。
              </Empty>
            }
          />
        )}
        {page.data && page.data.total > 0 && (
          <Pager
            name={`motions.${whose}`}
            total={page.data.total}
            next={page.data.next}
            shown={page.data.rows.length}
          />
        )}
      </div>
    </Page>
  )
}

export const DueDay = ({ row }: { row: Pick<MotionRow, 'dueOn' | 'late' | 'repliedOn'> }): ReactElement => (
  <span className="nowrap">
    {row.dueOn} {row.late && <StatusTag text={row.repliedOn ? '逾期答复' : '已逾期'} tone="bad" />}
  </span>
)

function Filters({
  categories,
  sessions,
  departments,
  officer,
  whose,
}: {
  categories: readonly string[]
  sessions: readonly string[]
  departments: readonly { id: number; name: string }[]
  officer: boolean
  whose: string
}): ReactElement {
  const [address, setAddress] = useAddress()
  const inAddress = address['q'] ?? ''
  const [words, setWords] = useState(inAddress)
  useEffect(() => setWords(inAddress), [inAddress])
  const set = (patch: Record<string, string | null>): void => setAddress({ ...patch, after: null, page: null })
  const pick = (
    name: string,
    label: string,
    options: readonly { value: string; label: string }[],
    placeholder = '全部',
  ): ReactElement => (
    <label className="extra">
      {label}
      <Select
        aria-label={label}
        allowClear
        showSearch
        placeholder={placeholder}
        value={address[name] ?? null}
        options={[...options]}
        onChange={(value: string | null) => set({ [name]: value ?? null })}
      />
    </label>
  )
  const plain = (values: readonly string[]): { value: string; label: string }[] =>
    values.map((value) => ({ value, label: value }))
  return (
    <FilterForm
      chosen={['whose', 'session', 'category', 'departmentId', 'late'].filter((name) => address[name]).length}
      submit={() => set({ q: words.trim() })}
      reset={() => {
        setWords('')
        set({ q: null, session: null, category: null, departmentId: null, late: null, whose: null, tab: null })
      }}
    >
      <label>
        范围
        <Select
          aria-label="范围"
          value={whose}
          options={[...(officer ? [{ value: 'all', label: '本单位全部' }] : []), ...WHOSE]}
          onChange={(value: string) => set({ whose: value === (officer ? 'all' : 'mine') ? null : value })}
        />
      </label>
      <label className="lead">
        关键词
        <input
          className="control"
          type="search"
          placeholder="题目、内容、提案人"
          value={words}
          onChange={(event) => setWords(event.target.value)}
        />
      </label>
      {officer && pick('session', '届次', plain(sessions))}
      {officer && pick('category', '内容类别', plain(categories))}
      {officer &&
        departments.length > 0 &&
        pick(
          'departmentId',
          '承办部门',
          departments.map((one) => ({ value: String(one.id), label: one.name })),
        )}
      {officer && pick('late', '是否逾期', [{ value: 'true', label: '逾期的' }])}
    </FilterForm>
  )
}
