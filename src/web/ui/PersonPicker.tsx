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

/** Finds a person in the roster by name, initials or staff number; shows enough to tell namesakes apart. */
export function PersonPicker({
  id,
  value,
  onChange,
  unitId,
  household,
  invalid,
  label,
}: {
  id?: string
  value: Named | null
  onChange: (value: Named | null) => void
  unitId?: number
  /** Picks the family (by its head) instead of the person. */
  household?: boolean
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
      options={[...current, ...options]}
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
        // A family that no ledger has named yet is made when it is chosen.
        if (household && next !== null && next < 0)
          void post<{ id: number }>('/api/households', { personId: -next }).then(
            (made) => onChange({ id: made.id, name }),
            (error: Error) => toast(error.message, 'bad'),
          )
        else onChange(next ? { id: next, name } : null)
      }}
    />
  )
}
