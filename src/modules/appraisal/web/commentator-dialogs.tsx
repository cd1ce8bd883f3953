import { Checkbox, Input, Select } from 'antd'
import { useState, type ReactElement } from 'react'
import { addYears } from '../../../kernel/calendar/days.ts'
import { post } from '../../../web/api.ts'
import { today, useScope } from '../../../web/session.ts'
import { Dialog } from '../../../web/ui/Dialog.tsx'
import { DateInput, LabelledField, parseNumber } from '../../../web/ui/FieldInput.tsx'
import { PersonPicker, type Named } from '../../../web/ui/PersonPicker.tsx'
import { SOURCES } from '../words.ts'

export interface Panel {
  id: number
  unitId: number
  unitName: string
  batch: number
  appointedOn: string
  endsOn: string
  events: { id: number; kind: string; title: string; onDate: string; people: Named[] }[]
}
export interface Suggestion {
  id: number
  source: string
  personName: string | null
  words: string
  madeOn: string
  adopted: boolean | null
  outcome: string | null
  changed: string | null
  link: string | null
}

function People({ value, onChange }: { value: Named[]; onChange: (value: Named[]) => void }): ReactElement {
  return (
    <>
      <LabelledField id="c-person" label="评论员" required help="一个一个选，选中的列在下面。">
        <PersonPicker
          id="c-person"
          label="评论员"
          membersOnly
          value={null}
          onChange={(person) => person && !value.some((one) => one.id === person.id) && onChange([...value, person])}
        />
      </LabelledField>
      <div className="row">
        {value.map((person) => (
          <button
            key={person.id}
            type="button"
            className="link"
            aria-label={`去掉${person.name}`}
            onClick={() => onChange(value.filter((one) => one.id !== person.id))}
          >
            {person.name} ×
          </button>
        ))}
      </div>
    </>
  )
}

export function Appoint({ close }: { close: () => void }): ReactElement {
  const scope = useScope()
  const [batch, setBatch] = useState('')
  const [appointedOn, setAppointedOn] = useState<string | null>(today())
  const [endsOn, setEndsOn] = useState<string | null>(addYears(today(), 2))
  const [people, setPeople] = useState<Named[]>([])
  return (
    <Dialog
      title="聘任一批评论员"
      okText="聘任"
      done="已登记聘任。"
      ready={Boolean(batch.trim() && people.length && appointedOn && endsOn)}
      close={close}
      work={() =>
        post('/api/appraisal/panels', {
          unitId: scope.unitId,
          batch: parseNumber('integer', batch) ?? batch,
          appointedOn,
          endsOn,
          title: `第 ${batch.trim()} 批评论员聘任`,
          personIds: people.map((person) => person.id),
        })
      }
    >
      {(errors) => (
        <>
          <LabelledField id="c-batch" label="第几批" required error={errors['batch']}>
            <Input id="c-batch" inputMode="numeric" value={batch} onChange={(event) => setBatch(event.target.value)} />
          </LabelledField>
          <LabelledField id="c-from" label="聘任日期" required error={errors['appointedOn']}>
            <DateInput id="c-from" label="聘任日期" value={appointedOn} onChange={setAppointedOn} />
          </LabelledField>
          <LabelledField id="c-to" label="聘期到" required error={errors['endsOn']}>
            <DateInput id="c-to" label="聘期到" value={endsOn} onChange={setEndsOn} />
          </LabelledField>
          <People value={people} onChange={setPeople} />
        </>
      )}
    </Dialog>
  )
}

export function Met({ panel, close }: { panel: Panel; close: () => void }): ReactElement {
  const [kind, setKind] = useState('会议')
  const [title, setTitle] = useState('')
  const [onDate, setOnDate] = useState<string | null>(today())
  const appointed = panel.events.find((event) => event.kind === '聘任')?.people ?? []
  const [present, setPresent] = useState(appointed.map((person) => person.id))
  return (
    <Dialog
      title={`第 ${panel.batch} 批评论员`}
      okText="登记"
      done="已登记。"
      ready={Boolean(title.trim() && onDate && present.length)}
      close={close}
      work={() =>
        post(`/api/appraisal/panels/${panel.id}/events`, { kind, title: title.trim(), onDate, personIds: present })
      }
    >
      {(errors) => (
        <>
          <LabelledField id="m-kind" label="种类" required>
            <Select
              id="m-kind"
              aria-label="种类"
              value={kind}
              options={['会议', '参加大型活动'].map((value) => ({ value, label: value }))}
              onChange={setKind}
            />
          </LabelledField>
          <LabelledField id="m-title" label="事项名称" required error={errors['title']}>
            <Input id="m-title" value={title} onChange={(event) => setTitle(event.target.value)} />
          </LabelledField>
          <LabelledField id="m-on" label="日期" required error={errors['onDate']}>
            <DateInput id="m-on" label="日期" value={onDate} onChange={setOnDate} />
          </LabelledField>
          <LabelledField id="m-people" label="参加的评论员" required group>
            <Checkbox.Group
              value={present}
              options={appointed.map((person) => ({ value: person.id, label: person.name }))}
              onChange={setPresent}
            />
          </LabelledField>
        </>
      )}
    </Dialog>
  )
}

