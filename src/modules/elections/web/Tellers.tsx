import { useState, type ReactElement } from 'react'
import { put } from '../../../web/api.ts'
import { Dialog } from '../../../web/ui/Dialog.tsx'
import { LabelledField } from '../../../web/ui/FieldInput.tsx'
import { PersonPicker, type Named } from '../../../web/ui/PersonPicker.tsx'
import type { DetailShape, SittingShape } from './shapes.ts'

/** Who supervises and who counts; nobody who stands. */
export function Tellers({
  sitting,
  known,
  close,
}: {
  sitting: SittingShape
  known: DetailShape['tellers']
  close: () => void
}): ReactElement {
  const [supervising, setSupervising] = useState<Named[]>(
    known.filter((one) => one.duty !== '计票人').map((one) => ({ id: one.personId, name: one.name })),
  )
  const [counting, setCounting] = useState<Named[]>(
    known.filter((one) => one.duty === '计票人').map((one) => ({ id: one.personId, name: one.name })),
  )
  return (
    <Dialog
      title={`${sitting.title}监票人、计票人`}
      okText="确定"
      done="已确定。"
      ready={supervising.length + counting.length >= 2}
      close={close}
      work={() =>
        put(`/api/sittings/${sitting.id}/tellers`, {
          tellers: [
            ...supervising.map((one, index) => ({ personId: one.id, duty: index === 0 ? '总监票人' : '监票人' })),
            ...counting.map((one) => ({ personId: one.id, duty: '计票人' })),
          ],
        })
      }
    >
      {() => (
        <>
          <p>从不是候选人的会员（代表）中推选，由会议通过。第一位监票人为总监票人。</p>
          <People id="t-supervise" label="监票人" people={supervising} change={setSupervising} />
          <People id="t-count" label="计票人" people={counting} change={setCounting} />
        </>
      )}
    </Dialog>
  )
}

function People({
  id,
  label,
  people,
  change,
}: {
  id: string
  label: string
  people: readonly Named[]
  change: (people: Named[]) => void
}): ReactElement {
  return (
    <LabelledField id={id} label={label}>
      <>
        <PersonPicker
          id={id}
          label={label}
          value={null}
          onChange={(one) => one && !people.some((known) => known.id === one.id) && change([...people, one])}
          membersOnly
        />
        <span className="row">
          {people.map((one) => (
            <button
              key={one.id}
              type="button"
              className="link"
              aria-label={`去掉${label}${one.name}`}
              onClick={() => change(people.filter((other) => other !== one))}
            >
              {one.name} ×
            </button>
          ))}
        </span>
      </>
    </LabelledField>
  )
}
