import { Button, Input } from 'antd'
import { useState, type ReactElement } from 'react'
import { post } from '../../../web/api.ts'
import { Dialog } from '../../../web/ui/Dialog.tsx'
import { LabelledField } from '../../../web/ui/FieldInput.tsx'
import { Notice } from '../../../web/ui/states.tsx'
import { Timeline } from '../../../web/ui/Timeline.tsx'
import { StatusTag } from '../../../web/ui/values.tsx'
import { useRefresh } from './Election.tsx'
import type { DetailShape, GateShape } from './shapes.ts'

const STEP_STATES = { done: '已完成', now: '进行中', later: '' } as const

/** The way of the election with what is missing, every rule with its arithmetic, and who did what. */
export function Course({ detail }: { detail: DetailShape }): ReactElement {
  return (
    <div className="stack election-pane election-course">
      {detail.election.flaw && <Notice tone="bad">这次选举如实记录，但不能宣布有效：{detail.election.flaw}</Notice>}
      <section>
        <h2>进程</h2>
        <ol className="election-steps">
          {detail.steps.map((step) => (
            <li key={step.id} className={step.state} {...(step.state === 'now' && { 'aria-current': 'step' as const })}>
              <div className="row">
                <b>{step.title}</b>
                {STEP_STATES[step.state] && (
                  <StatusTag text={STEP_STATES[step.state]} tone={step.state === 'done' ? 'good' : 'info'} />
                )}
              </div>
              {step.missing.map((text) => (
                <p key={text} className="faint">
                  还差：{text}
                </p>
              ))}
            </li>
          ))}
        </ol>
      </section>
      <Gates detail={detail} />
      <section>
        <h2>办理记录</h2>
        <Timeline acts={detail.acts} />
      </section>
    </div>
  )
}

const STAGES = { plan: '方案', candidates: '候选人', meeting: '会议', result: '结果' } as const

function Gates({ detail }: { detail: DetailShape }): ReactElement {
  const [answering, setAnswering] = useState<GateShape | null>(null)
  const refresh = useRefresh(detail.election.id)
  return (
    <section>
      <h2>规定检查</h2>
      <p className="faint">必须遵守的不达到就不能往下办；凭记忆录入、尚未核对原文的只作提醒，说明理由后可以继续。</p>
      <ul className="election-gates">
        {detail.gates.map((gate) => (
          <li key={gate.id}>
            <details open={gate.holds === false && !gate.waiver}>
              <summary>
                <GateTag gate={gate} />
                <span>
                  {STAGES[gate.stage]}：{gate.title}
                </span>
              </summary>
              <div className="stack" style={{ gap: 4 }}>
                {gate.steps.map((step) => (
                  <p key={step}>{step}</p>
                ))}
                {gate.notes.map((note) => (
                  <p key={note} className="faint">
                    {note}
                  </p>
                ))}
                {gate.waiver && (
                  <p>
                    {gate.waiver.byName}（{gate.waiver.office}）说明：{gate.waiver.reason}
                  </p>
                )}
                {gate.holds === false &&
                  !gate.blocks &&
                  gate.strength === 'warn' &&
                  !gate.waiver &&
                  detail.may.write && (
                    <div>
                      <Button size="small" onClick={() => setAnswering(gate)} aria-label={`说明理由：${gate.title}`}>
                        说明理由
                      </Button>
                    </div>
                  )}
              </div>
            </details>
          </li>
        ))}
      </ul>
      {answering && (
        <Waive
          electionId={detail.election.id}
          gate={answering}
          close={() => {
            setAnswering(null)
            refresh()
          }}
        />
      )}
    </section>
  )
}

function GateTag({ gate }: { gate: GateShape }): ReactElement {
  if (gate.holds === true) return <StatusTag text="符合" tone="good" />
  if (gate.holds === null) return <StatusTag text="未到期" tone="info" />
  if (gate.blocks) return <StatusTag text="未达到" tone="bad" />
  return <StatusTag text={gate.waiver ? '已说明' : '提醒'} tone={gate.waiver ? '' : 'warn'} />
}

function Waive({ electionId, gate, close }: { electionId: number; gate: GateShape; close: () => void }): ReactElement {
  const [reason, setReason] = useState('')
  return (
    <Dialog
      title={`说明理由：${gate.title}`}
      okText="说明"
      done="已记录。"
      ready={Boolean(reason.trim())}
      close={close}
      work={() => post(`/api/elections/${electionId}/waivers`, { gate: gate.id, reason: reason.trim() })}
    >
      {(errors) => (
        <>
          <p>理由连同您的姓名、职务和规则依据一起保存。</p>
          <LabelledField id="w-reason" label="理由" required error={errors['reason']}>
            <Input id="w-reason" maxLength={400} value={reason} onChange={(event) => setReason(event.target.value)} />
          </LabelledField>
        </>
      )}
    </Dialog>
  )
}
