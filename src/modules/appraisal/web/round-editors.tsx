import { Button, Input } from 'antd'
import { useState, type ReactElement } from 'react'
import { ChoiceField } from '../../../web/ui/ChoiceField.tsx'
import { LabelledField } from '../../../web/ui/FieldInput.tsx'
import { PersonPicker } from '../../../web/ui/PersonPicker.tsx'
import { CHANNELS, type Channel } from '../words.ts'
import { emptyGroup, emptySubject, type DraftGroup, type DraftSubject } from './draft.ts'

const replaced = <Item,>(all: readonly Item[], at: number, patch: Partial<Item>): Item[] =>
  all.map((one, index) => (index === at ? { ...one, ...patch } : one))

/** Who is rated: a person of the roster, or a body or outsider by name. */
export function SubjectsEditor({
  subjects,
  onChange,
  error,
  unitId,
  classes,
  naming,
}: {
  subjects: readonly DraftSubject[]
  onChange: (subjects: DraftSubject[]) => void
  error: string | undefined
  unitId: number
  /** Asks which classes a teacher teaches. */
  classes: boolean
  /** 民主推荐: a subject is a post to be filled. */
  naming: boolean
}): ReactElement {
  const what = naming ? '拟任职务' : '评议对象'
  return (
    <div className="stack" style={{ gap: 16 }}>
      {error && <span className="field-error">{error}</span>}
      {subjects.map((subject, at) => (
        <div key={at} className="form-grid">
          <LabelledField
            id={`s-name-${at}`}
            label={`${what} ${at + 1}`}
            required
            help={naming ? '要推荐人选的职务，如：副校长。' : '人名、学校或工会的名称。'}
          >
            <Input
              id={`s-name-${at}`}
              value={subject.name}
              onChange={(event) => onChange(replaced(subjects, at, { name: event.target.value, personId: null }))}
            />
          </LabelledField>
          {naming ? (
            <>
              <LabelledField id={`s-seats-${at}`} label="一张表最多推荐几人" required>
                <Input
                  id={`s-seats-${at}`}
                  inputMode="numeric"
                  value={subject.seats}
                  onChange={(event) => onChange(replaced(subjects, at, { seats: event.target.value }))}
                />
              </LabelledField>
              <LabelledField
                id={`s-nominees-${at}`}
                label="可选名单"
                whole
                help="一行一人：姓名 现任职务。不列名单的，由推荐人自己写姓名。"
              >
                <Input.TextArea
                  id={`s-nominees-${at}`}
                  autoSize={{ minRows: 2, maxRows: 12 }}
                  value={subject.nominees}
                  onChange={(event) => onChange(replaced(subjects, at, { nominees: event.target.value }))}
                />
              </LabelledField>
            </>
          ) : (
            <>
              <LabelledField id={`s-person-${at}`} label="从花名册选人" help="领导干部请选人，结果才能计入其个人。">
                <PersonPicker
                  id={`s-person-${at}`}
                  label="从花名册选人"
                  membersOnly
                  unitId={unitId}
                  value={subject.personId ? { id: subject.personId, name: subject.name } : null}
                  onChange={(person) =>
                    onChange(
                      replaced(subjects, at, person ? { personId: person.id, name: person.name } : { personId: null }),
                    )
                  }
                />
              </LabelledField>
              <LabelledField id={`s-post-${at}`} label="职务">
                <Input
                  id={`s-post-${at}`}
                  value={subject.post}
                  onChange={(event) => onChange(replaced(subjects, at, { post: event.target.value }))}
                />
              </LabelledField>
              {classes && (
                <LabelledField
                  id={`s-classes-${at}`}
                  label={`评议对象 ${at + 1} 任教班级`}
                  help="与评议人组里的班级一致，几个班用顿号隔开；不填的由不分班的组评议。"
                >
                  <Input
                    id={`s-classes-${at}`}
                    value={subject.classes}
                    onChange={(event) => onChange(replaced(subjects, at, { classes: event.target.value }))}
                  />
                </LabelledField>
              )}
              <LabelledField id={`s-report-${at}`} label="述职报告" whole help="评议人填表前可以展开阅读。">
                <Input.TextArea
                  id={`s-report-${at}`}
                  autoSize={{ minRows: 2, maxRows: 12 }}
                  value={subject.report}
                  onChange={(event) => onChange(replaced(subjects, at, { report: event.target.value }))}
                />
              </LabelledField>
            </>
          )}
          {subjects.length > 1 && (
            <div className="field whole">
              <button
                type="button"
                className="link danger"
                style={{ alignSelf: 'flex-start' }}
                onClick={() => onChange(subjects.filter((_, index) => index !== at))}
              >
                删去{what} {at + 1}
              </button>
            </div>
          )}
        </div>
      ))}
      <Button style={{ alignSelf: 'flex-start' }} onClick={() => onChange([...subjects, emptySubject()])}>
        增加{what}
      </Button>
    </div>
  )
}

