import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Input, Select } from 'antd'
import { useState, type ReactElement } from 'react'
import { addDays } from '../../../kernel/calendar/days.ts'
import { get, post } from '../../../web/api.ts'
import { today, useMay } from '../../../web/session.ts'
import { Dialog } from '../../../web/ui/Dialog.tsx'
import { DateInput, LabelledField } from '../../../web/ui/FieldInput.tsx'
import { PersonPicker, type Named } from '../../../web/ui/PersonPicker.tsx'
import { Empty, Loaded } from '../../../web/ui/states.tsx'
import { UnitPicker } from '../../../web/ui/UnitPicker.tsx'
import { StatusTag } from '../../../web/ui/values.tsx'
import type { Inspection } from './shapes.ts'

/** Inspections made by or of the unit, each with what it found and whether that is mended. */
export function InspectionsTab({ unit }: { unit: { id: number; name: string } }): ReactElement {
  const may = useMay()
  const queries = useQueryClient()
  const [asking, setAsking] = useState<'new' | Inspection['findings'][number] | null>(null)
  const inspections = useQuery({
    queryKey: ['openness', 'inspections', unit.id],
    queryFn: () =>
      get<{ inspections: Inspection[] }>('/api/openness/inspections', { unitId: unit.id }).then(
        (answer) => answer.inspections,
      ),
  })
  const close = (): void => {
    setAsking(null)
    void queries.invalidateQueries({ queryKey: ['openness'] })
  }
  return (
    <>
      {may('openness.inspect') && (
        <div className="toolbar">
          <Button type="primary" onClick={() => setAsking('new')}>
            登记检查
          </Button>
        </div>
      )}
      <Loaded query={inspections}>
        {(rows) =>
          rows.length ? (
            <div className="stack" style={{ gap: 16, padding: 14 }}>
              {rows.map((made) => (
                <article key={made.id}>
                  <div className="row">
                    <b>{made.title}</b>
                    <StatusTag text={made.kind} />
                    <span className="quiet">
                      {made.onDate} · {made.unitName}检查{made.targetName}
                      {made.leaderName && ` · 组长${made.leaderName}`}
                    </span>
                  </div>
                  {made.findings.length === 0 && <p className="quiet">没有发现问题。</p>}
                  <ul>
                    {made.findings.map((found) => (
                      <li key={found.id} className="row" style={{ padding: '2px 0' }}>
                        <span>{found.finding}</span>
                        {found.fixedOn ? (
                          <StatusTag text={`${found.fixedOn} 已整改：${found.fixedWords}`} tone="good" />
                        ) : (
                          <>
                            <StatusTag text={`${found.dueOn} 前整改`} tone={found.dueOn < today() ? 'bad' : 'warn'} />
                            {may('openness.write') && (
                              <button type="button" className="link" onClick={() => setAsking(found)}>
                                登记整改
                              </button>
                            )}
                          </>
                        )}
                      </li>
                    ))}
                  </ul>
                </article>
              ))}
            </div>
          ) : (
            <Empty title="没有检查记录">上级检查下级、本级自查都登记在这里；问题会提醒被检查单位整改。</Empty>
          )
        }
      </Loaded>
      {asking === 'new' && <Inspect unit={unit} close={close} />}
      {asking !== null && asking !== 'new' && <Fix found={asking} close={close} />}
    </>
  )
}

function Inspect({ unit, close }: { unit: { id: number; name: string }; close: () => void }): ReactElement {
  const [target, setTarget] = useState<{ id: number; name: string } | null>(unit)
  const [kind, setKind] = useState('定期检查')
  const [title, setTitle] = useState('')
  const [onDate, setOnDate] = useState<string | null>(today())
  const [leader, setLeader] = useState<Named | null>(null)
  const [findings, setFindings] = useState('')
  const [dueOn, setDueOn] = useState<string | null>(addDays(today(), 15))
  return (
    <Dialog
      title="登记检查"
      okText="登记"
      done="已登记，问题已提醒被检查单位整改。"
      ready={Boolean(target && title.trim() && onDate)}
      close={close}
      work={() =>
        post('/api/openness/inspections', {
          unitId: unit.id,
          targetId: target?.id,
          kind,
          title: title.trim(),
          onDate,
          leaderId: leader?.id ?? null,
          findings: findings
            .split('\n')
            .map((line) => line.trim())
            .filter(Boolean)
            .map((finding) => ({ finding, dueOn })),
        })
      }
    >
      {(errors) => (
        <>
          <LabelledField id="i-title" label="检查名称" required error={errors['title']}>
            <Input id="i-title" value={title} onChange={(event) => setTitle(event.target.value)} />
          </LabelledField>
          <LabelledField id="i-target" label="被检查单位" required error={errors['targetId']}>
            <UnitPicker id="i-target" label="被检查单位" value={target} onChange={setTarget} />
          </LabelledField>
          <LabelledField id="i-kind" label="检查方式" required>
            <Select
              id="i-kind"
              aria-label="检查方式"
              value={kind}
              options={['定期检查', '不定期抽查'].map((value) => ({ value, label: value }))}
              onChange={setKind}
            />
          </LabelledField>
          <LabelledField id="i-on" label="检查日期" required error={errors['onDate']}>
            <DateInput id="i-on" label="检查日期" value={onDate} onChange={setOnDate} />
          </LabelledField>
          <LabelledField id="i-leader" label="检查组组长">
            <PersonPicker id="i-leader" label="检查组组长" membersOnly value={leader} onChange={setLeader} />
          </LabelledField>
          <LabelledField
            id="i-findings"
            label="发现的问题"
            help="一个问题一行；没有问题的留空。"
            error={errors['findings']}
          >
            <Input.TextArea
              id="i-findings"
              autoSize={{ minRows: 2 }}
              value={findings}
              onChange={(event) => setFindings(event.target.value)}
            />
          </LabelledField>
          <LabelledField id="i-due" label="整改期限" error={errors['findings.0.dueOn']}>
            <DateInput id="i-due" label="整改期限" value={dueOn} onChange={setDueOn} />
          </LabelledField>
        </>
      )}
    </Dialog>
  )
}

function Fix({ found, close }: { found: Inspection['findings'][number]; close: () => void }): ReactElement {
  const [words, setWords] = useState('')
  const [fixedOn, setFixedOn] = useState<string | null>(today())
  return (
    <Dialog
      title="登记整改"
      okText="登记"
      done="已登记整改。"
      ready={Boolean(words.trim() && fixedOn)}
      close={close}
      work={() => post(`/api/openness/findings/${found.id}/fix`, { words: words.trim(), fixedOn })}
    >
      {(errors) => (
        <>
          <blockquote className="quiet">{found.finding}</blockquote>
          <LabelledField id="f-words" label="整改情况" required error={errors['words']}>
            <Input id="f-words" value={words} onChange={(event) => setWords(event.target.value)} />
          </LabelledField>
          <LabelledField id="f-on" label="整改日期" required error={errors['fixedOn']}>
            <DateInput id="f-on" label="整改日期" value={fixedOn} onChange={setFixedOn} />
          </LabelledField>
        </>
      )}
    </Dialog>
  )
}
