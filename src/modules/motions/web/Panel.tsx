import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { Button, Input, Select } from 'antd'
import { useState, type ReactElement } from 'react'
import { get, post, sentenceOf } from '../../../web/api.ts'
import { DataTable } from '../../../web/ui/DataTable.tsx'
import { Dialog } from '../../../web/ui/Dialog.tsx'
import { LabelledField, parseNumber } from '../../../web/ui/FieldInput.tsx'
import { Card, Page } from '../../../web/ui/Page.tsx'
import { Empty, Loaded, Notice } from '../../../web/ui/states.tsx'
import { toast } from '../../../web/ui/toast.tsx'
import { UnitPicker } from '../../../web/ui/UnitPicker.tsx'
import { GRADES, MOTION_AWARDS, UNIT_AWARD } from '../words.ts'
import { useRefresh } from './Deeds.tsx'
import type { Entry, MotionRow, PanelRow, SuggestionShape } from './shapes.ts'

interface Shape extends Omit<PanelRow, 'judges' | 'entries'> {
  unitId: number
  leads: boolean
  sits: boolean
  judges: { personId: number; name: string; department: string; role: string; scored: number }[]
  entries: Entry[]
}

/** A panel at work: judges give points, whoever leads it puts things before it and decides. */
export function Panel(): ReactElement {
  const { id } = useParams({ strict: false }) as { id: string }
  const panel = useQuery({ queryKey: ['panel', Number(id)], queryFn: () => get<Shape>(`/api/motion-panels/${id}`) })
  return <Loaded query={panel}>{(found) => <Shown panel={found} />}</Loaded>
}

const linkOf = (entry: Entry): string | null =>
  entry.motionId ? `/motions/${entry.motionId}` : entry.suggestionId ? `/suggestions/${entry.suggestionId}` : null

function Shown({ panel }: { panel: Shape }): ReactElement {
  const [asking, setAsking] = useState<'entries' | 'awards' | null>(null)
  const refresh = useRefresh()
  const open = !panel.closedOn
  const close = (): void => {
    setAsking(null)
    refresh()
  }
  const left = panel.entries.filter((entry) => entry.myPoints === null).length
  return (
    <Page
      title={panel.title}
      crumbs={[{ title: '评审与评优', to: '/motions/panels' }]}
      help={`${panel.purpose === 'motion' ? '提案评优' : '合理化建议评审'}，${panel.formedOn} 成立${panel.documentNo ? `（${panel.documentNo}）` : ''}`}
      actions={
        panel.leads &&
        open && (
          <>
            <Button onClick={() => setAsking('entries')}>添加参评</Button>
            <Button type="primary" disabled={!panel.entries.length} onClick={() => setAsking('awards')}>
              评定
            </Button>
          </>
        )
      }
    >
      <div className="stack" style={{ gap: 14 }}>
        {panel.sits && open && (
          <Notice tone={left ? 'warn' : 'good'}>
            {left
              ? `还有 ${left} 项等您打分（0 到 100 的整数）。评定前看不到别人的分。`
              : '您已全部打分，评定前还可以修改。'}
          </Notice>
        )}
        <Card title={`参评 ${panel.entries.length} 项`} flush>
          <DataTable<Entry>
            caption="参评项目"
            rows={panel.entries}
            rowKey={(row) => row.id}
            columns={[
              {
                id: 'title',
                title: '项目',
                lead: true,
                wrap: true,
                render: (row) => {
                  const to = linkOf(row)
                  return to ? <Link to={to as never}>{row.title}</Link> : row.title
                },
              },
              { id: 'owner', title: '提出人', width: 90, render: (row) => row.owner ?? '' },
              { id: 'scored', title: '已打分', number: true, render: (row) => `${row.scored}/${row.judges}` },
              {
                id: 'mean',
                title: '平均分',
                number: true,
                render: (row) => (row.meanHundredths === null ? '' : (row.meanHundredths / 100).toFixed(2)),
              },
              ...(panel.sits && open
                ? [
                    {
                      id: 'mine',
                      title: '我的分',
                      width: 170,
                      render: (row: Entry) => <Points panel={panel} entry={row} done={refresh} />,
                    },
                  ]
                : []),
              { id: 'award', title: '结果', width: 130, render: (row) => row.award ?? '' },
            ]}
            empty={<Empty title="还没有参评的">由组织评审的人添加。</Empty>}
          />
        </Card>
        <Card title={`评委 ${panel.judges.length} 名`}>
          <ul className="row" style={{ gap: '6px 18px' }}>
            {panel.judges.map((judge) => (
              <li key={judge.personId}>
                {judge.name}{' '}
                <span className="faint">{`${judge.department}·${judge.role}，已打 ${judge.scored} 项`}</span>
              </li>
            ))}
          </ul>
        </Card>
      </div>
      {asking === 'entries' && <AddEntries panel={panel} close={close} />}
      {asking === 'awards' && <Awards panel={panel} close={close} />}
    </Page>
  )
}

