import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { Button, Input, Select } from 'antd'
import { useState, type ReactElement } from 'react'
import { get, post } from '../../../web/api.ts'
import { today, useMay } from '../../../web/session.ts'
import { DataTable } from '../../../web/ui/DataTable.tsx'
import { Dialog } from '../../../web/ui/Dialog.tsx'
import { DateInput, LabelledField } from '../../../web/ui/FieldInput.tsx'
import { Card, Facts, Page } from '../../../web/ui/Page.tsx'
import { Empty, Loaded } from '../../../web/ui/states.tsx'
import { Tabs } from '../../../web/ui/Tabs.tsx'
import { moneyText, StatusTag } from '../../../web/ui/values.tsx'
import type { Cycle } from '../contract.ts'
import { ACCOUNTS, KINDS } from '../words.ts'
import { PreviewRows } from './PreviewRows.tsx'
import { RuleChange } from './RuleChange.tsx'
import { standing, termsInWords, type ProgrammeDetail } from './shapes.ts'

/** One programme: its rule in words, who would qualify today, its cycles, other rules tried. */
export function ProgrammePage(): ReactElement {
  const { id } = useParams({ strict: false }) as { id: string }
  const programme = useQuery({
    queryKey: ['aid-programme', id],
    queryFn: () => get<ProgrammeDetail>(`/api/aid/programmes/${id}`),
  })
  return <Loaded query={programme}>{(found) => <Shown programme={found} />}</Loaded>
}

function Shown({ programme }: { programme: ProgrammeDetail }): ReactElement {
  const may = useMay()
  const [opening, setOpening] = useState(false)
  const cycles = useQuery({
    queryKey: ['aid-cycles', programme.unitId, 'programme', programme.id],
    queryFn: () => get<{ cycles: Cycle[] }>('/api/aid/cycles', { unitId: programme.unitId, programmeId: programme.id }),
  })
  const rows = cycles.data?.cycles ?? []
  const { left, rule } = programme
  return (
    <Page
      title={programme.title}
      crumbs={[{ title: '帮扶项目', to: '/aid' }]}
      help={`${KINDS[programme.kind].title} · ${programme.unitName}`}
      actions={
        may('aid.manage') && (
          <Button type="primary" onClick={() => setOpening(true)}>
            开新批次
          </Button>
        )
      }
    >
      <Card title="项目">
        <Facts
          items={[
            { label: '依据', value: rule.document },
            {
              label: '期限',
              value: programme.endsOn
                ? `${programme.startsOn} 至 ${programme.endsOn}`
                : `${programme.startsOn} 起，长期`,
            },
            {
              label: '资金来源',
              value: `${programme.source}，${programme.projectId ? '专项资金' : ACCOUNTS[programme.accountCode]}`,
            },
            {
              label: '可用余额',
              value: left.bankFen === null ? '本级工会还没有建账' : `${moneyText(left.leftFen)} 元`,
            },
          ]}
        />
      </Card>
      <Tabs
        tabs={[
          {
            id: 'cycles',
            title: '批次',
            render: () => (
              <Card flush>
                <Loaded query={cycles}>
                  {() => (
                    <DataTable
                      caption="批次"
                      rows={rows}
                      rowKey={(row) => row.id}
                      columns={[
                        {
                          id: 'title',
                          title: '批次',
                          lead: true,
                          render: (row) => <Link to={`/aid/cycles/${row.id}` as never}>{row.title}</Link>,
                        },
                        { id: 'rule', title: '规则', render: (row) => `第 ${row.ruleNo} 版` },
                        { id: 'frozen', title: '拟定日期', render: (row) => row.frozenOn ?? '' },
                        {
                          id: 'people',
                          title: '人数',
                          number: true,
                          render: (row) => (row.frozenOn ? row.people : ''),
                        },
                        {
                          id: 'amount',
                          title: '金额（元）',
                          number: true,
                          render: (row) => (row.frozenOn ? moneyText(row.amountFen) : ''),
                        },
                        { id: 'state', title: '状态', render: (row) => <StatusTag {...standing(row.state)} /> },
                      ]}
                      empty={<Empty title="还没有批次">先看“规则和试算”里的预览，再开批次。</Empty>}
                    />
                  )}
                </Loaded>
              </Card>
            ),
          },
          {
            id: 'rule',
            title: '规则和试算',
            render: () => (
              <div className="stack" style={{ gap: 16 }}>
                <Card title={`现行规则（第 ${rule.no} 版）`}>
                  <ul>
                    {termsInWords(rule.terms).map((sentence) => (
                      <li key={sentence}>· {sentence}</li>
                    ))}
                  </ul>
                </Card>
                {may('aid.read-confidential') && rule.terms.pool !== 'applications' && (
                  <Card title="按现行规则，今天的预览" flush>
                    <PreviewRows from={`/api/aid/programmes/${programme.id}/preview`} body={{ terms: rule.terms }} />
                  </Card>
                )}
                {may('aid.manage') && (
                  <RuleChange programme={programme} past={rows.filter((cycle) => cycle.frozenOn !== null)} />
                )}
                <Card title="历次规则" flush>
                  <DataTable
                    caption="历次规则"
                    rows={programme.rules}
                    rowKey={(row) => row.id}
                    columns={[
                      { id: 'no', title: '版本', lead: true, render: (row) => `第 ${row.no} 版` },
                      { id: 'on', title: '日期', render: (row) => row.on },
                      { id: 'by', title: '经办', render: (row) => row.by },
                      { id: 'document', title: '依据', wrap: true, render: (row) => row.document },
                      { id: 'reason', title: '修改原因', wrap: true, render: (row) => row.reason ?? '设立项目' },
                      { id: 'terms', title: '内容', wrap: true, render: (row) => termsInWords(row.terms).join('；') },
                    ]}
                    empty={null}
                  />
                </Card>
              </div>
            ),
          },
        ]}
      />
      {opening && <OpenCycle programme={programme} past={rows} close={() => setOpening(false)} />}
    </Page>
  )
}

