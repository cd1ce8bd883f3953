import { Button, Input, Select } from 'antd'
import { useState, type ReactElement } from 'react'
import { DOMAINS, type Domain } from '../../../kernel/register/declaration.ts'
import { post } from '../../api.ts'
import { useRegisters, useScope } from '../../session.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { LabelledField } from '../../ui/FieldInput.tsx'
import { emptyField, kindTitles, type CustomKind, type FieldDraft } from './field-kinds.ts'

const kinds = (Object.keys(kindTitles) as CustomKind[]).map((value) => ({ value, label: kindTitles[value] }))

function FieldEditor({
  value,
  onChange,
  id,
}: {
  value: FieldDraft
  onChange: (value: FieldDraft) => void
  id: string
}): ReactElement {
  const set = (patch: Partial<FieldDraft>): void => onChange({ ...value, ...patch })
  return (
    <div className="stack" style={{ gap: 8 }}>
      <div className="row">
        <Input
          aria-label="字段名"
          placeholder="字段名，例如 路线"
          maxLength={20}
          style={{ flex: 2, minWidth: 140 }}
          value={value.label}
          onChange={(event) => set({ label: event.target.value })}
        />
        <Select
          aria-label="类型"
          style={{ flex: 1, minWidth: 120 }}
          value={value.kind}
          options={kinds}
          onChange={(kind: CustomKind) => set({ kind })}
        />
        <label className="row" htmlFor={`${id}-must`}>
          <input
            id={`${id}-must`}
            type="checkbox"
            checked={value.required}
            onChange={(event) => set({ required: event.target.checked })}
          />
          必填
        </label>
      </div>
      {value.kind === 'choice' && (
        <Select
          mode="tags"
          aria-label="选项"
          open={false}
          placeholder="逐个输入选项，按回车确认，至少两个"
          value={value.choices}
          onChange={(choices: string[]) => set({ choices })}
        />
      )}
    </div>
  )
}

export function AddField({ close }: { close: () => void }): ReactElement {
  const { unitId, unitName } = useScope()
  const registers = useRegisters()
  const [register, setRegister] = useState<string | null>(null)
  const [field, setField] = useState(emptyField)
  return (
    <Dialog
      title="给登记簿加字段"
      okText="加上"
      done="字段已加上，表单、列表、导入模板里都有了。"
      ready={Boolean(register && field.label.trim())}
      close={close}
      work={() => post('/api/custom/fields', { register, unitId, field: { ...field, label: field.label.trim() } })}
    >
      {(fields) => (
        <>
          <p className="quiet">只在“{unitName}”及下级使用。</p>
          <LabelledField id="of-register" label="哪一本登记簿" required error={fields['register']}>
            <Select
              id="of-register"
              aria-label="登记簿"
              showSearch={{ optionFilterProp: 'label' }}
              placeholder="请选择"
              value={register}
              options={(registers.data ?? []).map((one) => ({ value: one.id, label: one.title }))}
              onChange={setRegister}
            />
          </LabelledField>
          <LabelledField
            id="the-field"
            label="字段"
            group
            required
            error={fields['field.label'] ?? fields['choices'] ?? fields['label']}
          >
            <FieldEditor id="the-field" value={field} onChange={setField} />
          </LabelledField>
        </>
      )}
    </Dialog>
  )
}

export function AddRegister({ close }: { close: () => void }): ReactElement {
  const { unitId, unitName } = useScope()
  const [title, setTitle] = useState('')
  const [domain, setDomain] = useState<Domain | null>(null)
  const [help, setHelp] = useState('')
  const [titleLabel, setTitleLabel] = useState('')
  const [measureWord, setMeasureWord] = useState('次')
  const [fields, setFields] = useState<(FieldDraft & { key: number })[]>([{ ...emptyField(), key: 0 }])
  return (
    <Dialog
      title="新设登记簿"
      okText="设立"
      done="登记簿已设立，可以登记和导入了。"
      ready={Boolean(title.trim() && domain)}
      close={close}
      work={() =>
        post('/api/custom/registers', {
          unitId,
          title: title.trim(),
          domain,
          help: help.trim(),
          measureWord: measureWord.trim() || '次',
          ...(titleLabel.trim() && { titleLabel: titleLabel.trim() }),
          fields: fields
            .filter((field) => field.label.trim())
            .map(({ key: _, ...field }) => ({ ...field, label: field.label.trim() })),
        })
      }
    >
      {(errors) => (
        <>
          <p className="quiet">在“{unitName}”及下级使用。</p>
          <LabelledField id="r-title" label="名称" required error={errors['title']}>
            <Input
              id="r-title"
              maxLength={24}
              placeholder="例如 班车司机座谈"
              value={title}
              onChange={(event) => setTitle(event.target.value)}
            />
          </LabelledField>
          <LabelledField id="r-domain" label="归入报告的哪一部分" required error={errors['domain']}>
            <Select
              id="r-domain"
              aria-label="归入报告的哪一部分"
              showSearch={{ optionFilterProp: 'label' }}
              placeholder="请选择"
              value={domain}
              options={(Object.keys(DOMAINS) as Domain[]).map((value) => ({ value, label: DOMAINS[value] }))}
              onChange={setDomain}
            />
          </LabelledField>
          <LabelledField id="r-help" label="什么记一行" help="一句话说明，会显示在登记簿上方。">
            <Input
              id="r-help"
              maxLength={200}
              placeholder="例如 每次座谈记一行"
              value={help}
              onChange={(event) => setHelp(event.target.value)}
            />
          </LabelledField>
          <div className="form-grid" style={{ gridTemplateColumns: '2fr 1fr' }}>
            <LabelledField id="r-label" label="每条的名称叫什么" help="例如 主题；没有名称可不填。">
              <Input
                id="r-label"
                maxLength={20}
                value={titleLabel}
                onChange={(event) => setTitleLabel(event.target.value)}
              />
            </LabelledField>
            <LabelledField id="r-word" label="量词">
              <Input
                id="r-word"
                maxLength={4}
                value={measureWord}
                onChange={(event) => setMeasureWord(event.target.value)}
              />
            </LabelledField>
          </div>
          <LabelledField id="r-fields" label="字段" group error={errors['fields'] ?? errors['choices']}>
            <div className="stack" style={{ gap: 10 }}>
              {fields.map((field) => (
                <FieldEditor
                  key={field.key}
                  id={`r-field-${field.key}`}
                  value={field}
                  onChange={(next) =>
                    setFields(fields.map((one) => (one.key === field.key ? { ...next, key: one.key } : one)))
                  }
                />
              ))}
              <div>
                <Button onClick={() => setFields([...fields, { ...emptyField(), key: (fields.at(-1)?.key ?? 0) + 1 }])}>
                  再加一个字段
                </Button>
              </div>
            </div>
          </LabelledField>
        </>
      )}
    </Dialog>
  )
}
