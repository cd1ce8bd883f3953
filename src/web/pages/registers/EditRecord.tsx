import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { get } from '../../api.ts'
import { today, useRegisters, useScope } from '../../session.ts'
import type { RecordDetail, UnitRow } from '../../shapes.ts'
import { Loaded, Refused } from '../../ui/states.tsx'
import { draftOf, emptyDraft } from './draft.ts'
import { RecordForm } from './RecordForm.tsx'

export function NewRecord(): ReactElement {
  const { register: id } = useParams({ strict: false }) as { register: string }
  const registers = useRegisters()
  const scope = useScope()
  const unit = useQuery({
    queryKey: ['unit', scope.unitId],
    queryFn: () => get<UnitRow>(`/api/units/${scope.unitId}`),
    enabled: scope.unitId > 0,
  })
  return (
    <Loaded query={registers}>
      {(all) => {
        const register = all.find((one) => one.id === id)
        if (!register) return <Refused />
        return (
          <Loaded query={unit}>
            {(home) => {
              const day = today()
              // Last year's ledger is often caught up on in January: the chosen year decides the first guess.
              const start = day.startsWith(String(scope.year)) ? day : `${scope.year}-12-31`
              return (
                <RecordForm
                  key={id}
                  register={register}
                  start={emptyDraft({ id: home.id, name: home.name }, start, register)}
                />
              )
            }}
          </Loaded>
        )
      }}
    </Loaded>
  )
}

export function EditRecord(): ReactElement {
  const { id } = useParams({ strict: false }) as { id: string }
  const registers = useRegisters()
  const record = useQuery({
    queryKey: ['record', Number(id)],
    queryFn: () => get<RecordDetail>(`/api/records/${id}`),
    // Never re-read under somebody's hands.
    staleTime: Infinity,
    gcTime: 0,
  })
  return (
    <Loaded query={registers}>
      {(all) => (
        <Loaded query={record}>
          {(row) => {
            const register = all.find((one) => one.id === row.register)
            if (!register) return <Refused />
            return <RecordForm key={row.id} register={register} record={row} start={draftOf(register, row)} />
          }}
        </Loaded>
      )}
    </Loaded>
  )
}
