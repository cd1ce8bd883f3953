import { keepPreviousData, useQuery, type UseQueryResult } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useSyncExternalStore } from 'react'
import { get } from './api.ts'
import type { Me, RegisterShape, TodoRow } from './shapes.ts'

/** Small preferences of this browser: favourites, columns, density, text size, last unit and year. */
const listeners = new Set<() => void>()
const prefix = 'zhijia.'

function readPreference(key: string): string | null {
  try {
    return localStorage.getItem(prefix + key)
  } catch {
    return null // a locked-down browser: everything works, nothing is remembered
  }
}
export function writePreference(key: string, value: unknown): void {
  try {
    localStorage.setItem(prefix + key, JSON.stringify(value))
  } catch {
    // see above
  }
  for (const listener of listeners) listener()
}
const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** A remembered value and its setter; the same in every component that asks for the key. */
export function usePreference<Value>(key: string, initial: Value): [Value, (value: Value) => void] {
  const text = useSyncExternalStore(subscribe, () => readPreference(key))
  let value = initial
  if (text !== null)
    try {
      value = JSON.parse(text) as Value
    } catch {
      // an unreadable value counts as none
    }
  return [value, (next) => writePreference(key, next)]
}

/** Registers starred by this person on this machine. */
export const useFavourites = (): [string[], (value: string[]) => void] =>
  usePreference<string[]>(`favourites.${useMe().data?.accountId ?? 0}`, [])

/** The query part of the address as plain strings, and a setter that merges (empty values are dropped). */
export function useAddress(): [
  Record<string, string>,
  (patch: Record<string, string | number | null | undefined>, how?: { replace?: boolean }) => void,
] {
  const search = useSearch({ strict: false }) as Record<string, string>
  const navigate = useNavigate()
  return [
    search,
    (patch, how) => {
      const next: Record<string, string> = { ...search }
      for (const [name, value] of Object.entries(patch))
        if (value === null || value === undefined || value === '') delete next[name]
        else next[name] = String(value)
      void navigate({ to: '.', search: next, replace: how?.replace ?? false, resetScroll: false } as never)
    },
  ]
}

export const useMe = (): UseQueryResult<Me> =>
  useQuery({ queryKey: ['me'], queryFn: () => get<Me>('/api/me'), staleTime: 60_000, retry: false })

/** Units the reader holds offices at, the current one first. */
export function myUnits(me: Me | undefined): { id: number; name: string }[] {
  if (!me) return []
  const all = [me.currentUnit, ...me.offices.map((office) => ({ id: office.unitId, name: office.unitName }))]
  return [...new Map(all.filter((unit) => unit !== null).map((unit) => [unit.id, unit])).values()]
}

/** False while one still owes a second factor: until then the server answers nothing else. */
const useFullySignedIn = (): boolean => useMe().data?.stage === 'full'

export const useMay = (): ((permission: string) => boolean) => {
  const me = useMe()
  return (permission) => me.data?.permissions.includes(permission) ?? false
}

const thisYear = (): number =>
  Number(new Intl.DateTimeFormat('en', { timeZone: 'Asia/Shanghai', year: 'numeric' }).format())

/**
 * Every register one may open, with its declaration and how many records it has this year.
 * @param wanted false puts the question off until it is needed
 * @param year counts of another year than this one
 */
export const useRegisters = (wanted = true, year = thisYear()): UseQueryResult<RegisterShape[]> =>
  useQuery({
    queryKey: year === thisYear() ? ['registers'] : ['registers', year],
    queryFn: () => get<RegisterShape[]>('/api/registers', { year }),
    staleTime: 300_000,
    enabled: useFullySignedIn() && wanted,
  })

export const useTodos = (): UseQueryResult<{ todos: TodoRow[]; total: number; overdue: number }> =>
  useQuery({
    queryKey: ['todos'],
    queryFn: () => get<{ todos: TodoRow[]; total: number; overdue: number }>('/api/todos', { limit: 200 }),
    staleTime: 60_000,
    placeholderData: keepPreviousData,
    enabled: useFullySignedIn(),
  })

/** Messages not yet read. */
export const useUnread = (): number =>
  useQuery({
    queryKey: ['notices', 'count'],
    queryFn: () => get<{ unread: number }>('/api/notices/count'),
    staleTime: 60_000,
    retry: false,
    enabled: useFullySignedIn(),
  }).data?.unread ?? 0

export const today = (): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short' }).format()

/** Unit and year everything on the page speaks of: the address decides, then what was chosen last, then the office. */
export function useScope(): {
  unitId: number
  unitName: string
  year: number
  choose: (patch: { unit?: { id: number; name: string }; year?: number }) => void
} {
  const [search, setSearch] = useAddress()
  const me = useMe()
  const [lastUnit, setLastUnit] = usePreference<{ id: number; name: string } | null>(
    `unit.${me.data?.accountId ?? 0}`,
    null,
  )
  const [lastYear, setLastYear] = usePreference<number | null>('year', null)
  const units = myUnits(me.data)
  const home = units[0]
  const chosen = search['unit'] ? Number(search['unit']) : undefined
  const unitId = chosen ?? lastUnit?.id ?? home?.id ?? 0
  const known = [lastUnit, ...units].find((unit) => unit?.id === unitId)
  return {
    unitId,
    unitName: known?.name ?? '',
    year: search['year'] ? Number(search['year']) : (lastYear ?? thisYear()),
    choose: ({ unit, year }) => {
      if (unit) setLastUnit(unit)
      if (year) setLastYear(year)
      setSearch({ unit: unit ? unit.id : search['unit'], year: year ?? search['year'], after: null, page: null })
    },
  }
}
