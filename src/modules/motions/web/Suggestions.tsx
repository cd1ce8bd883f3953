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
import { MoneyText, StatusTag } from '../../../web/ui/values.tsx'
import { SUGGESTION_KINDS, SUGGESTION_STATES } from '../words.ts'
import { useOfficer, useOptions, type SuggestionShape } from './shapes.ts'
import './motions.css'

const TABS = [
  ['', '全部'],
  ['received', '待评审'],
  ['adopted', '已采纳待实施'],
  ['implemented', '已实施'],
  ['declined', '未采纳'],
] as const

/** Suggestions one may see, by where they stand. */
export function Suggestions(): ReactElement {
  const [address, setAddress] = useAddress()
  const { unitId } = useScope()
  const officer = useOfficer()
  const options = useOptions()
  const mine = address['mine'] === 'true' || !officer
  const query = {
    ...(mine ? { mine: true } : { unitId: unitId || undefined }),
    state: address['tab'],
    q: address['q'],
    kind: address['kind'],
    category: address['category'],
    after: address['after'],
    limit: address['limit'],
  }
  const page = useQuery({
    queryKey: ['suggestions', query],
    queryFn: () =>
      get<{ rows: SuggestionShape[]; next: string | null; total: number; tabs: Record<string, number> }>(
        '/api/suggestions',
        query,
      ),
    placeholderData: (before) => before,
  })
  const inAddress = address['q'] ?? ''
  const [words, setWords] = useState(inAddress)
  useEffect(() => setWords(inAddress), [inAddress])
  const set = (patch: Record<string, string | null>): void => setAddress({ ...patch, after: null, page: null })
  return (
    <Page
      title="合理化建议"
      help="建议、金点子从提交、评审到采纳以后改变了什么。"
      actions={
        <>
          <LinkButton to="/motions/panels">评审与评优</LinkButton>
          <LinkButton type="primary" to="/suggestions/new">
            提建议
          </LinkButton>
        </>
      }
    >
      <FilterForm
        chosen={['mine', 'kind', 'category'].filter((name) => address[name]).length}
        submit={() => set({ q: words.trim() })}
        reset={() => {
          setWords('')
          set({ q: null, kind: null, category: null, mine: null, tab: null })
        }}
      >
        {officer && (
          <label>
            范围
            <Select
              aria-label="范围"
              value={mine ? 'mine' : 'all'}
              options={[
                { value: 'all', label: '本单位全部' },
                { value: 'mine', label: '我提的' },
              ]}
              onChange={(value: string) => set({ mine: value === 'mine' ? 'true' : null })}
            />
          </label>
        )}
        <label className="lead">
          关键词
          <input
            className="control"
            type="search"
            placeholder="题目、内容、建议人"
            value={words}
            onChange={(event) => setWords(event.target.value)}
          />
        </label>
        <label className="extra">
          种类
          <Select
            aria-label="种类"
            allowClear
            placeholder="全部"
            value={address['kind'] ?? null}
            options={Object.entries(SUGGESTION_KINDS).map(([value, label]) => ({ value, label }))}
            onChange={(kind: string | null) => set({ kind: kind ?? null })}
          />
        </label>
        {officer && (
          <label className="extra">
            内容类别
            <Select
              aria-label="内容类别"
              allowClear
              placeholder="全部"
              value={address['category'] ?? null}
              options={(options.data?.suggestionCategories ?? []).map((value) => ({ value, label: value }))}
              onChange={(category: string | null) => set({ category: category ?? null })}
            />
          </label>
        )}
      </FilterForm>
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
          <DataTable<SuggestionShape>
            caption="合理化建议"
            rows={page.data?.rows}
            rowKey={(row) => row.id}
            columns={[
              {
                id: 'title',
                title: '题目',
                lead: true,
                wrap: true,
                render: (row) => <Link to={`/suggestions/${row.id}` as never}>{row.title}</Link>,
              },
              { id: 'kind', title: '种类', width: 100, render: (row) => SUGGESTION_KINDS[row.kind] },
              { id: 'proposer', title: '建议人', width: 90, render: (row) => row.proposerName },
              { id: 'branch', title: '分会（小组）', render: (row) => row.branch ?? '' },
              { id: 'received', title: '收到', width: 104, render: (row) => row.receivedOn },
              { id: 'grade', title: '等次', width: 80, render: (row) => row.grade ?? '' },
              {
                id: 'state',
                title: '状态',
                width: 130,
                render: (row) => (
                  <StatusTag
                    {...{ text: SUGGESTION_STATES[row.state].title, tone: SUGGESTION_STATES[row.state].tone }}
                  />
                ),
              },
              {
                id: 'benefit',
                title: '年效益',
                number: true,
                render: (row) => (row.benefitFen ? <MoneyText fen={row.benefitFen} /> : ''),
              },
            ]}
            empty={
              <Empty
                title={mine ? '您还没有提过建议' : '这里没有建议'}
                actions={
                  <LinkButton type="primary" to="/suggestions/new">
                    提建议
                  </LinkButton>
                }
              >
                岗位上的小改小革、省钱省力的办法都可以写。
              </Empty>
            }
          />
        )}
        {page.data && page.data.total > 0 && (
          <Pager name="suggestions" total={page.data.total} next={page.data.next} shown={page.data.rows.length} />
        )}
      </div>
    </Page>
  )
}
