import { Button, Checkbox, Select } from 'antd'
import { useState, type ReactElement } from 'react'
import { field, type Field } from '../../../kernel/register/declaration.ts'
import { post } from '../../../web/api.ts'
import { Dialog } from '../../../web/ui/Dialog.tsx'
import { FieldInput, LabelledField } from '../../../web/ui/FieldInput.tsx'
import { AUDIENCES, CAUSES, HOSPITALS, KINDS as PLAN_KINDS, PAPERS } from '../words.ts'

const SCHEMES = [
  '职工医疗互助',
  '会员大病互助',
  '职工互助保险',
  '安康保险',
  '女职工安康互助保障',
  '人身意外险',
] as const
const about: readonly Field[] = [
  field.choice('scheme', '险种', SCHEMES, { required: true, open: true }),
  field.text('title', '计划名称', { required: true }),
  field.text('organiser', '承办机构', { required: true }),
  field.date('startsOn', '开始日期', { required: true }),
  field.date('endsOn', '截止日期', { required: true }),
  field.money('premiumFen', '每人缴费（元）', { required: true }),
  field.money('unionFen', '其中工会承担（元）', { help: '全部由个人缴的不填。' }),
  field.date('opensOn', '报名开始'),
  field.date('closesOn', '报名截止'),
  field.integer('waitingDays', '等待期（天）', { required: true }),
  field.integer('claimDays', '申请期限（天）', { required: true }),
  field.integer('appealDays', '申诉期限（天）', { required: true }),
  field.text('document', '文件名称和文号', { required: true }),
]
const KINDS = [
  { value: 'tiers', label: '自付分档' },
  { value: 'deductible', label: '免赔后分档' },
  { value: 'band', label: '按总费用定比例' },
  { value: 'lump', label: '定额' },
  { value: 'daily', label: '按住院天数' },
  { value: 'disability', label: '按伤残等级' },
] as const
type Kind = (typeof KINDS)[number]['value']

const numbers: Readonly<Record<Kind, readonly Field[]>> = {
  tiers: [field.money('thresholdFen', '起付线（元，含）', { required: true })],
  deductible: [field.money('deductibleFen', '免赔额（元）', { required: true })],
  band: [field.money('thresholdFen', '总费用起付线（元）', { required: true })],
  lump: [],
  daily: [
    field.money('fenPerDay', '每天（元）', { required: true }),
    field.integer('fromDay', '从第几天起', { required: true }),
    field.integer('mostDays', '最多几天', { required: true }),
  ],
  disability: [field.money('sumFen', '保额（元）', { required: true })],
}
const caps: readonly Field[] = [
  field.money('claimFen', '每次不超过（元）'),
  field.money('periodFen', '每人每期不超过（元）'),
  field.integer('claims', '每人每期不超过（次）'),
]

interface Line {
  name: string
  amount: unknown
  rate: unknown
}
const emptyLine: Line = { name: '', amount: null, rate: null }

