import { useQuery } from '@tanstack/react-query'
import { useState, type ReactElement } from 'react'
import { get } from '../api.ts'
import type { UnitRow } from '../shapes.ts'
import { Icon } from './Icon.tsx'
import { Loading, Problem } from './states.tsx'

type Choose = (unit: { id: number; name: string }) => void

export const fetchUnits = (query: { parentId?: number; q?: string }): Promise<UnitRow[]> =>
  get<{ units: UnitRow[] }>('/api/units', query).then((answer) => answer.units)

/** The organisation tree: opened branch by branch, searchable, one node chosen. Shows only what the reader may see. */
export function UnitTree({
  chosen,
  onChoose,
  autoFocus,
}: {
  chosen?: number
  onChoose: Choose
  autoFocus?: boolean
}): ReactElement {
  const [text, setText] = useState('')
  const wanted = text.trim()
  const found = useQuery({
    queryKey: ['units', 'search', wanted],
    queryFn: () => fetchUnits({ q: wanted }),
    enabled: wanted.length > 0,
  })
  return (
    <div>
      <input
        className="control"
        type="search"
        placeholder="搜索单位"
        aria-label="搜索单位"
        value={text}
        // Only where the reader has just asked for this panel.
        autoFocus={autoFocus}
        onChange={(event) => setText(event.target.value)}
        style={{ marginBottom: 8 }}
      />
      {wanted ? (
        <div>
          {found.error && <Problem error={found.error} />}
          {found.isPending && <Loading />}
          {found.data?.length === 0 && <p className="faint">没有名称含“{wanted}”的单位。</p>}
          {found.data?.map((unit) => (
            <button
              key={unit.id}
              type="button"
              className={`bare tree-row${unit.id === chosen ? ' chosen' : ''}`}
              title={unit.path ?? unit.name}
              onClick={() => onChoose(unit)}
            >
              <span className="name" style={{ paddingLeft: 8 }}>
                {unit.name}
              </span>
            </button>
          ))}
        </div>
      ) : (
        <Branch chosen={chosen} onChoose={onChoose} depth={0} />
      )}
    </div>
  )
}

function Branch({
  parentId,
  chosen,
  onChoose,
  depth,
}: {
  parentId?: number
  chosen: number | undefined
  onChoose: Choose
  depth: number
}): ReactElement {
  const units = useQuery({
    queryKey: ['units', 'children', parentId ?? 'top'],
    queryFn: () => fetchUnits(parentId === undefined ? {} : { parentId }),
    staleTime: 60_000,
  })
  if (units.error) return <Problem error={units.error} retry={() => void units.refetch()} />
  if (!units.data) return <Loading />
  return (
    <ul className={depth ? 'tree-children' : undefined}>
      {units.data.map((unit) => (
        <Node
          key={unit.id}
          unit={unit}
          chosen={chosen}
          onChoose={onChoose}
          depth={depth}
          alone={units.data.length === 1}
        />
      ))}
    </ul>
  )
}

function Node({
  unit,
  chosen,
  onChoose,
  depth,
  alone,
}: {
  unit: UnitRow
  chosen: number | undefined
  onChoose: Choose
  depth: number
  alone: boolean
}): ReactElement {
  const [open, setOpen] = useState(depth === 0 && alone)
  const has = unit.hasChildren ?? (unit.children ?? 0) > 0
  return (
    <li>
      <div className={`tree-row${unit.id === chosen ? ' chosen' : ''}`}>
        {has ? (
          <button
            type="button"
            className="bare twist"
            aria-expanded={open}
            aria-label={`${open ? '收起' : '展开'}${unit.name}`}
            onClick={() => setOpen(!open)}
          >
            <Icon name={open ? 'down' : 'right'} size={14} />
          </button>
        ) : (
          <span className="twist" />
        )}
        <button
          type="button"
          className="bare name"
          title={unit.name}
          aria-current={unit.id === chosen ? 'true' : undefined}
          onClick={() => onChoose(unit)}
        >
          {unit.shortName ?? unit.name}
        </button>
      </div>
      {open && has && <Branch parentId={unit.id} chosen={chosen} onChoose={onChoose} depth={depth + 1} />}
    </li>
  )
}
