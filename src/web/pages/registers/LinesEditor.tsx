import { Button } from 'antd'
import type { ReactElement } from 'react'
import type { RegisterShape } from '../../shapes.ts'
import { FieldInput } from '../../ui/FieldInput.tsx'
import { numberText } from '../../ui/values.tsx'
import { newLine, type Draft } from './draft.ts'

/** The persons or pieces of a record, as a table one types into. Enter in the last row's field adds the next one. */
export function LinesEditor({
  lines: declared,
  value,
  onChange,
  errors,
  unitId,
}: {
  lines: NonNullable<RegisterShape['lines']>
  value: Draft['lines']
  onChange: (lines: Draft['lines']) => void
  /** `<index>.<field id>` → sentence */
  errors: Readonly<Record<string, string>>
  unitId?: number | undefined
}): ReactElement {
  const set = (key: number, id: string, next: unknown): void =>
    onChange(value.map((line) => (line.key === key ? { ...line, fields: { ...line.fields, [id]: next } } : line)))
  return (
    <div>
      <div className="table-scroll" tabIndex={0} role="region" aria-label="可左右滚动的表格">
        <table className="lines">
          <thead>
            <tr>
              <th scope="col">序号</th>
              {declared.fields.map((field) => (
                <th key={field.id} scope="col" title={field.help}>
                  {field.required && <span className="must">*</span>}
                  {field.label}
                </th>
              ))}
              <th scope="col">操作</th>
            </tr>
          </thead>
          <tbody>
            {value.map((line, index) => (
              <tr key={line.key}>
                <td className="narrow">{index + 1}</td>
                {declared.fields.map((field) => {
                  const error = errors[`${index}.${field.id}`]
                  return (
                    <td key={field.id} data-label={field.label}>
                      <div className="field">
                        <FieldInput
                          id={`lines.${index}.${field.id}`}
                          field={{ ...field, label: `第 ${index + 1} 行 ${field.label}` }}
                          value={line.fields[field.id]}
                          invalid={Boolean(error)}
                          onChange={(next) => set(line.key, field.id, next)}
                          {...(unitId && { unitId })}
                        />
                        {error && <span className="field-error">{error}</span>}
                      </div>
                    </td>
                  )
                })}
                <td className="narrow">
                  <button
                    type="button"
                    className="link danger"
                    aria-label={`删除第 ${index + 1} 行`}
                    onClick={() => onChange(value.filter((one) => one.key !== line.key))}
                  >
                    删除
                  </button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div className="row" style={{ marginTop: 10 }}>
        <Button onClick={() => onChange([...value, newLine()])}>增加一行</Button>
        {value.length > 0 && (
          <Button
            onClick={() => {
              const last = value.at(-1)!
              onChange([...value, { ...newLine(), fields: { ...last.fields } }])
            }}
          >
            复制上一行
          </Button>
        )}
        <span className="faint">共 {numberText(value.length)} 行。人多时可用批量导入。</span>
      </div>
    </div>
  )
}
