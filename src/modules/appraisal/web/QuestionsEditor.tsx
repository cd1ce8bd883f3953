import { Button, Input } from 'antd'
import type { ReactElement } from 'react'
import { ChoiceField } from '../../../web/ui/ChoiceField.tsx'
import { LabelledField } from '../../../web/ui/FieldInput.tsx'
import { SCALES } from '../words.ts'
import { scaleLabel, type DraftAnswers, type DraftQuestion } from './answers.ts'

const presets = (Object.keys(SCALES) as (keyof typeof SCALES)[]).filter((scale) => scale !== 'naming')
const OWN_HELP = '用顿号隔开。要计分的在后面写分值，从高到低：满意 100、一般 60、不满意 0。'

/** The answers of the first question, which the others take unless they have their own. */
export function AnswersFields({
  id,
  label,
  value,
  onChange,
  error,
}: {
  id: string
  label: string
  value: DraftAnswers
  onChange: (value: DraftAnswers) => void
  error: string | undefined
}): ReactElement {
  return (
    <>
      <ChoiceField
        id={id}
        label={label}
        error={value.scale === 'own' ? undefined : error}
        value={value.scale}
        options={[
          ...presets.map((scale) => ({ value: scale as DraftAnswers['scale'], label: scaleLabel(scale) })),
          { value: 'own' as const, label: '自己写选项' },
        ]}
        onChange={(scale) => onChange({ ...value, scale })}
      />
      {value.scale === 'own' && (
        <LabelledField id={`${id}-own`} label={`${label}的选项`} required help={OWN_HELP} error={error}>
          <Input
            id={`${id}-own`}
            value={value.own}
            onChange={(event) => onChange({ ...value, own: event.target.value })}
          />
        </LabelledField>
      )}
    </>
  )
}

/** Questions beside the first, each with the same answers as the first or with its own. */
export function QuestionsEditor({
  questions,
  onChange,
  errors,
}: {
  questions: readonly DraftQuestion[]
  onChange: (questions: DraftQuestion[]) => void
  errors: Readonly<Record<string, string>>
}): ReactElement {
  const set = (at: number, patch: Partial<DraftQuestion>): void =>
    onChange(questions.map((one, index) => (index === at ? { ...one, ...patch } : one)))
  return (
    <div className="stack" style={{ gap: 12 }}>
      {questions.map((question, at) => {
        // The first question is the overall one above.
        const number = at + 2
        const error = errors[`scales.${at + 1}`]
        return (
          <div key={at} className="form-grid">
            <LabelledField id={`q-title-${at}`} label={`第 ${number} 题`} required error={errors[`criteria.${at + 1}`]}>
              <Input
                id={`q-title-${at}`}
                value={question.title}
                maxLength={20}
                onChange={(event) => set(at, { title: event.target.value })}
              />
            </LabelledField>
            <ChoiceField
              id={`q-scale-${at}`}
              label={`第 ${number} 题的等次`}
              error={question.scale === 'own' ? undefined : error}
              value={question.scale}
              options={[
                { value: 'same' as DraftQuestion['scale'], label: '与第 1 题相同' },
                ...presets.map((scale) => ({ value: scale, label: scaleLabel(scale) })),
                { value: 'own' as const, label: '自己写选项' },
              ]}
              onChange={(scale) => set(at, { scale })}
            />
            {question.scale === 'own' && (
              <LabelledField
                id={`q-own-${at}`}
                label={`第 ${number} 题的选项`}
                required
                whole
                help={OWN_HELP}
                error={error}
              >
                <Input
                  id={`q-own-${at}`}
                  value={question.own}
                  onChange={(event) => set(at, { own: event.target.value })}
                />
              </LabelledField>
            )}
            <div className="field whole">
              <button
                type="button"
                className="link danger"
                style={{ alignSelf: 'flex-start' }}
                onClick={() => onChange(questions.filter((_, index) => index !== at))}
              >
                删去第 {number} 题
              </button>
            </div>
          </div>
        )
      })}
      <Button
        style={{ alignSelf: 'flex-start' }}
        disabled={questions.length >= 11}
        onClick={() => onChange([...questions, { title: '', scale: 'same', own: '' }])}
      >
        增加一题
      </Button>
      {errors['scales'] && <span className="field-error">{errors['scales']}</span>}
    </div>
  )
}
