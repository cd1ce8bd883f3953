import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { Button, Input } from 'antd'
import { useState, type ReactElement } from 'react'
import { get, post } from '../../../web/api.ts'
import { today, useMay } from '../../../web/session.ts'
import { Dialog } from '../../../web/ui/Dialog.tsx'
import { DateInput, LabelledField } from '../../../web/ui/FieldInput.tsx'
import { Card, Facts, Page } from '../../../web/ui/Page.tsx'
import { Loaded, Notice } from '../../../web/ui/states.tsx'
import { Tabs } from '../../../web/ui/Tabs.tsx'
import { Timeline } from '../../../web/ui/Timeline.tsx'
import { moneyText, StatusTag } from '../../../web/ui/values.tsx'
import { CycleAppeals } from './CycleAppeals.tsx'
import { CycleApplications } from './CycleApplications.tsx'
import { CycleShares } from './CycleShares.tsx'
import { PreviewRows } from './PreviewRows.tsx'
import { standing, termsInWords, type CycleDetail } from './shapes.ts'

type Verb = '提交' | '公示' | '同意' | '终止' | '发放'

/** One cycle: who qualifies and why, the list, applications, appeals, and the step that comes next. */
export function CyclePage(): ReactElement {
  const { id } = useParams({ strict: false }) as { id: string }
  const cycle = useQuery({
    queryKey: ['aid-cycle', id],
    queryFn: () => get<CycleDetail>(`/api/aid/cycles/${id}`),
  })
  return <Loaded query={cycle}>{(found) => <Shown cycle={found} />}</Loaded>
}

/** What comes next, and who does it. */
function steps(cycle: CycleDetail, may: (permission: string) => boolean): { verb: Verb; text: string }[] {
  const end = { verb: '终止' as const, text: '终止批次' }
  switch (cycle.state) {
    case 'draft':
      return may('aid.manage') ? [{ verb: '提交', text: '拟定名单' }, end] : []
    case 'decided':
      return may('aid.manage') ? [{ verb: '公示', text: '公示名单' }, end] : []
    case 'published':
      return may('aid.sign') ? [{ verb: '同意', text: '审批同意' }, end] : []
    case 'approved':
      return [
        ...(may('aid.pay') ? [{ verb: '发放' as const, text: '发放' }] : []),
        ...(may('aid.approve') ? [end] : []),
      ]
    default:
      return []
  }
}

function Shown({ cycle }: { cycle: CycleDetail }): ReactElement {
  const may = useMay()
  const [asking, setAsking] = useState<{ verb: Verb; text: string } | null>(null)
  const names = may('aid.read-confidential')
  const state = standing(cycle.state)
  return (
    <Page
      title={`${cycle.programme}·${cycle.title}`}
      crumbs={[
        { title: '帮扶项目', to: '/aid' },
        { title: cycle.programme, to: `/aid/programmes/${cycle.programmeId}` },
      ]}
      actions={steps(cycle, may).map((step) => (
        <Button
          key={step.verb}
          {...(step.verb !== '终止' && { type: 'primary' as const })}
          onClick={() => setAsking(step)}
        >
          {step.text}
        </Button>
      ))}
    >
      {cycle.newestRuleNo > cycle.ruleNo && cycle.state !== 'paid' && cycle.state !== 'ended' && (
        <Notice tone="warn">
          规则在本批次开出后改到了第 {cycle.newestRuleNo} 版；本批次仍按第 {cycle.ruleNo}{' '}
          版办理。要用新规则，请终止本批次另开。
        </Notice>
      )}
      <Card title="批次" aside={<StatusTag {...state} />}>
        <Facts
          items={[
            {
              label: '规则',
              value: <Link to={`/aid/programmes/${cycle.programmeId}?tab=rule` as never}>第 {cycle.ruleNo} 版</Link>,
            },
            { label: '拟定', value: cycle.frozenOn ? `${cycle.frozenOn} ${cycle.decidedName}` : '还没有拟定名单' },
            {
              label: '名单',
              value: cycle.frozenOn
                ? `${cycle.people} 人、${cycle.families} 户，${moneyText(cycle.amountFen)} 元`
                : '还没有名单',
            },
            {
              label: '公示',
              value: cycle.publicity
                ? `到 ${cycle.publicity.untilOn} 为止，异议 ${cycle.publicity.objections} 件${cycle.publicity.unanswered ? `，未答复 ${cycle.publicity.unanswered} 件` : ''}`
                : '还没有公示',
            },
            {
              label: '审批',
              value: cycle.approvedOn
                ? `${cycle.approvedOn} ${cycle.approvedName}${cycle.minutes ? `（${cycle.minutes}）` : ''}`
                : '还没有审批',
            },
            {
              label: '发放',
              value: cycle.paidOn
                ? `${cycle.paidOn}${cycle.refundedFen ? `，退回 ${moneyText(cycle.refundedFen)} 元` : ''}`
                : '还没有发放',
            },
            { label: '内容', value: termsInWords(cycle.terms).join('；'), whole: true },
          ]}
        />
      </Card>
      <Tabs
        tabs={[
          ...(names
            ? [
                {
                  id: 'preview',
                  title: cycle.frozenOn ? '拟定依据' : '预览',
                  render: () => (
                    <Card flush>
                      <PreviewRows from={`/api/aid/cycles/${cycle.id}/preview`} />
                    </Card>
                  ),
                },
              ]
            : []),
          ...(cycle.frozenOn && (names || may('aid.pay'))
            ? [{ id: 'shares', title: '发放名单', render: () => <CycleShares cycle={cycle} /> }]
            : []),
          ...(names && cycle.terms.pool === 'applications'
            ? [{ id: 'applications', title: '申请', render: () => <CycleApplications cycle={cycle} /> }]
            : []),
          ...(names && cycle.frozenOn
            ? [{ id: 'appeals', title: '申诉', render: () => <CycleAppeals cycle={cycle} /> }]
            : []),
          {
            id: 'acts',
            title: '办理经过',
            render: () => (
              <Card>
                <Timeline acts={cycle.acts} />
              </Card>
            ),
          },
        ]}
      />
      {asking && <StepDialog cycle={cycle} step={asking} close={() => setAsking(null)} />}
    </Page>
  )
}

