import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Checkbox, Input, Select } from 'antd'
import { useState, type ReactElement } from 'react'
import { get, post } from '../../../web/api.ts'
import { today, useMay, useScope } from '../../../web/session.ts'
import { DataTable } from '../../../web/ui/DataTable.tsx'
import { Dialog } from '../../../web/ui/Dialog.tsx'
import { DateInput, LabelledField } from '../../../web/ui/FieldInput.tsx'
import { Empty, Loaded } from '../../../web/ui/states.tsx'
import { StatusTag } from '../../../web/ui/values.tsx'
import { KINDS, RHYTHMS, VERIFICATIONS, type Kind, type Rhythm } from '../words.ts'
import type { Duty, Entry } from './shapes.ts'

interface Found {
  entries: Entry[]
  duties: Duty[]
  kind: Kind | null
}

/** What this unit has taken on to publish, and what the shipped catalogue offers. */
export function CatalogueTab({ unitId }: { unitId: number }): ReactElement {
  const may = useMay()
  const queries = useQueryClient()
  const [asking, setAsking] = useState<'adopt' | 'own' | Duty | null>(null)
  const found = useQuery({
    queryKey: ['openness', 'catalogue', unitId],
    queryFn: () => get<Found>('/api/openness/catalogue', { unitId }),
  })
  const close = (): void => {
    setAsking(null)
    void queries.invalidateQueries({ queryKey: ['openness'] })
  }
  return (
    <Loaded query={found}>
      {(catalogue) => (
        <>
          {may('openness.publish') && (
            <div className="toolbar">
              <Button type="primary" onClick={() => setAsking('adopt')}>
                从目录中选用
              </Button>
              <Button onClick={() => setAsking('own')}>自定一项</Button>
              <span className="faint">地方或本单位另有规定的，用“自定一项”写明依据。</span>
            </div>
          )}
          <DataTable
            caption="公开目录"
            rows={catalogue.duties}
            rowKey={(row) => row.id}
            columns={[
              { id: 'title', title: '应公开内容', lead: true, wrap: true, render: (row) => row.title },
              { id: 'category', title: '类别', render: (row) => `${row.kind} · ${row.category}` },
              {
                id: 'rhythm',
                title: '节奏',
                render: (row) => (row.rhythm === 'anytime' ? '随时' : `${RHYTHMS[row.rhythm]}，${row.withinDays} 天内`),
              },
              { id: 'display', title: '张贴', number: true, render: (row) => `${row.displayDays} 天` },
              {
                id: 'basis',
                title: '依据',
                wrap: true,
                render: (row) => (
                  <>
                    {row.basis}{' '}
                    <StatusTag
                      text={VERIFICATIONS[row.verification]}
                      tone={row.verification === 'text' ? 'good' : row.verification === 'own' ? '' : 'warn'}
                    />
                  </>
                ),
              },
              {
                id: 'since',
                title: '启用',
                width: 110,
                render: (row) => (row.endedOn ? `${row.endedOn} 停用` : row.startsOn),
              },
            ]}
            renderActions={(row) =>
              may('openness.publish') &&
              !row.endedOn && (
                <button type="button" className="link danger" onClick={() => setAsking(row)}>
                  停用
                </button>
              )
            }
            empty={
              <Empty title="还没有公开目录">
                {catalogue.kind ? `本单位适用${catalogue.kind}。` : '请先在组织概况里写明单位类型。'}
                从目录中选用后，到期日会自动排出来。
              </Empty>
            }
          />
          {asking === 'adopt' && <Adopt unitId={unitId} found={catalogue} close={close} />}
          {asking === 'own' && <Own unitId={unitId} kind={catalogue.kind} close={close} />}
          {asking !== null && typeof asking === 'object' && <End duty={asking} close={close} />}
        </>
      )}
    </Loaded>
  )
}