/** A plan's period: its dates and papers, one of six formulas with its numbers, the caps. */
export function PlanDialog({ unitId, close }: { unitId: number; close: () => void }): ReactElement {
  const [values, setValues] = useState<Record<string, unknown>>({
    waitingDays: 30,
    claimDays: 180,
    appealDays: 15,
  })
  const [planKind, setPlanKind] = useState<keyof typeof PLAN_KINDS>('organisation')
  const [audience, setAudience] = useState<keyof typeof AUDIENCES>('active')
  const [kind, setKind] = useState<Kind>('tiers')
  const [lines, setLines] = useState<Line[]>([emptyLine])
  const [causes, setCauses] = useState<string[]>(['住院'])
  const [hospitals, setHospitals] = useState<string[]>([])
  const [papers, setPapers] = useState<string[]>(['申请表', '出院小结', '费用发票或医保结算单'])
  const stepped = kind === 'tiers' || kind === 'deductible' || kind === 'band'
  const named = kind === 'lump' || kind === 'disability'
  const formula = (): Record<string, unknown> => {
    const own = Object.fromEntries(numbers[kind].map((one) => [one.id, values[one.id]]))
    if (stepped) {
      const start = kind === 'tiers' ? (values['thresholdFen'] ?? 0) : 0
      const tiers = lines.map((line, at) => ({
        lowFen: at === 0 ? start : lines[at - 1]!.amount,
        highFen: line.amount ?? null,
        rate: line.rate,
      }))
      return {
        kind,
        ...own,
        ...(kind === 'band' ? { bands: tiers } : { tiers }),
        ...(kind === 'tiers' && { inclusive: true }),
      }
    }
    const table = (of: (line: Line) => unknown): Record<string, unknown> =>
      Object.fromEntries(lines.filter((line) => line.name.trim()).map((line) => [line.name.trim(), of(line)]))
    if (kind === 'lump') return { kind, amounts: table((line) => line.amount), lessPaid: false }
    if (kind === 'disability') return { kind, ...own, rates: table((line) => line.rate) }
    return { kind, ...own }
  }
  const input = (declared: Field, errors: Readonly<Record<string, string>>, prefix = ''): ReactElement => (
    <LabelledField
      key={declared.id}
      id={declared.id}
      label={declared.label}
      required={declared.required}
      help={declared.help}
      error={errors[`${prefix}${declared.id}`]}
    >
      <FieldInput
        id={declared.id}
        field={declared}
        value={values[declared.id]}
        onChange={(value: unknown) => setValues({ ...values, [declared.id]: value ?? undefined })}
        invalid={Boolean(errors[`${prefix}${declared.id}`])}
      />
    </LabelledField>
  )
  const change = (at: number, next: Partial<Line>): void =>
    setLines(lines.map((line, index) => (index === at ? { ...line, ...next } : line)))
  return (
    <Dialog
      title="新增互助计划"
      okText="保存"
      done="计划已保存。"
      close={close}
      work={() =>
        post('/api/mutual-aid/plans', {
          ...Object.fromEntries(about.map((one) => [one.id, values[one.id]])),
          unitId,
          kind: planKind,
          audience,
          causes,
          hospitals,
          papers,
          formula: formula(),
          caps: Object.fromEntries(
            caps.filter((one) => values[one.id] !== undefined).map((one) => [one.id, values[one.id]]),
          ),
        })
      }
    >
      {(errors) => (
        <div className="stack" style={{ gap: 12 }}>
          <Choice label="谁管这笔钱" options={PLAN_KINDS} value={planKind} change={setPlanKind} />
          <Choice label="面向" options={AUDIENCES} value={audience} change={setAudience} />
          {about.map((one) => input(one, errors))}
          <div className="field whole">
            <span className="label">保障范围</span>
            <Checkbox.Group value={causes} options={[...CAUSES]} onChange={(next) => setCauses(next as string[])} />
            {errors['causes'] && <span className="field-error">{errors['causes']}</span>}
          </div>
          <div className="field whole">
            <span className="label">医院等级（不选即不限）</span>
            <Checkbox.Group
              value={hospitals}
              options={[...HOSPITALS]}
              onChange={(next) => setHospitals(next as string[])}
            />
          </div>
          <div className="field whole">
            <span className="label">要交的材料</span>
            <Checkbox.Group value={papers} options={[...PAPERS]} onChange={(next) => setPapers(next as string[])} />
          </div>
          <LabelledField id="kind" label="计算办法" required>
            <Select
              id="kind"
              aria-label="计算办法"
              value={kind}
              options={[...KINDS]}
              onChange={(next) => {
                setKind(next)
                setLines([emptyLine])
              }}
            />
          </LabelledField>
          {numbers[kind].map((one) => input(one, errors, 'formula.'))}
          {(stepped || named) && (
            <div className="field whole">
              <span className="label">{stepped ? '各档（最后一档的上限不填，即以上）' : '各类别'}</span>
              {lines.map((line, at) => (
                // Lines have no identity but their place.
                // oxlint-disable-next-line react/no-array-index-key
                <div key={at} className="row" style={{ gap: 8, marginBottom: 8 }}>
                  {named && (
                    <FieldInput
                      id={`name-${at}`}
                      field={field.text('name', `类别 ${at + 1}`)}
                      value={line.name}
                      onChange={(name: unknown) => change(at, { name: String(name ?? '') })}
                    />
                  )}
                  {kind !== 'disability' && (
                    <FieldInput
                      id={`amount-${at}`}
                      field={field.money('amount', stepped ? `第 ${at + 1} 档上限` : `金额 ${at + 1}`)}
                      value={line.amount}
                      onChange={(amount: unknown) => change(at, { amount })}
                    />
                  )}
                  {kind !== 'lump' && (
                    <FieldInput
                      id={`rate-${at}`}
                      field={field.percent('rate', `第 ${at + 1} 档比例`)}
                      value={line.rate}
                      onChange={(rate: unknown) => change(at, { rate })}
                    />
                  )}
                </div>
              ))}
              <Button onClick={() => setLines([...lines, emptyLine])}>加一{stepped ? '档' : '类'}</Button>
              {Object.entries(errors)
                .filter(([name]) => name.startsWith('formula.'))
                .map(([name, sentence]) => (
                  <span key={name} className="field-error" role="alert">
                    {sentence}
                  </span>
                ))}
            </div>
          )}
          {caps.map((one) => input(one, errors, 'caps.'))}
        </div>
      )}
    </Dialog>
  )
}

function Choice<Key extends string>({
  label,
  options,
  value,
  change,
}: {
  label: string
  options: Readonly<Record<Key, string>>
  value: Key
  change: (next: Key) => void
}): ReactElement {
  return (
    <LabelledField id={label} label={label} required>
      <Select
        id={label}
        aria-label={label}
        value={value}
        options={Object.entries<string>(options).map(([key, title]) => ({ value: key as Key, label: title }))}
        onChange={change}
      />
    </LabelledField>
  )
}
