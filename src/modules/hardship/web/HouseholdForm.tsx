import { Button, Checkbox, Input, Select } from 'antd'
import type { ReactElement } from 'react'
import { field, type Field } from '../../../kernel/register/declaration.ts'
import { today } from '../../../web/session.ts'
import { FieldInput, LabelledField } from '../../../web/ui/FieldInput.tsx'
import { EXCLUSIONS, GROUNDS, KIN } from '../words.ts'

export interface Relative {
  name: string
  relation: string
  incomeFen: unknown
}
export interface Found {
  onDay: unknown
  ground: unknown
  relatives: Relative[]
  incomeFen: unknown
  rigidFen: unknown
  lossFen: unknown
  accident: unknown
  exclusions: string[]
  diagnosis: unknown
}

export const emptyFound = (): Found => ({
  onDay: today(),
  ground: null,
  relatives: [],
  incomeFen: null,
  rigidFen: null,
  lossFen: null,
  accident: null,
  exclusions: [],
  diagnosis: null,
})

/** What the server takes: what wasn't asked or left open is left out, text that is no number is sent so that it says why. */
export const foundBody = (found: Found): Record<string, unknown> => ({
  onDay: found.onDay,
  ground: found.ground,
  relatives: found.relatives
    .filter((one) => one.name.trim())
    .map((one) => ({ ...one, name: one.name.trim(), incomeFen: one.incomeFen ?? 0 })),
  incomeFen: found.incomeFen,
  rigidFen: found.rigidFen ?? 0,
  lossFen: found.accident === true ? (found.lossFen ?? 0) : 0,
  accident: found.accident === true,
  exclusions: found.exclusions,
  ...(found.diagnosis ? { diagnosis: found.diagnosis } : {}),
})

const amounts: readonly Field[] = [
  field.money('incomeFen', '家庭年收入（元）', {
    required: true,
    help: '全家一年的工资、经营、赡养等全部收入；没有收入填 0。',
  }),
  field.money('rigidFen', '因困支出（元）', { help: '一年里看病、上学等必须的支出，减去报销、保险和救助。' }),
]

/** The family as somebody found it: one form for applying, for the visit at home and for the yearly review. */
export function HouseholdForm({
  found,
  change,
  errors,
}: {
  found: Found
  change: (next: Partial<Found>) => void
  errors: Readonly<Record<string, string>>
}): ReactElement {
  const one = (declared: Field): ReactElement => (
    <LabelledField
      key={declared.id}
      id={declared.id}
      label={declared.label}
      required={declared.required}
      help={declared.help}
      error={errors[declared.id]}
      group={declared.kind === 'yesno'}
    >
      <FieldInput
        id={declared.id}
        field={declared}
        value={found[declared.id as keyof Found]}
        onChange={(value: unknown) => change({ [declared.id]: value })}
        invalid={Boolean(errors[declared.id])}
      />
    </LabelledField>
  )
  const relative = (at: number, next: Partial<Relative>): void =>
    change({ relatives: found.relatives.map((kin, index) => (index === at ? { ...kin, ...next } : kin)) })
  const ill = found.ground === '本人大病' || found.ground === '家属大病'
  return (
    <div className="stack" style={{ gap: 12 }}>
      {one(field.date('onDay', '填写（核查）日期', { required: true }))}
      {one(field.choice('ground', '主要致困原因', GROUNDS, { required: true }))}
      {ill && one(field.text('diagnosis', '疾病名称', { help: '加密保存，只在打开档案时显示，不进任何名单和报表。' }))}
      <div className="field whole">
        <span className="label">共同生活的家属（不含本人）</span>
        <div className="stack" style={{ gap: 8 }}>
          {found.relatives.map((kin, index) => (
            // Lines have no identity but their place.
            // oxlint-disable-next-line react/no-array-index-key
            <div key={index} className="row" style={{ flexWrap: 'wrap', gap: 8 }}>
              <Input
                aria-label={`家属 ${index + 1} 姓名`}
                placeholder="姓名"
                style={{ width: 110 }}
                maxLength={30}
                value={kin.name}
                onChange={(event) => relative(index, { name: event.target.value })}
              />
              <Select
                aria-label={`家属 ${index + 1} 关系`}
                style={{ width: 90 }}
                value={kin.relation}
                options={KIN.map((value) => ({ value, label: value }))}
                onChange={(relation) => relative(index, { relation })}
              />
              <span style={{ width: 130 }}>
                <FieldInput
                  id={`kin-${index}`}
                  field={field.money('income', `家属 ${index + 1} 月收入（元）`)}
                  value={kin.incomeFen}
                  onChange={(incomeFen: unknown) => relative(index, { incomeFen })}
                  invalid={Boolean(errors[`relatives.${index}.incomeFen`])}
                />
              </span>
              <Button
                type="text"
                onClick={() => change({ relatives: found.relatives.filter((_kin, place) => place !== index) })}
              >
                删去
              </Button>
            </div>
          ))}
          <Button
            onClick={() => change({ relatives: [...found.relatives, { name: '', relation: '子女', incomeFen: null }] })}
          >
            加一名家属
          </Button>
          {errors['relatives'] && (
            <span className="field-error" role="alert">
              {errors['relatives']}
            </span>
          )}
        </div>
      </div>
      {amounts.map(one)}
      {one(field.yesno('accident', '遭遇事故或灾害'))}
      {found.accident === true && one(field.money('lossFen', '损失（元）', { help: '减去赔付、保险和救助后的损失。' }))}
      <div className="field whole">
        <span className="label">有下列情形的，请勾选（有一项即不能建档）</span>
        <Checkbox.Group
          value={found.exclusions}
          options={[...EXCLUSIONS]}
          onChange={(exclusions) => change({ exclusions: exclusions as string[] })}
        />
      </div>
    </div>
  )
}
