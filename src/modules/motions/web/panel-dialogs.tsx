import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { useState, type ReactElement } from 'react'
import { get, post } from '../../../web/api.ts'
import { Dialog } from '../../../web/ui/Dialog.tsx'
import { LabelledField } from '../../../web/ui/FieldInput.tsx'
import { UnitPicker } from '../../../web/ui/UnitPicker.tsx'
import { GRADES, MOTION_AWARDS, UNIT_AWARD } from '../words.ts'
import type { Entry, MotionRow, PanelShape, SuggestionShape } from './shapes.ts'

/** Puts motions, suggestions or units before a panel. */
export function AddEntries({ panel, close }: { panel: PanelShape; close: () => void }): ReactElement {
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
      done={panel.method === 'ballot' ? '已添加。' : '已添加，评委会收到待办。'}
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

/** The panel's decision, by the means of its points. */
export function Awards({ panel, close }: { panel: PanelShape; close: () => void }): ReactElement {
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
