import { Input, Select } from 'antd'
import { useState, type ReactElement } from 'react'
import { post } from '../../../web/api.ts'
import { Dialog } from '../../../web/ui/Dialog.tsx'
import { LabelledField } from '../../../web/ui/FieldInput.tsx'
import { OUTCOMES, VERDICTS, type Verdict } from '../words.ts'
import { Filing, HandOn, Merging, Transfer, type ExtraProps } from './deed-fields.tsx'
import { ColleaguePicker, type Colleague } from './pieces.tsx'
import type { MotionShape } from './shapes.ts'

export interface Deed {
  kind:
    | 'seconders'
    | 'file'
    | 'merge'
    | 'opinion'
    | 'return'
    | 'reject'
    | 'transfer'
    | 'plan'
    | 'progress'
    | 'reply'
    | 'hand-on'
    | 'send-back'
    | 'verdict'
    | 'close'
    | 'urge'
    | 'outcome'
  assignmentId?: number
}
interface Asked {
  motion: Pick<MotionShape, 'id' | 'unitId' | 'title' | 'category' | 'kind'>
  deed: Deed
  close: () => void
  done: () => void
}

const SAID: Readonly<Record<Deed['kind'], readonly [title: string, done: string, label: string]>> = {
  seconders: ['邀请附议人', '已发出邀请。', ''],
  file: ['立案', '已立案并编号。', '说明'],
  merge: ['并案', '已并案。', '说明'],
  opinion: ['转作意见', '已转作意见。', '转给谁、怎么处理'],
  return: ['退回修改', '已退回提案人。', '请提案人补充什么'],
  reject: ['不立案', '已答复提案人。', '不立案的理由'],
  transfer: ['交办', '已交办。', '批示意见'],
  plan: ['办理计划', '已保存计划。', '打算怎么办、什么时候办'],
  progress: ['报进展', '已告知提案人。', '办到哪一步'],
  reply: ['答复', '已答复。', '答复内容'],
  'hand-on': ['转办', '已转办。', '转办理由'],
  'send-back': ['退回交办', '已退回工会重新交办。', '退回理由'],
  verdict: ['评价答复', '已评价，谢谢。', '想说的话'],
  close: ['直接办结', '已办结。', '办结说明'],
  urge: ['催办', '已催办。', '催办的话'],
  outcome: ['登记后续落实', '已登记。', '落实情况'],
}
const NEEDS_WORDS: readonly Deed['kind'][] = [
  'opinion',
  'return',
  'reject',
  'plan',
  'progress',
  'reply',
  'hand-on',
  'send-back',
  'close',
  'outcome',
]

/** The few fields of one deed. */
export function DeedDialog({ motion, deed, close, done }: Asked): ReactElement {
  const [title, said, label] = SAID[deed.kind]
  const [words, setWords] = useState('')
  const [more, setMore] = useState<Record<string, unknown>>(
    deed.kind === 'file'
      ? { category: motion.category ?? '', kind: motion.kind === 'opinion' ? 'motion' : motion.kind }
      : {},
  )
  const set = (patch: Record<string, unknown>): void => setMore({ ...more, ...patch })
  const text = deed.kind === 'plan' ? 'plan' : deed.kind === 'reply' ? 'reply' : 'words'
  const required = NEEDS_WORDS.includes(deed.kind) || (deed.kind === 'verdict' && more['verdict'] === 'dissatisfied')
  const body = (): object => {
    if (deed.kind === 'seconders')
      return { personIds: ((more['people'] as Colleague[] | undefined) ?? []).map((one) => one.id) }
    return {
      ...more,
      ...((words.trim() || required) && { [text]: words }),
      ...(deed.assignmentId && { assignmentId: deed.assignmentId }),
    }
  }
  return (
    <Dialog
      title={`${title}：${motion.title}`}
      okText={deed.kind === 'verdict' ? '提交评价' : title}
      done={said}
      close={close}
      danger={deed.kind === 'reject'}
      work={() => post(`/api/motions/${motion.id}/${deed.kind}`, body()).then(done)}
    >
      {(errors) => (
        <>
          <Extra motion={motion} deed={deed} more={more} set={set} errors={errors} />
          {label && (
            <LabelledField id="d-words" label={label} required={required} error={errors[text]}>
              <Input.TextArea
                id="d-words"
                aria-label={label}
                autoSize={{ minRows: deed.kind === 'reply' ? 5 : 2, maxRows: 14 }}
                maxLength={4000}
                value={words}
                onChange={(event) => setWords(event.target.value)}
              />
            </LabelledField>
          )}
        </>
      )}
    </Dialog>
  )
}

function Extra(props: ExtraProps): ReactElement | null {
  switch (props.deed.kind) {
    case 'seconders':
      return (
        <LabelledField id="d-people" label="附议人" required error={props.errors['personIds']}>
          <ColleaguePicker
            id="d-people"
            label="附议人"
            value={(props.more['people'] as Colleague[] | undefined) ?? []}
            onChange={(people) => props.set({ people })}
          />
        </LabelledField>
      )
    case 'file':
      return <Filing {...props} />
    case 'merge':
      return <Merging {...props} />
    case 'transfer':
      return <Transfer {...props} />
    case 'hand-on':
      return <HandOn {...props} />
    case 'reply':
    case 'outcome':
      return (
        <LabelledField id="d-outcome" label="落实情况" required error={props.errors['outcome']}>
          <Select
            id="d-outcome"
            aria-label="落实情况"
            placeholder="请选择"
            value={(props.more['outcome'] as string | undefined) ?? null}
            options={OUTCOMES.map((value) => ({ value, label: value }))}
            onChange={(outcome: string) => props.set({ outcome })}
          />
        </LabelledField>
      )
    case 'verdict':
      return (
        <div className="field" role="radiogroup" aria-label="您对答复">
          <span className="label">您对答复是否满意？</span>
          <div className="stack" style={{ gap: 10 }}>
            {(Object.keys(VERDICTS) as Verdict[]).map((verdict) => (
              <label
                key={verdict}
                className="row"
                style={{ minHeight: 40, padding: '4px 10px', border: '1px solid var(--line-2)', borderRadius: 4 }}
              >
                <input
                  type="radio"
                  name="verdict"
                  checked={props.more['verdict'] === verdict}
                  onChange={() => props.set({ verdict })}
                />
                {VERDICTS[verdict]}
                {verdict === 'dissatisfied' && <span className="faint">承办部门重新办理一次</span>}
              </label>
            ))}
          </div>
          {props.errors['verdict'] && <span className="field-error">{props.errors['verdict']}</span>}
        </div>
      )
    default:
      return null
  }
}
