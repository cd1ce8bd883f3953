import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState, type ReactElement } from 'react'
import { field, type Field } from '../../../../kernel/register/declaration.ts'
import { get, post } from '../../../../web/api.ts'
import { today, useMay } from '../../../../web/session.ts'
import { LinkButton } from '../../../../web/ui/LinkButton.tsx'
import { Card, Facts, Page } from '../../../../web/ui/Page.tsx'
import { Loaded } from '../../../../web/ui/states.tsx'
import { toast } from '../../../../web/ui/toast.tsx'
import { StatusTag } from '../../../../web/ui/values.tsx'
import { AUDIT_KINDS, AUDIT_STATES, CONCLUSIONS } from '../../audit-contract.ts'
import { AskDialog, type Values } from '../AskDialog.tsx'
import { fundsPath } from '../paths.ts'
import { STATE_TONES } from './Audits.tsx'
import { Findings } from './Findings.tsx'
import { Papers } from './Papers.tsx'
import type { AuditDetail } from '../../audit-contract.ts'
import '../funds.css'

/** A question of this page: its fields and where the answer goes. */
export interface Question {
  title: string
  okText: string
  fields: readonly Field[]
  initial?: Values
  address: string
  shape?: (values: Values) => Values
  done: string
}

const STEPS = ['planned', 'noticed', 'fieldwork', 'mending', 'closed'] as const

/** One audit from plan to report: auditors work in it, the audited union answers the findings. */
export function AuditPage(): ReactElement {
  const { id } = useParams({ strict: false }) as { id: string }
  const auditId = Number(id)
  const mayOpen = useMay()('funds.approve')
  const queries = useQueryClient()
  const [asking, setAsking] = useState<Question | null>(null)
  const detail = useQuery({
    queryKey: ['funds', 'audits', 'one', auditId],
    queryFn: () => get<AuditDetail>(`/api/funds/audits/${auditId}`),
  })
  const changed = (): void => {
    void queries.invalidateQueries({ queryKey: ['funds', 'audits'] })
    void queries.invalidateQueries({ queryKey: ['todos'] })
  }
  return (
    <Loaded query={detail}>
      {({ audit, papers, findings, may }) => (
        <Page
          title={audit.title}
          crumbs={[{ title: '经费审查', to: fundsPath.audits }]}
          actions={
            <>
              {audit.noticedOn && <Button href={`/api/funds/audits/${auditId}/notice.docx`}>审计通知书</Button>}
              {audit.opinedOn && <Button href={`/api/funds/audits/${auditId}/report.docx`}>审查报告</Button>}
              {mayOpen && audit.noticedOn && <LinkButton to={fundsPath.outsiders}>外部审计人员</LinkButton>}
              {may.audit && <NextStep audit={audit} ask={setAsking} />}
            </>
          }
        >
          <section className="card">
            <ol className="steps">
              {STEPS.map((step, at) => (
                <li
                  key={step}
                  className={STEPS.indexOf(audit.state as (typeof STEPS)[number]) > at ? 'done' : undefined}
                  aria-current={audit.state === step ? 'step' : undefined}
                >
                  {AUDIT_STATES[step]}
                </li>
              ))}
              {audit.state === 'dropped' && <li aria-current="step">已取消</li>}
            </ol>
            <div className="inside">
              <Facts
                items={[
                  { label: '被审查单位', value: audit.unitName },
                  { label: '审查单位', value: `${audit.byUnitName}经审会` },
                  { label: '种类', value: AUDIT_KINDS[audit.kind] },
                  { label: '审查期间', value: `${audit.fromOn} 至 ${audit.toOn}` },
                  { label: '通知日期', value: audit.noticedOn ?? '尚未通知' },
                  { label: '进场时间', value: `${audit.startsOn} 至 ${audit.endsOn}` },
                  { label: '审查组', value: [`组长 ${audit.lead}`, audit.members].filter(Boolean).join('；') },
                  {
                    label: '状态',
                    value: <StatusTag text={AUDIT_STATES[audit.state]} tone={STATE_TONES[audit.state]} />,
                  },
                  ...(audit.scope ? [{ label: '审查范围', value: audit.scope, whole: true }] : []),
                  ...(audit.opinedOn
                    ? [
                        { label: '结论', value: audit.conclusion },
                        { label: '意见日期', value: audit.opinedOn },
                        { label: '审查意见', value: audit.opinion, whole: true },
                        ...(audit.reply ? [{ label: '被审单位意见', value: audit.reply, whole: true }] : []),
                      ]
                    : []),
                  ...(audit.reportedOn
                    ? [{ label: '向大会报告', value: `${audit.reportedOn} ${audit.reportedTo}`, whole: true }]
                    : []),
                ]}
              />
            </div>
          </section>
          <Card title="审查发现的问题" flush>
            <Findings audit={audit} findings={findings} may={may} ask={setAsking} />
          </Card>
          <Card title="工作底稿" flush>
            <Papers audit={audit} papers={papers} may={may} ask={setAsking} changed={changed} />
          </Card>
          {asking && (
            <AskDialog
              key={asking.address + asking.title}
              title={asking.title}
              okText={asking.okText}
              fields={asking.fields}
              initial={asking.initial ?? {}}
              close={() => setAsking(null)}
              send={async (values) => {
                const blank = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null))
                const answer = await post<{ remark?: string | null }>(
                  asking.address,
                  asking.shape ? asking.shape(blank) : blank,
                )
                toast(answer?.remark ?? asking.done)
                changed()
              }}
            />
          )}
        </Page>
      )}
    </Loaded>
  )
}

