import { Select } from 'antd'
import { useState, type ReactElement } from 'react'
import { TAGS } from '../../../modules/members/words.ts'
import { post } from '../../api.ts'
import { today, useScope } from '../../session.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { DateInput, LabelledField } from '../../ui/FieldInput.tsx'
import { UnitPicker } from '../../ui/UnitPicker.tsx'
import { emptyPerson, personBody, PersonFields } from './PersonFields.tsx'

/** One member, whose joining was already approved. Many come by the roster's import. */
export function AddMember({ close }: { close: () => void }): ReactElement {
  const scope = useScope()
  const [draft, setDraft] = useState(emptyPerson)
  const [unit, setUnit] = useState<{ id: number; name: string } | null>({ id: scope.unitId, name: scope.unitName })
  const [joinedOn, setJoinedOn] = useState<string | null>(today())
  const [tags, setTags] = useState<string[]>([])
  return (
    <Dialog
      title="新增会员"
      okText="登记入会"
      done="已登记入会。"
      ready={Boolean(draft.name.trim() && unit && joinedOn)}
      close={close}
      work={() => post('/api/members', { ...personBody(draft), unitId: unit?.id, joinedOn, tags })}
    >
      {(errors) => (
        <>
          <LabelledField id="m-unit" label="单位" required error={errors['unitId']}>
            <UnitPicker id="m-unit" label="单位" value={unit} onChange={setUnit} />
          </LabelledField>
          <LabelledField id="m-joined" label="入会日期" required error={errors['joinedOn']}>
            <DateInput id="m-joined" label="入会日期" value={joinedOn} onChange={setJoinedOn} />
          </LabelledField>
          <PersonFields value={draft} onChange={setDraft} errors={errors} />
          <LabelledField id="m-tags" label="身份标签" error={errors['tags']}>
            <Select
              id="m-tags"
              aria-label="身份标签"
              mode="tags"
              placeholder="劳模、党员、一线…"
              value={tags}
              options={TAGS.map((tag) => ({ value: tag, label: tag }))}
              onChange={setTags}
            />
          </LabelledField>
        </>
      )}
    </Dialog>
  )
}