function Points({ panel, entry, done }: { panel: Shape; entry: Entry; done: () => void }): ReactElement {
  const [text, setText] = useState(entry.myPoints === null ? '' : String(entry.myPoints))
  const save = (): void => {
    void post(`/api/motion-panels/${panel.id}/entries/${entry.id}/score`, {
      points: parseNumber('integer', text) ?? text,
    })
      .then(() => {
        toast('已打分。')
        done()
      })
      .catch((error: unknown) => toast(sentenceOf(error), 'bad'))
  }
  return (
    <span className="row">
      <Input
        style={{ width: 72 }}
        inputMode="numeric"
        aria-label={`给“${entry.title}”打分`}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onPressEnter={save}
      />
      <Button disabled={text === '' || text === String(entry.myPoints)} onClick={save}>
        打分
      </Button>
    </span>
  )
}

function AddEntries({ panel, close }: { panel: Shape; close: () => void }): ReactElement {
  const motions = panel.purpose === 'motion'
  const [chosen, setChosen] = useState<number[]>([])
  const [units, setUnits] = useState<{ id: number; name: string }[]>([])
  const found = useQuery({
    queryKey: [motions ? 'motions' : 'suggestions', 'entries', panel.unitId],
    queryFn: () =>
      motions
        ? get<{ rows: MotionRow[] }>('/api/motions', { unitId: panel.unitId, limit: 100 }).then(({ rows }) =>
            rows.filter((row) => row.number !== null && !row.mergedInto).map(({ id, title }) => ({ id, title })),
          )
        : get<{ rows: SuggestionShape[] }>('/api/suggestions', { unitId: panel.unitId, limit: 100 }).then(({ rows }) =>
            rows.filter((row) => !row.grade).map(({ id, title }) => ({ id, title })),
          ),
  })
  return (
    <Dialog
      title="添加参评"
      okText="添加"
      done="已添加，评委会收到待办。"
      ready={chosen.length + units.length > 0}
      close={close}
      work={() =>
        post(`/api/motion-panels/${panel.id}/entries`, {
          ...(motions ? { motionIds: chosen } : { suggestionIds: chosen }),
          unitIds: units.map((unit) => unit.id),
        })
      }
    >
      {() => (
        <>
          <LabelledField id="e-things" label={motions ? '已立案的提案' : '建议'}>
            <Select
              id="e-things"
              aria-label={motions ? '已立案的提案' : '建议'}
              mode="multiple"
              value={chosen}
              options={(found.data ?? []).map((one) => ({ value: one.id, label: one.title }))}
              showSearch={{ optionFilterProp: 'label' }}
              onChange={setChosen}
            />
          </LabelledField>
          <button type="button" className="link" onClick={() => setChosen((found.data ?? []).map((one) => one.id))}>
            全选
          </button>
          {motions && (
            <LabelledField
              id="e-units"
              label="参评优秀组织的单位"
              help={units.map((unit) => unit.name).join('、') || '可不选'}
            >
              <UnitPicker
                id="e-units"
                label="参评优秀组织的单位"
                value={null}
                onChange={(unit) => unit && setUnits([...units.filter((one) => one.id !== unit.id), unit])}
              />
            </LabelledField>
          )}
        </>
      )}
    </Dialog>
  )
}

function Awards({ panel, close }: { panel: Shape; close: () => void }): ReactElement {
  const [awards, setAwards] = useState<Record<number, string | null>>({})
  const choices = (entry: Entry): readonly string[] =>
    entry.unitId ? [UNIT_AWARD] : panel.purpose === 'motion' ? MOTION_AWARDS : GRADES
  return (
    <Dialog
      title="评定"
      okText="评定并结束评审"
      done="已评定。"
      close={close}
      work={() =>
        post(`/api/motion-panels/${panel.id}/awards`, {
          awards: panel.entries.map((entry) => ({ entryId: entry.id, award: awards[entry.id] ?? null })),
        })
      }
    >
      {() => (
        <div className="stack" style={{ gap: 8 }}>
          <p className="quiet">按平均分从高到低。评定后不能再打分；超过半数评委打分的才能评奖。</p>
          {panel.entries.map((entry) => (
            <div key={entry.id} className="spread">
              <span>
                {entry.title}{' '}
                <span className="faint">
                  {entry.meanHundredths === null
                    ? '未打分'
                    : `${(entry.meanHundredths / 100).toFixed(2)} 分（${entry.scored}/${entry.judges}）`}
                </span>
              </span>
              <Select
                aria-label={`${entry.title}评为`}
                style={{ minWidth: 140 }}
                allowClear
                placeholder="不评"
                value={awards[entry.id] ?? null}
                options={choices(entry).map((value) => ({ value, label: value }))}
                onChange={(value: string | null) => setAwards({ ...awards, [entry.id]: value ?? null })}
              />
            </div>
          ))}
        </div>
      )}
    </Dialog>
  )
}
