import { useQuery } from '@tanstack/react-query'
import { AutoComplete, Input, Select } from 'antd'
import { useState, type ReactElement } from 'react'
import { get, post } from '../../../web/api.ts'
import { Dialog } from '../../../web/ui/Dialog.tsx'
import { DateInput, LabelledField } from '../../../web/ui/FieldInput.tsx'
import { KINDS, OUTCOMES, VERDICTS, type Kind, type Verdict } from '../words.ts'
import { ColleaguePicker, SimilarOnes, type Colleague } from './pieces.tsx'
import type { MotionRow, MotionShape, Options } from './shapes.ts'

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

interface ExtraProps {
  motion: Asked['motion']
  deed: Deed
  more: Record<string, unknown>
  set: (patch: Record<string, unknown>) => void
  errors: Readonly<Record<string, string>>
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

function useUnitOptions(unitId: number): Options | undefined {
  return useQuery({
    queryKey: ['motion-options', unitId],
    queryFn: () => get<Options>('/api/motions/options', { unitId }),
  }).data
}

function Filing({ motion, more, set, errors }: ExtraProps): ReactElement {
  const options = useUnitOptions(motion.unitId)
  return (
    <>
      <SimilarOnes title={motion.title} unitId={motion.unitId} notId={motion.id} />
      {motion.kind === 'opinion' && (
        <LabelledField id="d-kind" label="立为" required error={errors['kind']}>
          <Select
            id="d-kind"
            aria-label="立为"
            value={more['kind'] as Kind}
            options={(['motion', 'bill'] as const).map((value) => ({ value, label: KINDS[value] }))}
            onChange={(kind: Kind) => set({ kind })}
          />
        </LabelledField>
      )}
      <LabelledField id="d-category" label="内容类别" required error={errors['category']}>
        <AutoComplete
          id="d-category"
          aria-label="内容类别"
          options={(options?.categories ?? []).map((value) => ({ value, label: value }))}
          value={(more['category'] as string | undefined) ?? ''}
          onChange={(category: string | null) => set({ category: category ?? '' })}
        />
      </LabelledField>
    </>
  )
}

function Merging({ motion, more, set, errors }: ExtraProps): ReactElement {
  const [text, setText] = useState('')
  const found = useQuery({
    queryKey: ['motions', 'merge', motion.unitId, text],
    queryFn: () =>
      get<{ rows: MotionRow[] }>('/api/motions', { unitId: motion.unitId, q: text || undefined, limit: 20 }),
  })
  const options = (found.data?.rows ?? [])
    .filter((one) => one.id !== motion.id && ['received', 'filed', 'handling', 'replied'].includes(one.state))
    .map((one) => ({ value: one.id, label: one.title }))
  return (
    <>
      <SimilarOnes
        title={motion.title}
        unitId={motion.unitId}
        notId={motion.id}
        action={(one) =>
          one.mayOpen ? (
            <button type="button" className="link" onClick={() => set({ intoId: one.id, intoTitle: undefined })}>
              {more['intoId'] === one.id ? '已选' : '并入它'}
            </button>
          ) : null
        }
      />
      <LabelledField id="d-into" label="并入哪份提案" required error={errors['intoId']}>
        <Select
          id="d-into"
          aria-label="并入哪份提案"
          placeholder="输入题目查找"
          showSearch={{ filterOption: false, searchValue: text, onSearch: setText }}
          value={(more['intoId'] as number | undefined) ?? null}
          options={options}
          onChange={(intoId: number) => {
            setText('')
            set({ intoId })
          }}
        />
      </LabelledField>
    </>
  )
}

function Transfer({ motion, more, set, errors }: ExtraProps): ReactElement {
  const options = useUnitOptions(motion.unitId)
  const departments = (options?.departments ?? []).map((one) => ({
    value: one.id,
    label: one.headName ? `${one.name}（${one.headName}）` : one.name,
  }))
  return (
    <>
      {options && departments.length === 0 && (
        <p className="notice warn">还没有承办部门。请先到“征集与承办部门”里登记。</p>
      )}
      <LabelledField id="d-leader" label="分管领导" required error={errors['leader']}>
        <Input
          id="d-leader"
          aria-label="分管领导"
          maxLength={30}
          value={(more['leader'] as string | undefined) ?? ''}
          onChange={(event) => set({ leader: event.target.value })}
        />
      </LabelledField>
      <LabelledField id="d-lead" label="主办部门" required error={errors['leadId']}>
        <Select
          id="d-lead"
          aria-label="主办部门"
          placeholder="请选择"
          value={(more['leadId'] as number | undefined) ?? null}
          options={departments}
          onChange={(leadId: number) => set({ leadId })}
        />
      </LabelledField>
      <LabelledField id="d-joint" label="协办部门" error={errors['jointIds']}>
        <Select
          id="d-joint"
          aria-label="协办部门"
          mode="multiple"
          placeholder="可不选"
          value={(more['jointIds'] as number[] | undefined) ?? []}
          options={departments.filter((one) => one.value !== more['leadId'])}
          onChange={(jointIds: number[]) => set({ jointIds })}
        />
      </LabelledField>
      <LabelledField id="d-due" label="答复期限" error={errors['dueOn']} help="不填按征集时定的工作日数计算">
        <DateInput
          id="d-due"
          label="答复期限"
          value={(more['dueOn'] as string | undefined) ?? null}
          onChange={(dueOn) => set({ dueOn: dueOn ?? undefined })}
        />
      </LabelledField>
    </>
  )
}

function HandOn({ motion, more, set, errors }: ExtraProps): ReactElement {
  const options = useUnitOptions(motion.unitId)
  return (
    <LabelledField id="d-to" label="转给" required error={errors['toDepartmentId']}>
      <Select
        id="d-to"
        aria-label="转给"
        placeholder="请选择"
        value={(more['toDepartmentId'] as number | undefined) ?? null}
        options={(options?.departments ?? []).map((one) => ({ value: one.id, label: one.name }))}
        onChange={(toDepartmentId: number) => set({ toDepartmentId })}
      />
    </LabelledField>
  )
}