export function Suggest({ panels, close }: { panels: readonly Panel[]; close: () => void }): ReactElement {
  const scope = useScope()
  const [source, setSource] = useState<(typeof SOURCES)[number]>('评论员')
  const [person, setPerson] = useState<Named | null>(null)
  const [words, setWords] = useState('')
  const [madeOn, setMadeOn] = useState<string | null>(today())
  const named = source === '评论员'
  const panel = panels.find((one) => one.events.some((event) => event.people.some(({ id }) => id === person?.id)))
  return (
    <Dialog
      title="登记建议"
      okText="登记"
      done="已登记。"
      ready={Boolean(words.trim() && madeOn && (!named || person))}
      close={close}
      work={() =>
        post('/api/appraisal/suggestions', {
          unitId: panel?.unitId ?? scope.unitId,
          source,
          panelId: named ? (panel?.id ?? null) : null,
          personId: named ? person?.id : null,
          words: words.trim(),
          madeOn,
        })
      }
    >
      {(errors) => (
        <>
          <LabelledField id="g-source" label="来源" required>
            <Select
              id="g-source"
              aria-label="来源"
              value={source}
              options={SOURCES.map((value) => ({ value, label: value }))}
              onChange={setSource}
            />
          </LabelledField>
          {named && (
            <LabelledField id="g-person" label="提出人" required error={errors['personId']}>
              <PersonPicker id="g-person" label="提出人" membersOnly value={person} onChange={setPerson} />
            </LabelledField>
          )}
          <LabelledField id="g-words" label="意见建议" required error={errors['words']}>
            <Input.TextArea
              id="g-words"
              autoSize={{ minRows: 2 }}
              maxLength={200}
              value={words}
              onChange={(event) => setWords(event.target.value)}
            />
          </LabelledField>
          <LabelledField id="g-on" label="提出日期" required error={errors['madeOn']}>
            <DateInput id="g-on" label="提出日期" value={madeOn} onChange={setMadeOn} />
          </LabelledField>
        </>
      )}
    </Dialog>
  )
}

export function Decide({ suggestion, close }: { suggestion: Suggestion; close: () => void }): ReactElement {
  const [adopted, setAdopted] = useState(true)
  const [outcome, setOutcome] = useState('')
  const [changed, setChanged] = useState('')
  const [link, setLink] = useState('')
  return (
    <Dialog
      title="处理建议"
      okText="保存"
      done="已保存。"
      ready={Boolean(outcome.trim() && (!adopted || changed.trim()))}
      close={close}
      work={() =>
        post(`/api/appraisal/suggestions/${suggestion.id}/decide`, {
          adopted,
          outcome: outcome.trim(),
          changed: changed.trim() || null,
          link: link.trim() || null,
        })
      }
    >
      {(errors) => (
        <>
          <blockquote className="quiet">{suggestion.words}</blockquote>
          <LabelledField id="d-adopted" label="是否采纳" required>
            <Select
              id="d-adopted"
              aria-label="是否采纳"
              value={adopted}
              options={[
                { value: true, label: '采纳' },
                { value: false, label: '不采纳' },
              ]}
              onChange={setAdopted}
            />
          </LabelledField>
          <LabelledField id="d-outcome" label="处理说明" required error={errors['outcome']}>
            <Input id="d-outcome" value={outcome} onChange={(event) => setOutcome(event.target.value)} />
          </LabelledField>
          {adopted && (
            <>
              <LabelledField id="d-changed" label="改了什么" required error={errors['changed']}>
                <Input id="d-changed" value={changed} onChange={(event) => setChanged(event.target.value)} />
              </LabelledField>
              <LabelledField
                id="d-link"
                label="在哪里能看到"
                help="本系统内的地址，例如 /registers/venues.place；可以不填。"
                error={errors['link']}
              >
                <Input id="d-link" value={link} onChange={(event) => setLink(event.target.value)} />
              </LabelledField>
            </>
          )}
        </>
      )}
    </Dialog>
  )
}
