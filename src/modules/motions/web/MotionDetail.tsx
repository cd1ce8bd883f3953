import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { get } from '../../../web/api.ts'
import { Attachments } from '../../../web/ui/Attachments.tsx'
import { LinkButton } from '../../../web/ui/LinkButton.tsx'
import { Card, Facts, Page } from '../../../web/ui/Page.tsx'
import { Loaded } from '../../../web/ui/states.tsx'
import { Timeline } from '../../../web/ui/Timeline.tsx'
import { StatusTag } from '../../../web/ui/values.tsx'
import { CHANNELS, KINDS, numberText, PARTS, RUNGS, SOURCES, VERDICTS } from '../words.ts'
import { Deeds } from './Deeds.tsx'
import { DueDay } from './MotionList.tsx'
import { MotionTag, StepBar } from './pieces.tsx'
import type { AssignmentShape, MotionShape } from './shapes.ts'

/** One motion: where it stands, what one may do, what was said, and every step. */
export function MotionDetail(): ReactElement {
  const { id } = useParams({ strict: false }) as { id: string }
  const motion = useQuery({ queryKey: ['motion', Number(id)], queryFn: () => get<MotionShape>(`/api/motions/${id}`) })
  return <Loaded query={motion}>{(found) => <Detail motion={found} />}</Loaded>
}

function Detail({ motion }: { motion: MotionShape }): ReactElement {
  return (
    <Page
      title={motion.title}
      crumbs={[{ title: '提案', to: '/motions' }]}
      help={
        <span className="row">
          <MotionTag state={motion.state} mergedInto={motion.mergedInto} />
          {numberText(motion.series, motion.number) || KINDS[motion.kind]}
          {motion.urged && <StatusTag text="督办件" tone="warn" />}
        </span>
      }
      actions={<LinkButton to={`/motions/${motion.id}/print`}>打印{KINDS[motion.kind]}表</LinkButton>}
    >
      <div className="stack" style={{ gap: 14 }}>
        <div className="card">
          <StepBar state={motion.state} round={motion.round} mergedInto={motion.mergedInto} />
          <Deeds motion={motion} />
        </div>
        {motion.mergedInto && (
          <div className="notice info">
            已并入{' '}
            <Link to={`/motions/${motion.mergedInto}` as never}>
              {[numberText(motion.intoSeries, motion.intoNumber), motion.intoTitle].filter(Boolean).join(' ')}
            </Link>{' '}
            一并办理。
          </div>
        )}
        {motion.reason && motion.state !== 'closed' && <div className="notice warn">{motion.reason}</div>}
        <Card title="内容">
          <Facts
            items={[
              { label: '提案人', value: motion.moverName ?? '未署名' },
              { label: '代表团（分会）', value: motion.delegation },
              { label: '内容类别', value: motion.category },
              {
                label: '届次',
                value: motion.session ?? (motion.kind === 'opinion' ? CHANNELS[motion.channel] : '闭会期间'),
              },
              {
                label: '收到',
                value: motion.receivedOn ? `${motion.receivedOn}（${SOURCES[motion.source]}）` : '未提交',
              },
              ...(motion.leader ? [{ label: '分管领导', value: motion.leader }] : []),
              { label: '情况和理由', value: <span className="motion-words">{motion.body}</span>, whole: true },
              ...(motion.remedy
                ? [{ label: '具体建议', value: <span className="motion-words">{motion.remedy}</span>, whole: true }]
                : []),
            ]}
          />
        </Card>
        {motion.kind !== 'opinion' && (
          <Card
            title={`附议人 ${motion.seconders.filter((one) => one.agreed).length} 名`}
            aside={<span className="faint">不少于 {motion.minSeconders} 名</span>}
          >
            {motion.seconders.length === 0 ? (
              <p className="quiet">还没有邀请附议人。</p>
            ) : (
              <ul className="row" style={{ gap: '6px 18px' }}>
                {motion.seconders.map((one) => (
                  <li key={one.personId}>
                    {one.name} <span className="faint">{one.unitName}</span>{' '}
                    <StatusTag
                      text={one.agreed === null ? '待答复' : one.agreed ? '同意' : '不附议'}
                      tone={one.agreed === null ? 'warn' : one.agreed ? 'good' : ''}
                    />
                  </li>
                ))}
              </ul>
            )}
          </Card>
        )}
        {motion.assignments.length > 0 && (
          <Card title="承办和答复">
            <div className="stack" style={{ gap: 16 }}>
              {motion.assignments.map((one) => (
                <Assignment key={one.id} one={one} motion={motion} />
              ))}
            </div>
          </Card>
        )}
        {motion.merged.length > 0 && (
          <Card title={`并入本案 ${motion.merged.length} 件`}>
            <ul className="stack" style={{ gap: 4 }}>
              {motion.merged.map((one) => (
                <li key={one.id}>
                  <Link to={`/motions/${one.id}` as never}>{one.title}</Link>{' '}
                  <span className="faint">{one.moverName ?? '未署名'}</span>
                </li>
              ))}
            </ul>
          </Card>
        )}
        <Card title="附件" flush>
          <Attachments objectKind="motion" objectId={motion.id} mayChange={motion.may.attach} />
        </Card>
        <Card
          title="办理记录"
          aside={
            motion.urgings.length > 0 && (
              <span className="faint">
                催办 {motion.urgings.length} 次（
                {[...new Set(motion.urgings.map((one) => RUNGS[one.level]))].join('、')}）
              </span>
            )
          }
        >
          <Timeline acts={motion.acts} />
        </Card>
      </div>
    </Page>
  )
}

function Assignment({ one, motion }: { one: AssignmentShape; motion: MotionShape }): ReactElement {
  const verdict = one.part === 'lead' ? motion.verdicts.find((given) => given.round === one.round) : undefined
  return (
    <section className="stack" style={{ gap: 6 }}>
      <div className="row" style={{ gap: 10 }}>
        <b>{one.department}</b>
        <StatusTag text={PARTS[one.part]} tone="info" />
        {one.round === 2 && <StatusTag text="重办" tone="warn" />}
        <span className="faint">
          交办 {one.assignedOn}，期限 <DueDay row={{ dueOn: one.dueOn, late: one.late, repliedOn: one.repliedOn }} />
        </span>
      </div>
      {one.plan && (
        <p>
          <span className="faint">办理计划（{one.plannedOn}）</span> <span className="motion-words">{one.plan}</span>
        </p>
      )}
      {one.reply ? (
        <blockquote
          style={{ margin: 0, padding: '8px 12px', background: 'var(--tint-2)', borderLeft: '3px solid var(--accent)' }}
        >
          <div className="row">
            <StatusTag
              text={
                one.part === 'lead' && motion.round === one.round
                  ? (motion.progress ?? one.outcome ?? '')
                  : (one.outcome ?? '')
              }
              tone="good"
            />
            <span className="faint">{one.repliedOn} 答复</span>
          </div>
          <p className="motion-words">{one.reply}</p>
        </blockquote>
      ) : (
        <p className="quiet">还没有答复。</p>
      )}
      {verdict && (
        <p>
          提案人评价：
          <StatusTag text={VERDICTS[verdict.verdict]} tone={verdict.verdict === 'dissatisfied' ? 'bad' : 'good'} />{' '}
          <span className="faint">{verdict.givenOn}</span> {verdict.words}
        </p>
      )}
    </section>
  )
}