function OpenCycle({
  programme,
  past,
  close,
}: {
  programme: ProgrammeDetail
  past: readonly Cycle[]
  close: () => void
}): ReactElement {
  const navigate = useNavigate()
  const queries = useQueryClient()
  const [title, setTitle] = useState('')
  const [opensOn, setOpensOn] = useState<string | null>(today())
  const [closesOn, setClosesOn] = useState<string | null>(today())
  const [supplementsId, setSupplementsId] = useState<number | null>(null)
  const applied = programme.rule.terms.pool === 'applications'
  return (
    <Dialog
      title="开新批次"
      okText="开批次"
      ready={Boolean(title.trim() && opensOn && closesOn)}
      close={close}
      work={async () => {
        const made = await post<{ id: number }>(`/api/aid/programmes/${programme.id}/cycles`, {
          title,
          opensOn,
          closesOn,
          supplementsId,
        })
        void queries.invalidateQueries({ queryKey: ['aid-cycles'] })
        void navigate({ to: `/aid/cycles/${made.id}` as never })
      }}
    >
      {(fields) => (
        <div className="fields">
          <LabelledField id="title" label="批次名称" required error={fields['title']}>
            <Input
              id="title"
              maxLength={60}
              placeholder="例如 2026 年第一季度"
              value={title}
              onChange={(event) => setTitle(event.target.value)}
            />
          </LabelledField>
          <LabelledField id="opensOn" label={applied ? '申请开始' : '开始日期'} required error={fields['opensOn']}>
            <DateInput id="opensOn" label={applied ? '申请开始' : '开始日期'} value={opensOn} onChange={setOpensOn} />
          </LabelledField>
          <LabelledField id="closesOn" label={applied ? '申请截止' : '截止日期'} required error={fields['closesOn']}>
            <DateInput
              id="closesOn"
              label={applied ? '申请截止' : '截止日期'}
              value={closesOn}
              onChange={setClosesOn}
            />
          </LabelledField>
          {past.some((cycle) => cycle.state === 'approved' || cycle.state === 'paid') && (
            <LabelledField
              id="supplementsId"
              label="为申诉成立的人补办"
              error={fields['supplementsId']}
              help="只看那一批次申诉成立的人。"
            >
              <Select
                id="supplementsId"
                aria-label="为申诉成立的人补办"
                allowClear
                placeholder="不是补办"
                value={supplementsId}
                options={past
                  .filter((cycle) => cycle.state === 'approved' || cycle.state === 'paid')
                  .map((cycle) => ({ value: cycle.id, label: cycle.title }))}
                onChange={(next: number | undefined) => setSupplementsId(next ?? null)}
              />
            </LabelledField>
          )}
        </div>
      )}
    </Dialog>
  )
}