const explained: Readonly<Record<Verb, string>> = {
  提交: '按今天的档案拟定名单，名单和依据从此冻结，不能再改。',
  公示: '名单隐去姓名中间的字，挂到公开栏，公示期满且异议处理完毕才能审批。',
  同意: '审批后占用资金，由出纳发放。名单是您拟定的，或名单中有您本人的，请由其他领导审批。',
  终止: '终止后名单作废，占用的资金退还。',
  发放: '登记银行已经付出的款项：生成一张凭证，名单上每个人登记为已发放。',
}

function StepDialog({
  cycle,
  step,
  close,
}: {
  cycle: CycleDetail
  step: { verb: Verb; text: string }
  close: () => void
}): ReactElement {
  const queries = useQueryClient()
  const [words, setWords] = useState('')
  const [minutes, setMinutes] = useState('')
  const [paidOn, setPaidOn] = useState<string | null>(today())
  return (
    <Dialog
      title={step.text}
      okText={step.text}
      done={`已${step.verb === '提交' ? '拟定' : step.verb}。`}
      danger={step.verb === '终止'}
      close={close}
      work={async () => {
        if (step.verb === '发放') await post(`/api/aid/cycles/${cycle.id}/pay`, { paidOn })
        else
          await post(`/api/aid/cycles/${cycle.id}/moves`, {
            verb: step.verb,
            ...(words.trim() && { words }),
            ...(minutes.trim() && { minutes }),
          })
        await queries.invalidateQueries({ predicate: ({ queryKey }) => String(queryKey[0]).startsWith('aid-') })
      }}
    >
      {(fields) => (
        <>
          <p>{explained[step.verb]}</p>
          {step.verb === '同意' && (
            <LabelledField
              id="minutes"
              label="会议纪要"
              error={fields['minutes']}
              help="超过主席单独审批限额的要填写。"
            >
              <Input
                id="minutes"
                maxLength={120}
                value={minutes}
                onChange={(event) => setMinutes(event.target.value)}
              />
            </LabelledField>
          )}
          {step.verb === '终止' && (
            <LabelledField id="words" label="终止的理由" required error={fields['words']}>
              <Input id="words" maxLength={300} value={words} onChange={(event) => setWords(event.target.value)} />
            </LabelledField>
          )}
          {step.verb === '发放' && (
            <LabelledField id="paidOn" label="付款日期" required error={fields['paidOn']}>
              <DateInput id="paidOn" label="付款日期" value={paidOn} onChange={setPaidOn} />
            </LabelledField>
          )}
        </>
      )}
    </Dialog>
  )
}
