import { Checkbox, Input, Select } from 'antd'
import type { ReactElement } from 'react'
import { field, type Field } from '../../../kernel/register/declaration.ts'
import { FieldInput, LabelledField } from '../../../web/ui/FieldInput.tsx'
import type { Terms } from '../contract.ts'
import { CATEGORIES, POOLS, type Pool } from '../words.ts'

/** What stands in the form: numbers may be empty while somebody types. */
export type TermsDraft = { [Key in keyof Terms]: Terms[Key] | null }

export const emptyTerms: TermsDraft = {
  pool: 'files',
  byFamily: true,
  memberMonths: 12,
  categories: [],
  incomeHundredths: null,
  tags: [],
  freshMonths: 12,
  apartMonths: 0,
  oneANeed: true,
  papers: [],
  baseFen: null,
  byCategory: {},
  perHeadFen: null,
  perTimeFen: null,
  perYearFen: null,
  publicityDays: 5,
}

/** As the server takes it: an empty number is none, an empty limit no limit. */
export const termsBody = (draft: TermsDraft): object => ({
  ...draft,
  memberMonths: draft.memberMonths ?? 0,
  freshMonths: draft.freshMonths ?? 0,
  apartMonths: draft.apartMonths ?? 0,
  baseFen: draft.baseFen ?? 0,
  perHeadFen: draft.perHeadFen ?? 0,
  publicityDays: draft.publicityDays ?? 5,
})

const who: readonly Field[] = [
  field.integer('memberMonths', '入会满（个月）', { min: 0 }),
  field.integer('incomeHundredths', '人均不超过低保标准的（%）', { min: 1, help: '2 倍填 200；不限的不填。' }),
  field.integer('freshMonths', '家庭情况多久内核查过（个月）', { min: 0 }),
  field.integer('apartMonths', '距上次享受本项目（个月）', { min: 0, help: '不限的填 0。' }),
]
const amounts: readonly Field[] = [
  field.money('baseFen', '发放标准（元）', { required: true }),
  field.money('perHeadFen', '家庭每口人另加（元）'),
  field.money('perTimeFen', '每次上限（元）', { help: '送温暖原则上每次不超过 3000 元。' }),
  field.money('perYearFen', '同类全年上限（元）', { help: '送温暖原则上全年不超过 6000 元。' }),
  field.integer('publicityDays', '公示（工作日）', { min: 5, help: '不少于 5 个工作日。' }),
]

/** The rule of a programme: who, by which papers, how much. */
export function TermsForm({
  draft,
  change,
  errors,
}: {
  draft: TermsDraft
  change: (next: Partial<TermsDraft>) => void
  errors: Readonly<Record<string, string>>
}): ReactElement {
  const error = (name: string): string | undefined => errors[`terms.${name}`]
  const input = (one: Field): ReactElement => (
    <LabelledField
      key={one.id}
      id={one.id}
      label={one.label}
      required={one.required}
      help={one.help}
      error={error(one.id)}
    >
      <FieldInput
        id={one.id}
        field={one}
        value={draft[one.id as keyof TermsDraft]}
        onChange={(value) => change({ [one.id]: value })}
        invalid={Boolean(error(one.id))}
      />
    </LabelledField>
  )
  const list = (name: 'tags' | 'papers', label: string, help: string): ReactElement => (
    <LabelledField id={name} label={label} help={help} error={error(name)} whole>
      <Select
        id={name}
        mode="tags"
        aria-label={label}
        open={false}
        tokenSeparators={['、', '，', ',', ' ']}
        value={draft[name] ?? []}
        onChange={(next: string[]) => change({ [name]: next })}
      />
    </LabelledField>
  )
  return (
    <div className="fields">
      <LabelledField id="pool" label="对象范围" required error={error('pool')}>
        <Select
          id="pool"
          aria-label="对象范围"
          value={draft.pool}
          options={Object.entries(POOLS).map(([value, label]) => ({ value, label }))}
          onChange={(pool: Pool) => change({ pool })}
        />
      </LabelledField>
      <LabelledField id="byFamily" label="发放方式" group>
        <div className="row" id="byFamily">
          <Checkbox checked={draft.byFamily ?? false} onChange={(event) => change({ byFamily: event.target.checked })}>
            每户一份，由一人领取
          </Checkbox>
          <Checkbox checked={draft.oneANeed ?? true} onChange={(event) => change({ oneANeed: event.target.checked })}>
            同类项目每年只享受一个
          </Checkbox>
        </div>
      </LabelledField>
      <LabelledField
        id="categories"
        label="困难类别"
        group
        help="都不选的，不要求困难类别。"
        error={error('categories')}
      >
        <div id="categories">
          <Checkbox.Group
            options={[...CATEGORIES]}
            value={draft.categories ?? []}
            onChange={(next) => change({ categories: next as Terms['categories'] })}
          />
        </div>
      </LabelledField>
      {who.map(input)}
      {list('tags', '身份（有其中之一）', '劳模、一线、单亲等，用顿号分开；不限的不填。')}
      {draft.pool === 'applications' && list('papers', '申请材料', '录取通知书、户口簿等，用顿号分开。')}
      {amounts.map(input)}
      {draft.categories?.map((category) => (
        <LabelledField
          key={category}
          id={category}
          label={`${category}另加（元）`}
          error={error(`byCategory.${category}`)}
        >
          <FieldInput
            id={category}
            field={field.money(category, `${category}另加（元）`)}
            value={draft.byCategory?.[category]}
            onChange={(value) => {
              const rest = { ...draft.byCategory }
              delete rest[category]
              change({ byCategory: typeof value === 'number' ? { ...rest, [category]: value } : rest })
            }}
          />
        </LabelledField>
      ))}
    </div>
  )
}

/** The document a rule stands on. */
export const DocumentField = ({
  value,
  change,
  error,
}: {
  value: string
  change: (next: string) => void
  error?: string | undefined
}): ReactElement => (
  <LabelledField id="document" label="依据文件的名称和文号" required error={error} whole>
    <Input id="document" maxLength={120} value={value} onChange={(event) => change(event.target.value)} />
  </LabelledField>
)
