import { Input, Select } from 'antd'
import { useState, type ReactElement } from 'react'
import { post } from '../../../web/api.ts'
import { today } from '../../../web/session.ts'
import { Dialog } from '../../../web/ui/Dialog.tsx'
import { DateInput, LabelledField } from '../../../web/ui/FieldInput.tsx'
import { PersonPicker, type Named } from '../../../web/ui/PersonPicker.tsx'
import { OCCASIONS, RELATIONS, STATUSES } from '../words.ts'

const options = (values: readonly string[]) => values.map((value) => ({ value, label: value }))

/** A few fields, from a phone as well: who, what, when. */
export function ReportDialog({ unitId, close }: { unitId: number; close: () => void }): ReactElement {
  const [person, setPerson] = useState<Named | null>(null)
  const [status, setStatus] = useState('在职')
  const [occasion, setOccasion] = useState<string | null>(null)
  const [relation, setRelation] = useState('本人')
  const [happenedOn, setHappenedOn] = useState<string | null>(today())
  const [place, setPlace] = useState('')
  const [note, setNote] = useState('')
  return (
    <Dialog
      title="报告事项"
      okText="报告"
      done="已报告，工会会按期走访。"
      ready={Boolean(person && occasion && happenedOn)}
      close={close}
      work={() =>
        post('/api/care/events', {
          personId: person?.id,
          status,
          occasion,
          relation,
          happenedOn,
          ...(place.trim() && { place }),
          ...(note.trim() && { note }),
        })
      }
    >
      {(fields) => (
        <div className="fields">
          <LabelledField id="person" label="职工" required error={fields['personId']}>
            <PersonPicker id="person" label="职工" value={person} onChange={setPerson} unitId={unitId} membersOnly />
          </LabelledField>
          <LabelledField id="occasion" label="事由" required error={fields['occasion']}>
            <Select
              id="occasion"
              aria-label="事由"
              placeholder="请选择"
              value={occasion}
              options={options(OCCASIONS)}
              onChange={setOccasion}
            />
          </LabelledField>
          <LabelledField id="relation" label="当事人是职工的" error={fields['relation']}>
            <Select
              id="relation"
              aria-label="当事人是职工的"
              value={relation}
              options={options(RELATIONS)}
              onChange={setRelation}
            />
          </LabelledField>
          <LabelledField id="status" label="职工状况" error={fields['status']}>
            <Select id="status" aria-label="职工状况" value={status} options={options(STATUSES)} onChange={setStatus} />
          </LabelledField>
          <LabelledField id="happenedOn" label="发生日期" required error={fields['happenedOn']}>
            <DateInput id="happenedOn" label="发生日期" value={happenedOn} onChange={setHappenedOn} />
          </LabelledField>
          <LabelledField id="place" label="到哪里看望" error={fields['place']}>
            <Input id="place" maxLength={80} value={place} onChange={(event) => setPlace(event.target.value)} />
          </LabelledField>
          <LabelledField id="note" label="情况说明" error={fields['note']} help="只写走访需要知道的，不写病情细节。">
            <Input.TextArea
              id="note"
              maxLength={500}
              autoSize={{ minRows: 2 }}
              value={note}
              onChange={(event) => setNote(event.target.value)}
            />
          </LabelledField>
        </div>
      )}
    </Dialog>
  )
}
