import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Select } from 'antd'
import { useDeferredValue, useState, type ReactElement } from 'react'
import { get } from '../../../web/api.ts'
import { StatusTag } from '../../../web/ui/values.tsx'
import { MOTION_STATES, numberText, stateTitle, STEPS, type MotionState } from '../words.ts'
import type { Similar } from './shapes.ts'
import './motions.css'

export const MotionTag = ({ state, mergedInto }: { state: MotionState; mergedInto: number | null }): ReactElement => (
  <StatusTag text={stateTitle(state, mergedInto)} tone={MOTION_STATES[state].tone} />
)

/** Where a motion stands among its steps. */
export function StepBar({
  state,
  round,
  mergedInto,
}: {
  state: MotionState
  round: number
  mergedInto: number | null
}): ReactElement {
  const at = STEPS.findIndex((step) => step.states.includes(state))
  const ended = ['rejected', 'settled', 'dropped'].includes(state)
  return (
    <ol className="motion-steps" aria-label="办理步骤">
      {STEPS.map((step, index) => (
        <li
          key={step.title}
          className={index < at || state === 'closed' ? 'done' : undefined}
          {...(index === at && state !== 'closed' && { 'aria-current': 'step' as const })}
        >
          {index === at && ended ? stateTitle(state, mergedInto) : step.title}
          {index === at && state === 'handling' && round === 2 && '（重办）'}
        </li>
      ))}
    </ol>
  )
}

/** Motions that say nearly the same, as one types. */
export function SimilarOnes({
  title,
  unitId,
  notId,
  action,
}: {
  title: string
  unitId?: number
  notId?: number
  action?: (one: Similar) => ReactElement | null
}): ReactElement | null {
  const words = useDeferredValue(title.trim())
  const found = useQuery({
    queryKey: ['similar', words, unitId, notId],
    queryFn: () =>
      get<{ similar: Similar[] }>('/api/motions/similar', { title: words, unitId, notId }).then(
        (answer) => answer.similar,
      ),
    enabled: words.length >= 4,
    staleTime: 30_000,
  })
  if (!found.data?.length) return null
  return (
    <div className="notice info">
      <b>相近的提案</b>
      <ul className="stack" style={{ gap: 6, marginTop: 4 }}>
        {found.data.map((one) => (
          <li key={one.id} className="spread">
            <span>
              {one.mayOpen ? <Link to={`/motions/${one.id}` as never}>{one.title}</Link> : one.title}
              <span className="faint">
                {' '}
                {numberText(one.series, one.number) || one.receivedOn} · {MOTION_STATES[one.state].title} · 相似{' '}
                {one.likeness}%
              </span>
            </span>
            {action?.(one)}
          </li>
        ))}
      </ul>
    </div>
  )
}

export interface Colleague {
  id: number
  name: string
}

/** Finds people of one's own union, also for somebody who may not open the roster. */
export function ColleaguePicker({
  id,
  label,
  value,
  onChange,
  invalid,
}: {
  id: string
  label: string
  value: readonly Colleague[]
  onChange: (value: Colleague[]) => void
  invalid?: boolean
}): ReactElement {
  const [text, setText] = useState('')
  const wanted = useDeferredValue(text.trim())
  const found = useQuery({
    queryKey: ['colleagues', wanted],
    queryFn: () =>
      get<{ rows: (Colleague & { unitName: string })[] }>('/api/motions/people', { q: wanted }).then(
        (answer) => answer.rows,
      ),
    enabled: wanted.length > 0,
  })
  const options = (found.data ?? []).map((one) => ({ value: one.id, label: one.name, note: one.unitName }))
  return (
    <Select
      id={id}
      aria-label={label}
      mode="multiple"
      placeholder="输入姓名、首字母或工号"
      {...(invalid && { status: 'error' as const })}
      showSearch={{ filterOption: false, searchValue: text, onSearch: setText }}
      value={value.map((one) => one.id)}
      options={[
        ...options,
        ...value
          .filter((one) => !options.some((option) => option.value === one.id))
          .map((one) => ({ value: one.id, label: one.name, note: '' })),
      ]}
      optionRender={(option) => (
        <span>
          {option.label} <span className="faint">{(option.data as { note: string }).note}</span>
        </span>
      )}
      notFoundContent={
        wanted === '' ? '输入姓名查找本单位职工' : found.isFetching ? '正在查找…' : `本单位没有找到“${wanted}”。`
      }
      onChange={(_, chosen) => {
        setText('')
        onChange([chosen].flat().map((one) => ({ id: Number(one?.value), name: String(one?.label ?? '') })))
      }}
    />
  )
}
