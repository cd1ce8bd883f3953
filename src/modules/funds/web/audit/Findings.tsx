import { Button } from 'antd'
import type { ReactElement } from 'react'
import { field } from '../../../../kernel/register/declaration.ts'
import { today } from '../../../../web/session.ts'
import { Empty } from '../../../../web/ui/states.tsx'
import { moneyText, StatusTag } from '../../../../web/ui/values.tsx'
import { FINDING_STATES } from '../../audit-contract.ts'
import type { Question } from './Audit.tsx'
import type { AuditDetail, Finding } from '../../audit-contract.ts'

const TONES = { open: 'warn', answered: 'info', accepted: 'good' } as const

/** Findings with their days: the audited union answers, the auditors accept or send back. */
export function Findings({
  audit,
  findings,
  may,
  ask,
}: Pick<AuditDetail, 'audit' | 'findings' | 'may'> & { ask: (question: Question) => void }): ReactElement {
  if (!findings.length)
    return (
      <Empty small title={audit.opinedOn ? '没有发现问题' : '还没有记录问题'}>
        {audit.opinedOn ? '' : '出具意见后，问题在这里逐项整改。'}
      </Empty>
    )
  return (
    <div>
      {findings.map((finding) => (
        <article key={finding.id} className="finding" aria-label={`问题 ${finding.no}`}>
          <h3>
            {finding.no}. {finding.title}
            <StatusTag text={FINDING_STATES[finding.state]} tone={TONES[finding.state]} />
            {finding.state === 'open' && finding.dueOn < today() && <StatusTag text="已逾期" tone="bad" />}
          </h3>
          <p className="faint">
            {[
              finding.amountFen ? `涉及金额 ${moneyText(finding.amountFen)} 元` : '',
              finding.basis && `依据：${finding.basis}`,
              `整改期限 ${finding.dueOn}`,
            ]
              .filter(Boolean)
              .join('　')}
          </p>
          <p>整改要求：{finding.demand}</p>
          {finding.answer && (
            <p>
              整改情况：{finding.answer}{' '}
              <span className="faint">
                {finding.answeredBy} {finding.answeredOn}
              </span>
            </p>
          )}
          {finding.returned && <p className="red-letter">退回：{finding.returned}</p>}
          {finding.acceptedOn && (
            <p className="faint">
              {finding.acceptedBy} {finding.acceptedOn} 认定已整改
            </p>
          )}
          <Deeds audit={audit} finding={finding} may={may} ask={ask} />
        </article>
      ))}
    </div>
  )
}

function Deeds({
  audit,
  finding,
  may,
  ask,
}: {
  audit: AuditDetail['audit']
  finding: Finding
  may: AuditDetail['may']
  ask: (question: Question) => void
}): ReactElement {
  const on = field.date('on', '日期', { required: true })
  if (audit.state === 'mending' && finding.state === 'open' && may.mend)
    return (
      <div className="row">
        <Button
          type="primary"
          onClick={() =>
            ask({
              title: `回复问题 ${finding.no} 的整改情况`,
              okText: '回复',
              fields: [on, field.longtext('answer', '整改情况', { required: true })],
              initial: { on: today() },
              address: `/api/funds/findings/${finding.id}/answer`,
              done: '已回复，等经审会认定。',
            })
          }
        >
          回复整改情况
        </Button>
      </div>
    )
  if (finding.state === 'answered' && may.audit)
    return (
      <div className="row">
        <Button
          type="primary"
          onClick={() =>
            ask({
              title: `认定问题 ${finding.no} 已整改`,
              okText: '认定',
              fields: [on],
              initial: { on: today() },
              address: `/api/funds/findings/${finding.id}/judge`,
              shape: (values) => ({ ...values, accepted: true }),
              done: '已认定。',
            })
          }
        >
          认定已整改
        </Button>
        <Button
          onClick={() =>
            ask({
              title: `退回问题 ${finding.no} 的整改`,
              okText: '退回',
              fields: [on, field.longtext('words', '退回理由', { required: true })],
              initial: { on: today() },
              address: `/api/funds/findings/${finding.id}/judge`,
              shape: (values) => ({ ...values, accepted: false }),
              done: '已退回。',
            })
          }
        >
          退回重改
        </Button>
      </div>
    )
  return <></>
}