/** Rater groups: their weights make 100, their sizes say how many slips are printed. */
export function GroupsEditor({
  groups,
  onChange,
  errors,
  classes,
}: {
  groups: readonly DraftGroup[]
  onChange: (groups: DraftGroup[]) => void
  errors: Readonly<Record<string, string>>
  /** Groups may stand for a class. */
  classes: boolean
}): ReactElement {
  // Groups of one name in several classes share one weight.
  const kinds = new Map(groups.map((group) => [group.name, group]))
  const total = [...kinds.values()].reduce((sum, group) => sum + (Number(group.weight) || 0), 0)
  return (
    <div className="stack" style={{ gap: 12 }}>
      {groups.map((group, at) => (
        <div key={at} className="form-grid">
          <LabelledField id={`g-name-${at}`} label={`第 ${at + 1} 组`} required error={errors[`groups.${at}.name`]}>
            <Input
              id={`g-name-${at}`}
              value={group.name}
              onChange={(event) => onChange(replaced(groups, at, { name: event.target.value }))}
            />
          </LabelledField>
          {classes && (
            <LabelledField
              id={`g-class-${at}`}
              label={`第 ${at + 1} 组班级`}
              error={errors[`groups.${at}.class`]}
              help="只评本班任课教师；不填的评全部教师"
            >
              <Input
                id={`g-class-${at}`}
                value={group.class}
                onChange={(event) => onChange(replaced(groups, at, { class: event.target.value }))}
              />
            </LabelledField>
          )}
          <LabelledField
            id={`g-weight-${at}`}
            label={`第 ${at + 1} 组权重（%）`}
            required
            error={errors[`groups.${at}.weight`]}
          >
            <Input
              id={`g-weight-${at}`}
              inputMode="numeric"
              value={group.weight}
              onChange={(event) => onChange(replaced(groups, at, { weight: event.target.value }))}
            />
          </LabelledField>
          <LabelledField
            id={`g-planned-${at}`}
            label={`第 ${at + 1} 组人数`}
            required
            error={errors[`groups.${at}.planned`]}
          >
            <Input
              id={`g-planned-${at}`}
              inputMode="numeric"
              value={group.planned}
              onChange={(event) => onChange(replaced(groups, at, { planned: event.target.value }))}
            />
          </LabelledField>
          <ChoiceField
            id={`g-channel-${at}`}
            label={`第 ${at + 1} 组评议方式`}
            value={group.channel}
            options={Object.entries(CHANNELS).map(([value, label]) => ({ value: value as Channel, label }))}
            onChange={(channel) => onChange(replaced(groups, at, { channel }))}
          />
          {groups.length > 1 && (
            <div className="field">
              <span className="label">&nbsp;</span>
              <button
                type="button"
                className="link danger"
                style={{ alignSelf: 'flex-start' }}
                onClick={() => onChange(groups.filter((_, index) => index !== at))}
              >
                删去第 {at + 1} 组
              </button>
            </div>
          )}
        </div>
      ))}
      <div className="row">
        <Button onClick={() => onChange([...groups, emptyGroup()])}>增加一组</Button>
        {classes && <ByClass groups={groups} onChange={onChange} />}
        <span className={total === 100 ? 'faint' : 'field-error'}>权重合计 {total}%，应为 100%</span>
      </div>
      {errors['groups'] && <span className="field-error">{errors['groups']}</span>}
    </div>
  )
}

/** Copies the kinds of raters to every class of a list, with the same weights and ways of answering. */
function ByClass({
  groups,
  onChange,
}: {
  groups: readonly DraftGroup[]
  onChange: (groups: DraftGroup[]) => void
}): ReactElement {
  const [text, setText] = useState('')
  const names = text.split(/[、，,\s]+/).filter(Boolean)
  const kinds = [...new Map(groups.map((group) => [group.name, group])).values()]
  return (
    <span className="row">
      <Input
        aria-label="班级名单"
        placeholder="班级名单，如 三1班、三2班"
        style={{ width: 240 }}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <Button
        disabled={names.length === 0}
        onClick={() => onChange(names.flatMap((name) => kinds.map((kind) => ({ ...kind, class: name }))))}
      >
        按班级分组
      </Button>
    </span>
  )
}
