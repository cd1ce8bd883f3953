import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { useDeferredValue, useState, type ReactElement } from 'react'
import { fetchUnits } from './UnitTree.tsx'

/** Picks a unit by a piece of its name or its initials, among those the reader may see. */
export function UnitPicker({
  id,
  value,
  onChange,
  label,
  invalid,
}: {
  id?: string
  value: { id: number; name: string } | null
  onChange: (value: { id: number; name: string; code?: string } | null) => void
  label: string
  invalid?: boolean
}): ReactElement {
  const [text, setText] = useState('')
  const wanted = useDeferredValue(text.trim())
  const found = useQuery({
    queryKey: ['units', wanted ? 'search' : 'children', wanted || 'top'],
    queryFn: () => fetchUnits(wanted ? { q: wanted } : {}),
  })
  const options = (found.data ?? []).map((unit) => ({
    value: unit.id,
    label: unit.name,
    code: unit.code ?? '',
    path: typeof unit.path === 'string' ? unit.path : '',
  }))
  if (value && !options.some((option) => option.value === value.id))
    options.unshift({ value: value.id, label: value.name, code: '', path: '' })
  return (
    <Select
      {...(id && { id })}
      aria-label={label}
      showSearch={{ filterOption: false, searchValue: text, onSearch: setText }}
      {...(invalid && { status: 'error' as const })}
      placeholder="输入单位名称查找"
      value={value?.id ?? null}
      options={options}
      optionRender={(option) => (
        <span>
          {option.label} <span className="faint">{(option.data as { path: string }).path}</span>
        </span>
      )}
      notFoundContent={found.isFetching ? '正在查找…' : '没有这个单位，或您没有查看它的权限。'}
      onChange={(next: number, option) => {
        setText('')
        const chosen = option as { label?: string; code?: string }
        onChange({ id: next, name: chosen.label ?? '', ...(chosen.code && { code: chosen.code }) })
      }}
    />
  )
}