function Adopt({ unitId, found, close }: { unitId: number; found: Found; close: () => void }): ReactElement {
  const { year } = useScope()
  const known = new Set(found.duties.filter((duty) => !duty.endedOn).map((duty) => duty.entry))
  const [kind, setKind] = useState<Kind>(found.kind ?? '厂务公开')
  const offered = found.entries.filter((entry) => entry.kind === kind && !known.has(entry.id))
  const [chosen, setChosen] = useState<string[]>([])
  const [startsOn, setStartsOn] = useState<string | null>(`${year}-01-01`)
  return (
    <Dialog
      title="从目录中选用"
      okText="选用"
      done="已选用，到期日已排好。"
      ready={chosen.length > 0 && Boolean(startsOn)}
      close={close}
      work={() => post('/api/openness/duties/adopt', { unitId, entries: chosen, startsOn })}
    >
      {(errors) => (
        <>
          <LabelledField id="d-kind" label="公开种类" required>
            <Select
              id="d-kind"
              aria-label="公开种类"
              value={kind}
              options={KINDS.map((value) => ({ value, label: value }))}
              onChange={(next) => {
                setKind(next)
                setChosen([])
              }}
            />
          </LabelledField>
          <LabelledField id="d-entries" label="应公开内容" required group error={errors['entries']}>
            <Checkbox.Group
              style={{ display: 'grid', gap: 6 }}
              value={chosen}
              options={offered.map((entry) => ({
                value: entry.id,
                label: `${entry.title}（${RHYTHMS[entry.rhythm]}）`,
              }))}
              onChange={setChosen}
            />
          </LabelledField>
          {offered.length === 0 && <p className="quiet">这一种类的条目都已选用。</p>}
          <LabelledField
            id="d-start"
            label="启用日期"
            required
            help="这一天以后结束的期间都要公开。"
            error={errors['startsOn']}
          >
            <DateInput id="d-start" label="启用日期" value={startsOn} onChange={setStartsOn} />
          </LabelledField>
        </>
      )}
    </Dialog>
  )
}

function Own({ unitId, kind: usual, close }: { unitId: number; kind: Kind | null; close: () => void }): ReactElement {
  const [kind, setKind] = useState<Kind>(usual ?? '厂务公开')
  const [category, setCategory] = useState('')
  const [title, setTitle] = useState('')
  const [rhythm, setRhythm] = useState<Rhythm>('quarter')
  const [within, setWithin] = useState('20')
  const [display, setDisplay] = useState('15')
  const [basis, setBasis] = useState('')
  const number = (text: string): number | string => (/^\d+$/.test(text.trim()) ? Number(text) : text)
  return (
    <Dialog
      title="自定一项"
      okText="加入目录"
      done="已加入目录。"
      ready={Boolean(category.trim() && title.trim() && basis.trim())}
      close={close}
      work={() =>
        post('/api/openness/duties', {
          unitId,
          kind,
          category: category.trim(),
          title: title.trim(),
          rhythm,
          withinDays: number(within),
          displayDays: number(display),
          basis: basis.trim(),
          startsOn: today(),
        })
      }
    >
      {(errors) => (
        <>
          <LabelledField id="o-kind" label="公开种类" required>
            <Select
              id="o-kind"
              aria-label="公开种类"
              value={kind}
              options={KINDS.map((value) => ({ value, label: value }))}
              onChange={setKind}
            />
          </LabelledField>
          <LabelledField id="o-category" label="内容类别" required error={errors['category']}>
            <Input id="o-category" value={category} onChange={(event) => setCategory(event.target.value)} />
          </LabelledField>
          <LabelledField id="o-title" label="应公开内容" required error={errors['title']}>
            <Input id="o-title" value={title} onChange={(event) => setTitle(event.target.value)} />
          </LabelledField>
          <LabelledField id="o-rhythm" label="节奏" required error={errors['rhythm']}>
            <Select
              id="o-rhythm"
              aria-label="节奏"
              value={rhythm}
              options={Object.entries(RHYTHMS).map(([value, label]) => ({ value: value as Rhythm, label }))}
              onChange={setRhythm}
            />
          </LabelledField>
          <LabelledField id="o-within" label="期末（事后）几天内公开" required error={errors['withinDays']}>
            <Input
              id="o-within"
              inputMode="numeric"
              value={within}
              onChange={(event) => setWithin(event.target.value)}
            />
          </LabelledField>
          <LabelledField id="o-display" label="张贴几天" required error={errors['displayDays']}>
            <Input
              id="o-display"
              inputMode="numeric"
              value={display}
              onChange={(event) => setDisplay(event.target.value)}
            />
          </LabelledField>
          <LabelledField
            id="o-basis"
            label="依据"
            required
            help="文件名称、文号和条款，或本单位的制度。"
            error={errors['basis']}
          >
            <Input id="o-basis" value={basis} onChange={(event) => setBasis(event.target.value)} />
          </LabelledField>
        </>
      )}
    </Dialog>
  )
}

function End({ duty, close }: { duty: Duty; close: () => void }): ReactElement {
  const [endedOn, setEndedOn] = useState<string | null>(today())
  return (
    <Dialog
      title={`停用“${duty.title}”`}
      okText="停用"
      danger
      done="已停用。"
      ready={Boolean(endedOn)}
      close={close}
      work={() => post(`/api/openness/duties/${duty.id}/end`, { endedOn })}
    >
      {(errors) => (
        <LabelledField id="e-on" label="停用日期" required error={errors['endedOn']}>
          <DateInput id="e-on" label="停用日期" value={endedOn} onChange={setEndedOn} />
        </LabelledField>
      )}
    </Dialog>
  )
}