function NextStep({ audit, ask }: { audit: AuditDetail['audit']; ask: (question: Question) => void }): ReactElement {
  const at = `/api/funds/audits/${audit.id}`
  const on = field.date('on', '日期', { required: true })
  if (audit.state === 'planned')
    return (
      <>
        <Button
          onClick={() =>
            ask({ title: '取消这次审查', okText: '取消审查', fields: [], address: `${at}/drop`, done: '已取消。' })
          }
        >
          取消审查
        </Button>
        <Button
          type="primary"
          onClick={() =>
            ask({
              title: '发出审计通知书',
              okText: '发出',
              fields: [on],
              initial: { on: today() },
              address: `${at}/notice`,
              done: '已发出，被审单位的待办里可以看到。',
            })
          }
        >
          发通知
        </Button>
      </>
    )
  if (audit.state === 'noticed')
    return (
      <Button
        type="primary"
        onClick={() =>
          ask({ title: '进场审查', okText: '进场', fields: [], address: `${at}/start`, done: '已进场，可以编写底稿。' })
        }
      >
        进场审查
      </Button>
    )
  if (audit.state === 'fieldwork')
    return (
      <Button
        type="primary"
        onClick={() =>
          ask({
            title: '出具审查意见',
            okText: '出具意见',
            fields: [
              { ...on, label: '意见日期' },
              field.choice('conclusion', '结论', CONCLUSIONS, { required: true }),
              field.longtext('opinion', '审查意见', { required: true }),
              field.longtext('reply', '被审单位对报告稿的意见'),
            ],
            initial: { on: today() },
            address: `${at}/opinion`,
            done: '已出具意见，问题已送被审单位整改。',
          })
        }
      >
        出具意见
      </Button>
    )
  if (audit.state === 'mending' || audit.state === 'closed')
    return (
      <Button
        type={audit.reportedOn ? 'default' : 'primary'}
        onClick={() =>
          ask({
            title: '向大会报告',
            okText: '保存',
            fields: [
              { ...on, label: '报告日期' },
              field.text('to', '向哪次大会', { required: true, example: '五届三次职工代表大会' }),
            ],
            initial: { on: today() },
            address: `${at}/report`,
            done: '已记录。',
          })
        }
      >
        向大会报告
      </Button>
    )
  return <></>
}
