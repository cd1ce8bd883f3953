import { Input } from 'antd'
import { useState, type ReactElement } from 'react'
import { post, put } from '../../../web/api.ts'
import { ChoiceField } from '../../../web/ui/ChoiceField.tsx'
import { Dialog } from '../../../web/ui/Dialog.tsx'
import { LabelledField } from '../../../web/ui/FieldInput.tsx'
import { PersonPicker, type Named } from '../../../web/ui/PersonPicker.tsx'
import { UnitPicker } from '../../../web/ui/UnitPicker.tsx'
import { RELATIONS, relations, type Relation } from '../posts.ts'
import type { CandidateShape, RaceShape } from './shapes.ts'

export function Nominate({ race, close }: { race: RaceShape; close: () => void }): ReactElement {
  const [unit, setUnit] = useState<{ id: number; name: string } | null>(null)
  const [people, setPeople] = useState<Named[]>([])
  return (
    <Dialog
      title={`登记推荐：${race.title}`}
      okText="登记"
      done="已登记。"
      ready={Boolean(unit && people.length)}
      close={close}
      work={() =>
        put(`/api/races/${race.id}/nominations`, { unitId: unit?.id, personIds: people.map((one) => one.id) })
      }
    >
      {(errors) => (
        <>
          <LabelledField id="n-unit" label="推荐单位（分会、小组）" required error={errors['unitId']}>
            <UnitPicker id="n-unit" label="推荐单位（分会、小组）" value={unit} onChange={setUnit} />
          </LabelledField>
          <LabelledField
            id="n-person"
            label="推荐的人"
            required
            error={errors['personId']}
            help="可逐个添加；同一单位再次登记会替换上一次"
          >
            <PersonPicker
              id="n-person"
              label="推荐的人"
              value={null}
              onChange={(one) => one && !people.some((known) => known.id === one.id) && setPeople([...people, one])}
              membersOnly
            />
          </LabelledField>
          <p className="row">
            {people.map((one) => (
              <button
                key={one.id}
                type="button"
                className="link"
                aria-label={`去掉${one.name}`}
                onClick={() => setPeople(people.filter((other) => other !== one))}
              >
                {one.name} ×
              </button>
            ))}
          </p>
        </>
      )}
    </Dialog>
  )
}

export function ListCandidate({ race, close }: { race: RaceShape; close: () => void }): ReactElement {
  const [person, setPerson] = useState<Named | null>(null)
  return (
    <Dialog
      title={`添加候选人：${race.title}`}
      okText="添加"
      done="已列入名单。"
      ready={person !== null}
      close={close}
      work={() => post(`/api/races/${race.id}/candidates`, { personId: person?.id })}
    >
      {(errors) => (
        <LabelledField id="l-person" label="候选人" required error={errors['personId']}>
          <PersonPicker id="l-person" label="候选人" value={person} onChange={setPerson} membersOnly />
        </LabelledField>
      )}
    </Dialog>
  )
}

export function Describe({ candidate, close }: { candidate: CandidateShape; close: () => void }): ReactElement {
  const [relation, setRelation] = useState<Relation>(candidate.relation ?? 'none')
  const [resume, setResume] = useState(candidate.resume ?? '')
  const [partyPost, setPartyPost] = useState(candidate.partyPost ?? '')
  const [place, setPlace] = useState(candidate.place === null ? '' : String(candidate.place))
  return (
    <Dialog
      title={`${candidate.name}的声明与简历`}
      okText="保存"
      done="已保存。"
      close={close}
      work={() =>
        put(`/api/races/${candidate.raceId}/candidates/${candidate.personId}`, {
          relation,
          resume: resume.trim() || null,
          partyPost: partyPost.trim() || null,
          place: place.trim() ? Number(place) : null,
        })
      }
    >
      {(errors) => (
        <>
          <ChoiceField
            id="c-relation"
            label="本人声明"
            error={errors['relation']}
            help="由候选人本人签署；近亲属指配偶、父母、子女、兄弟姐妹、祖父母、外祖父母、孙子女、外孙子女"
            value={relation}
            options={relations.map((value) => ({ value, label: RELATIONS[value] }))}
            onChange={setRelation}
          />
          <LabelledField id="c-resume" label="简历" error={errors['resume']}>
            <Input.TextArea
              id="c-resume"
              rows={3}
              maxLength={1000}
              value={resume}
              onChange={(event) => setResume(event.target.value)}
            />
          </LabelledField>
          <LabelledField
            id="c-party"
            label="党组织职务"
            error={errors['partyPost']}
            help="党组织副职经选举兼任工会主席的，填写其党内职务；没有的留空"
          >
            <Input
              id="c-party"
              maxLength={200}
              value={partyPost}
              onChange={(event) => setPartyPost(event.target.value)}
            />
          </LabelledField>
          <LabelledField
            id="c-place"
            label="笔画次序更正"
            error={errors['place']}
            help="名单已按姓氏笔画排列；次序有误时填写应排的位次"
          >
            <Input id="c-place" inputMode="numeric" value={place} onChange={(event) => setPlace(event.target.value)} />
          </LabelledField>
        </>
      )}
    </Dialog>
  )
}
