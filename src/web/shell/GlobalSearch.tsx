import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useDeferredValue, useEffect, useRef, useState, type KeyboardEvent, type ReactElement } from 'react'
import { get } from '../api.ts'
import { path } from '../path.ts'
import { useMe, useRegisters } from '../session.ts'
import type { PersonRow } from '../shapes.ts'
import { Icon } from '../ui/Icon.tsx'
import { fetchUnits } from '../ui/UnitTree.tsx'
import { menuOf } from './menu.ts'

interface Hit {
  key: string
  title: string
  note: string
  to: string
}

/** Goes to a page, a register, a unit or a person. `/` puts the cursor here from anywhere; arrows and Enter choose. */
export function GlobalSearch(): ReactElement {
  const [text, setText] = useState('')
  const [open, setOpen] = useState(false)
  const [at, setAt] = useState(0)
  const input = useRef<HTMLInputElement>(null)
  const navigate = useNavigate()
  const me = useMe()
  const what = me.data?.offices.length ? '搜索登记簿、会员、单位' : '搜索要办的事'
  const wanted = useDeferredValue(text.trim())
  // A third of a megabyte that most pages don't need: fetched when somebody begins to search.
  const registers = useRegisters(open)
  const persons = useQuery({
    queryKey: ['find-persons', wanted],
    queryFn: () => get<{ rows: PersonRow[] }>('/api/persons', { q: wanted }).then((answer) => answer.rows),
    enabled: wanted.length > 0,
    retry: false,
  })
  const units = useQuery({
    queryKey: ['units', 'search', wanted],
    queryFn: () => fetchUnits({ q: wanted }),
    enabled: wanted.length > 0,
    retry: false,
  })
  useEffect(() => {
    const onKey = (event: globalThis.KeyboardEvent): void => {
      const target = event.target as HTMLElement
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey) return
      if (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)) return
      event.preventDefault()
      input.current?.focus()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [])

  const hits: Hit[] = []
  if (wanted) {
    for (const item of menuOf(me.data?.permissions ?? []).flatMap((group) => group.items))
      if (item.title.includes(wanted)) hits.push({ key: item.to, title: item.title, note: '页面', to: item.to })
    for (const register of (registers.data ?? []).filter((one) => one.title.includes(wanted)).slice(0, 6))
      hits.push({ key: register.id, title: register.title, note: '登记簿', to: path.register(register.id) })
    for (const unit of (units.data ?? []).slice(0, 5))
      hits.push({ key: `u${unit.id}`, title: unit.name, note: '单位', to: path.unit(unit.id) })
    for (const person of (persons.data ?? []).slice(0, 6))
      hits.push({
        key: `p${person.id}`,
        title: person.name,
        note: [person.staffNo, person.unitName].filter(Boolean).join(' · '),
        to: path.member(person.id),
      })
  }
  const go = (hit: Hit | undefined): void => {
    if (!hit) return
    setOpen(false)
    setText('')
    input.current?.blur()
    void navigate({ to: hit.to as never })
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') {
      setOpen(false)
      setText('')
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      const step = event.key === 'ArrowDown' ? 1 : -1
      if (hits.length) setAt((at + step + hits.length) % hits.length)
    } else if (event.key === 'Enter') go(hits[at])
  }
  return (
    <div className="searchbox" role="search">
      <Icon name="search" size={16} />
      <input
        ref={input}
        className="control"
        role="combobox"
        aria-label={what}
        aria-expanded={open && wanted.length > 0}
        aria-controls="search-hits"
        aria-activedescendant={open && hits[at] ? `hit-${at}` : undefined}
        autoComplete="off"
        placeholder={what}
        value={text}
        onChange={(event) => {
          setText(event.target.value)
          setOpen(true)
          setAt(0)
        }}
        onFocus={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onKeyDown={onKeyDown}
      />
      <kbd aria-hidden="true">/</kbd>
      {open && wanted && (
        <div className="pop wide right" id="search-hits" role="listbox" aria-label="搜索结果">
          {hits.map((hit, index) => (
            <div
              key={hit.key}
              id={`hit-${index}`}
              role="option"
              aria-selected={index === at}
              className={`pop-item${index === at ? ' at' : ''}`}
              // The press must win against the input's blur.
              onPointerDown={(event) => {
                event.preventDefault()
                go(hit)
              }}
            >
              <span>{hit.title}</span>
              <span className="faint">{hit.note}</span>
            </div>
          ))}
          {hits.length === 0 && (
            <div className="pop-item" role="option" aria-selected="false" aria-disabled="true">
              {persons.isFetching || units.isFetching ? '正在搜索…' : `没有找到“${wanted}”，可换姓名首字母或工号再试。`}
            </div>
          )}
        </div>
      )}
    </div>
  )
}
