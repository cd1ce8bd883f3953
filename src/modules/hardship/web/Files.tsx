import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button, Input } from 'antd'
import type { ReactElement } from 'react'
import { get } from '../../../web/api.ts'
import { useAddress, useMay, useScope } from '../../../web/session.ts'
import { DataTable } from '../../../web/ui/DataTable.tsx'
import { LinkButton } from '../../../web/ui/LinkButton.tsx'
import { Page } from '../../../web/ui/Page.tsx'
import { Empty, Loaded, Notice } from '../../../web/ui/states.tsx'
import { StatusTag } from '../../../web/ui/values.tsx'
import { standing, type FileRow } from './shapes.ts'

const tabs = [
  { id: '', title: '全部' },
  { id: 'applied', title: '待核查' },
  { id: 'checked', title: '待公示' },
  { id: 'published', title: '公示中' },
  { id: 'on-file', title: '在档' },
  { id: 'overdue', title: '复核逾期' },
  { id: 'lifted', title: '已退出' },
] as const

/** Files of a unit and below. Whoever holds no office sees the own ones. */
export function Files(): ReactElement {
  const scope = useScope()
  const may = useMay()
  const [address, setAddress] = useAddress()
  const state = address['state'] ?? ''
  const officer = may('hardship.read-confidential')
  const files = useQuery({
    queryKey: ['hardship-files', officer && scope.unitId, state, address['q'], address['after']],
    queryFn: () =>
      get<{ rows: FileRow[]; next: number | null }>('/api/hardship/files', {
        ...(officer && { unitId: scope.unitId }),
        state,
        q: address['q'],
        cursor: address['after'],
      }),
    placeholderData: keepPreviousData,
  })
  const counts = useQuery({
    queryKey: ['hardship-counts', scope.unitId],
    queryFn: () => get<Record<string, number>>('/api/hardship/files/counts', { unitId: scope.unitId }),
    enabled: officer && scope.unitId > 0,
  })
  return (
    <Page
      title="困难档案"
      help={
        officer
          ? '申请 → 入户核查 → 公示不少于 5 个工作日 → 审批在档 → 每年复核。打开档案要写明原因，系统逐次记录。'
          : '您本人的申请和档案。谁查看过，打开档案就能看到。'
      }
      actions={
        <>
          {officer && <LinkButton to="/hardship/standards">困难标准</LinkButton>}
          <LinkButton to="/hardship/apply" type="primary">
            申请建档
          </LinkButton>
        </>
      }
    >
      {(counts.data?.['overdue'] ?? 0) > 0 && (
        <Notice tone="warn">有 {counts.data?.['overdue']} 户过了年度复核的日期，请尽快入户复核。</Notice>
      )}
      <section className="card">
        {officer && (
          <div className="toolbar" role="group" aria-label="状态">
            {tabs.map((tab) => (
              <Button
                key={tab.id}
                type={state === tab.id ? 'primary' : 'text'}
                aria-pressed={state === tab.id}
                onClick={() => setAddress({ state: tab.id, after: null })}
              >
                {tab.title}
                {tab.id && counts.data?.[tab.id] ? ` ${counts.data[tab.id]}` : ''}
              </Button>
            ))}
            <span className="push" />
            <Input.Search
              aria-label="姓名"
              placeholder="姓名"
              allowClear
              style={{ width: 160 }}
              defaultValue={address['q'] ?? ''}
              onSearch={(text) => setAddress({ q: text.trim(), after: null })}
            />
          </div>
        )}
        <Loaded query={files}>
          {({ rows, next }) => (
            <>
              <DataTable
                caption="困难档案"
                rows={rows}
                rowKey={(row) => row.id}
                columns={[
                  {
                    id: 'who',
                    title: '职工',
                    lead: true,
                    render: (row) => <Link to={`/hardship/files/${row.id}` as never}>{row.personName}</Link>,
                  },
                  { id: 'unit', title: '单位', render: (row) => row.unitName },
                  { id: 'category', title: '类别', render: (row) => row.category ?? '未定' },
                  { id: 'filed', title: '建档日期', width: 110, render: (row) => row.filedOn ?? '' },
                  { id: 'review', title: '复核日期', width: 110, render: (row) => row.reviewOn ?? '' },
                  {
                    id: 'state',
                    title: '状态',
                    render: (row) => {
                      const { text, tone } = standing(row)
                      return <StatusTag text={text} tone={tone} />
                    },
                  },
                ]}
                empty={
                  <Empty title="没有困难档案">
                    {officer ? '会员在手机上申请的、干事代为申请的都列在这里。' : '家里有困难，可以在这里申请建档。'}
                  </Empty>
                }
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
    </Page>
  )
}
