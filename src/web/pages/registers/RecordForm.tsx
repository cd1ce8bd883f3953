import { useQueryClient } from '@tanstack/react-query'
import { useBlocker, useNavigate } from '@tanstack/react-router'
import { Button, Input } from 'antd'
import { useEffect, useRef, useState, type FormEvent, type ReactElement } from 'react'
import { post, put, Refusal } from '../../api.ts'
import { path } from '../../path.ts'
import { today } from '../../session.ts'
import type { RecordDetail, RegisterShape, WarningRow } from '../../shapes.ts'
import { DateInput, FieldInput, LabelledField } from '../../ui/FieldInput.tsx'
import { Page } from '../../ui/Page.tsx'
import { Notice, Problem } from '../../ui/states.tsx'
import { toast } from '../../ui/toast.tsx'
import { UnitPicker } from '../../ui/UnitPicker.tsx'
import { bodyOf, emptyDraft, type Draft } from './draft.ts'
import { LinesEditor } from './LinesEditor.tsx'
import { Warnings } from './Warnings.tsx'

interface Saved {
  version: number
  warnings: WarningRow[]
}

/** A record's form, whatever the register: 保存 keeps a draft, 提交 counts. */
export function RecordForm({
  register,
  record,
  start,
}: {
  register: RegisterShape
  record?: RecordDetail
  start: Draft
}): ReactElement {
  const navigate = useNavigate()
  const queries = useQueryClient()
  const form = useRef<HTMLFormElement>(null)
  const [draft, setDraft] = useState(start)
  const [dirty, setDirty] = useState(false)
  const [busy, setBusy] = useState<'draft' | 'recorded' | null>(null)
  const [error, setError] = useState<unknown>(null)
  const [fields, setFields] = useState<Record<string, string>>({})
  const [warnings, setWarnings] = useState<WarningRow[]>([])
  const leaving = useRef(false)

  useBlocker({
    shouldBlockFn: () => dirty && !leaving.current && !window.confirm('填写的内容还没有保存。确定离开吗？'),
    enableBeforeUnload: () => dirty && !leaving.current,
  })
  const change = (patch: Partial<Draft>): void => {
    setDraft((old) => ({ ...old, ...patch }))
    setDirty(true)
  }
  const setField = (id: string, value: unknown): void => {
    setDraft((old) => ({ ...old, fields: { ...old.fields, [id]: value } }))
    setDirty(true)
    setFields(({ [`fields.${id}`]: _, ...rest }) => rest)
  }

  useEffect(() => {
    // The first wrong field comes into view, ready to be mended.
    if (Object.keys(fields).length === 0 || busy) return
    const wrong = form.current?.querySelector('.field-error')?.parentElement
    wrong?.scrollIntoView({ block: 'center' })
    wrong?.querySelector<HTMLElement>('input, textarea')?.focus({ preventScroll: true })
  }, [error])

  const save = async (state: 'draft' | 'recorded', again = false): Promise<void> => {
    setBusy(state)
    setError(null)
    setFields({})
    setWarnings([])
    const { body, lineAt } = bodyOf(draft, state)
    try {
      const saved = record
        ? { id: record.id, ...(await put<Saved>(`/api/records/${record.id}`, { ...body, version: record.version })) }
        : await post<Saved & { id: number }>(`/api/registers/${register.id}/records`, body)
      const { id } = saved
      leaving.current = true
      for (const key of ['records', 'registers', 'figures', 'todos'])
        void queries.invalidateQueries({ queryKey: [key] })
      queries.removeQueries({ queryKey: ['record', id] })
      toast(state === 'draft' ? '草稿已保存，提交后才计入数字。' : '已登记，数字随之更新。')
      if (again) {
        leaving.current = false
        setDraft((old) => ({ ...emptyDraft(old.unit, old.happenedOn ?? today(), register) }))
        setDirty(false)
        // The detail page would have said so; this form stays.
        setWarnings(saved.warnings)
        window.scrollTo(0, 0)
      } else void navigate({ to: path.record(id) as never })
    } catch (refusal) {
      if (refusal instanceof Refusal)
        setFields(
          Object.fromEntries(
            Object.entries(refusal.fields).map(([name, sentence]) => {
              const line = /^lines\.(\d+)\.(.+)$/.exec(name)
              return [line ? `lines.${lineAt[Number(line[1])]}.${line[2]}` : name, sentence]
            }),
          ),
        )
      setError(refusal)
    } finally {
      setBusy(null)
    }
  }
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    void save('recorded')
  }
  const lineErrors = Object.fromEntries(
    Object.entries(fields)
      .filter(([name]) => name.startsWith('lines.'))
      .map(([name, sentence]) => [name.replace(/^lines\.(\d+)\.(fields\.)?/, '$1.'), sentence]),
  )
  const stale = error instanceof Refusal && error.code === 'stale'
  const recorded = record?.state === 'recorded'
  const known = new Set([
    'unitId',
    'happenedOn',
    'endedOn',
    'title',
    ...register.fields.map((field) => `fields.${field.id}`),
  ])
  const elsewhere = Object.entries(fields).filter(([name]) => !known.has(name) && !name.startsWith('lines.'))

  return (
    <Page
      title={record ? `修改：${record.title ?? register.title}` : `新增${register.title.replace(/(登记簿|台账)$/, '')}`}
      crumbs={[
        { title: '登记簿', to: path.registers },
        { title: register.title, to: path.register(register.id) },
      ]}
      help={register.help}
      narrow
    >
      {error !== null && !stale && (
        <Problem
          error={
            error instanceof Refusal
              ? new Refusal(error.status, error.code, error.message, Object.fromEntries(elsewhere))
              : error
          }
        />
      )}
      {stale && (
        <Notice tone="warn">
          <div className="spread">
            <span>这条记录刚被别人修改过，您的修改还没有保存。可先复制您改的内容，再打开最新的一版核对。</span>
            <Button
              onClick={() => {
                leaving.current = true
                window.location.reload()
              }}
            >
              打开最新的一版
            </Button>
          </div>
        </Notice>
      )}
      <Warnings warnings={warnings} />
      <form ref={form} className="card" onSubmit={submit} noValidate>
        <div className="inside">
          <section className="form-section">
            <div className="form-grid">
              <LabelledField id="unit" label="单位" required error={fields['unitId']}>
                <UnitPicker
                  id="unit"
                  label="单位"
                  value={draft.unit}
                  invalid={Boolean(fields['unitId'])}
                  onChange={(unit) => change({ unit })}
                />
              </LabelledField>
              <LabelledField id="happenedOn" label={register.dateLabel ?? '日期'} required error={fields['happenedOn']}>
                <DateInput
                  id="happenedOn"
                  label={register.dateLabel ?? '日期'}
                  value={draft.happenedOn}
                  invalid={Boolean(fields['happenedOn'])}
                  onChange={(happenedOn) => change({ happenedOn })}
                />
              </LabelledField>
              {register.endDateLabel && (
                <LabelledField id="endedOn" label={register.endDateLabel} error={fields['endedOn']}>
                  <DateInput
                    id="endedOn"
                    label={register.endDateLabel}
                    value={draft.endedOn}
                    invalid={Boolean(fields['endedOn'])}
                    onChange={(endedOn) => change({ endedOn })}
                  />
                </LabelledField>
              )}
              {register.titleLabel && (
                <LabelledField id="title" label={register.titleLabel} required error={fields['title']} whole>
                  <Input
                    id="title"
                    aria-label={register.titleLabel}
                    maxLength={200}
                    {...(fields['title'] && { status: 'error' as const })}
                    value={draft.title}
                    onChange={(event) => change({ title: event.target.value })}
                  />
                </LabelledField>
              )}
              {register.fields.map((field) => (
                <LabelledField
                  key={field.id}
                  id={`field-${field.id}`}
                  label={field.label}
                  required={field.required}
                  help={field.help}
                  error={fields[`fields.${field.id}`]}
                  whole={field.kind === 'longtext'}
                  group={field.kind === 'yesno'}
                >
                  <FieldInput
                    id={`field-${field.id}`}
                    field={field}
                    value={draft.fields[field.id]}
                    invalid={Boolean(fields[`fields.${field.id}`])}
                    onChange={(value) => setField(field.id, value)}
                    {...(draft.unit && { unitId: draft.unit.id })}
                  />
                </LabelledField>
              ))}
            </div>
          </section>
          {register.lines && (
            <section className="form-section">
              <h2>{register.lines.title}</h2>
              <LinesEditor
                lines={register.lines}
                value={draft.lines}
                onChange={(lines) => change({ lines })}
                errors={lineErrors}
                unitId={draft.unit?.id}
              />
            </section>
          )}
        </div>
        <div className="form-foot">
          <span className="push faint">
            <span className="must">*</span> 为必填。保存的草稿不计入数字。
          </span>
          <Button className="desk-only" onClick={() => window.history.back()}>
            取消
          </Button>
          {!recorded && (
            <Button loading={busy === 'draft'} disabled={busy !== null} onClick={() => void save('draft')}>
              保存草稿
            </Button>
          )}
          {!record && (
            <Button className="desk-only" disabled={busy !== null} onClick={() => void save('recorded', true)}>
              提交并再记一条
            </Button>
          )}
          <Button type="primary" htmlType="submit" loading={busy === 'recorded'} disabled={busy !== null}>
            {recorded ? '保存修改' : '提交'}
          </Button>
        </div>
      </form>
    </Page>
  )
}
