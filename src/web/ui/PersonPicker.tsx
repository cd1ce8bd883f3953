import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { useDeferredValue, useState, type ReactElement } from 'react'
import { get, post } from '../api.ts'
import type { PersonRow } from '../shapes.ts'
import { toast } from './toast.tsx'

export interface Named {
  id: number
  name: string
}

/** Stands for «whoever was typed, who is not in the roster»; families without a household have negative numbers. */
const NEWCOMER = 0

/**
 * Finds a person in the roster by name, initials or staff number; shows enough to tell namesakes apart. In a unit's
 * ledger somebody outside the roster can be named too, and becomes a contact when chosen.
 */
export function PersonPicker({
  id,
  value,
  onChange,
  unitId,
  household,
  membersOnly,
  invalid,
  label,
}: {
  id?: string
  value: Named | null
  onChange: (value: Named | null) => void
  unitId?: number
  /** Picks the family (by its head) instead of the person. */
  household?: boolean
  /** Nobody outside the roster. */
  membersOnly?: boolean
  invalid?: boolean
  label: string
}): ReactElement {
  const [text, setText] = useState('')
  const wanted = useDeferredValue(text.trim())
  const found = useQuery({
    queryKey: ['pick', household ? 'households' : 'persons', wanted, unitId],
    queryFn: () =>
      get<{ rows: (PersonRow & { headName?: string })[] } | (PersonRow & { headName?: string })[]>(
        household ? '/api/households' : '/api/persons',
        { q: wanted, unitId },
      ).then((answer) => (Array.isArray(answer) ? answer : answer.rows)),
    enabled: wanted.length > 0,
  })
  const options = (found.data ?? []).map((person) => ({
    value: person.id,
    label: person.name ?? person.headName,
    note: [person.staffNo, person.unitName, person.masked].filter(Boolean).join(' · '),
  }))
  const newcomer =
    unitId && !membersOnly && found.data && /^\D{2,40}$/.test(wanted) && !/^[a-z]+$/i.test(wanted)
      ? [{ value: NEWCOMER, label: `登记为非会员：${wanted}`, note: '' }]
      : []
  const current =
    value && !options.some((option) => option.value === value.id)
      ? [{ value: value.id, label: value.name, note: '' }]
      : []
  return (
    <Select
      {...(id && { id })}
      aria-label={label}
      allowClear
      showSearch={{ filterOption: false, searchValue: text, onSearch: setText }}
      {...(invalid && { status: 'error' as const })}
      placeholder="输入姓名、首字母或工号"
      value={value?.id ?? null}
      options={[...current, ...options, ...newcomer]}
      optionRender={(option) => (
        <span className="row" style={{ gap: 8 }}>
          {option.label} <span className="faint">{(option.data as { note: string }).note}</span>
        </span>
      )}
      notFoundContent={
        wanted === ''
          ? '输入姓名、拼音首字母或工号查找'
          : found.isFetching
            ? '正在查找…'
            : `花名册里没有“${wanted}”。请先在“会员”里登记，或从台账导入。`
      }
      onChange={(next: number | null, option) => {
        setText('')
        const name = String((option as { label?: string } | undefined)?.label ?? '')
        const refuse = (error: Error): void => toast(error.message, 'bad')
        // A family that no ledger has named yet is made when it is chosen.
        const head = (personId: number, of: string): Promise<void> =>
          post<{ id: number }>('/api/households', { personId }).then((made) => onChange({ id: made.id, name: of }))
        if (next === NEWCOMER)
          void post<Named>('/api/contacts', { name: wanted, unitId })
            .then((made) => (household ? head(made.id, made.name) : onChange(made)))
            .catch(refuse)
        else if (household && next !== null && next < 0) void head(-next, name).catch(refuse)
        else onChange(next ? { id: next, name } : null)
      }}
    />
  )
}
