import type { ReactElement } from 'react'
import { ChoiceField } from '../../../web/ui/ChoiceField.tsx'
import { DateInput, LabelledField } from '../../../web/ui/FieldInput.tsx'
import { PersonPicker, type Named } from '../../../web/ui/PersonPicker.tsx'
import { SOURCES, type Source } from '../words.ts'
import type { Options } from './shapes.ts'

/** Somebody else's words that an officer writes down. */
export interface Behalf {
  on: boolean
  mover: Named | null
  source: Source
  receivedOn: string | null
}

export function BehalfFields({
  options,
  behalf,
  set,
  errors,
}: {
  options: Options
  behalf: Behalf
  set: (behalf: Behalf) => void
  errors: Readonly<Record<string, string>>
}): ReactElement {
  return (
    <>
      <LabelledField
        id="m-mover"
        label="提案人"
        error={errors['moverId']}
        help="意见箱里没有署名的可不填，种类选“意见”"
      >
        <PersonPicker
          id="m-mover"
          label="提案人"
          membersOnly
          unitId={options.unitId}
          value={behalf.mover}
          onChange={(mover) => set({ ...behalf, mover })}
        />
      </LabelledField>
      <ChoiceField
        id="m-source"
        label="来源"
        required={false}
        error={errors['source']}
        value={behalf.source}
        options={(['paper', 'meeting', 'box'] as const).map((source) => ({
          value: source,
          label: SOURCES[source],
        }))}
        onChange={(source: Source) => set({ ...behalf, source })}
      />
      <LabelledField id="m-received" label="收到日期" error={errors['receivedOn']}>
        <DateInput
          id="m-received"
          label="收到日期"
          value={behalf.receivedOn}
          onChange={(receivedOn) => set({ ...behalf, receivedOn })}
        />
      </LabelledField>
    </>
  )
}
