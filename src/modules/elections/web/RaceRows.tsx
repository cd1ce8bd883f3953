import { Button, Input, Select } from 'antd'
import type { ReactElement } from 'react'
import { LabelledField } from '../../../web/ui/FieldInput.tsx'
import { Card } from '../../../web/ui/Page.tsx'
import { UnitPicker } from '../../../web/ui/UnitPicker.tsx'
import { POSTS, POSTS_OF, postOf } from '../posts.ts'
import type { Draft, RaceDraft } from './plan-draft.ts'

/** The contests of a plan: post, electoral unit, seats. */
export function Races({
  draft,
  change,
  errors,
}: {
  draft: Draft
  change: (patch: Partial<Draft>) => void
  errors: Readonly<Record<string, string>>
}): ReactElement {
  const set = (at: number, patch: Partial<RaceDraft>): void =>
    change({ races: draft.races.map((one, index) => (index === at ? { ...one, ...patch } : one)) })
  const allowed = POSTS_OF[draft.kind]
  const seatTitle = draft.kind === 'recall' ? '人数' : '名额'
  return (
    <Card title={draft.kind === 'recall' ? '罢免表决' : '选举项目和名额'}>
      <ul className="stack" style={{ gap: 12 }}>
        {draft.races.map((one, at) => (
          <li key={one.id} className="form-grid" style={{ alignItems: 'end' }}>
            <LabelledField id={`r-post-${at}`} label="职务" error={errors[`races.${at}.post`]}>
              <Select
                id={`r-post-${at}`}
                aria-label={`第${at + 1}项职务`}
                value={one.post}
                options={allowed.map((value) => ({ value, label: POSTS[value].title }))}
                onChange={(next) => set(at, { post: next })}
              />
            </LabelledField>
            {postOf(one.post).sitting === 'unit' && (
              <LabelledField id={`r-unit-${at}`} label="选举单位" error={errors[`races.${at}.unitId`]}>
                <UnitPicker
                  id={`r-unit-${at}`}
                  label="选举单位"
                  value={one.unit}
                  onChange={(unit) => set(at, { unit })}
                />
              </LabelledField>
            )}
            <LabelledField id={`r-seats-${at}`} label={seatTitle} error={errors[`races.${at}.seats`]}>
              <Input
                id={`r-seats-${at}`}
                aria-label={`第${at + 1}项名额`}
                inputMode="numeric"
                value={one.seats}
                onChange={(event) => set(at, { seats: event.target.value })}
              />
            </LabelledField>
            <div>
              <Button
                disabled={draft.races.length === 1}
                onClick={() => change({ races: draft.races.filter((_, index) => index !== at) })}
              >
                去掉
              </Button>
            </div>
          </li>
        ))}
      </ul>
      <Button
        style={{ marginTop: 12 }}
        onClick={() => {
          // Delegates of one kind are elected in many units; other posts stand once.
          const free =
            draft.kind === 'delegates'
              ? draft.races.at(-1)!.post
              : (allowed.find((value) => !draft.races.some((one) => one.post === value)) ?? allowed[0]!)
          change({
            races: [
              ...draft.races,
              { id: Math.max(...draft.races.map((one) => one.id)) + 1, post: free, seats: '1', unit: null },
            ],
          })
        }}
      >
        添加一项
      </Button>
    </Card>
  )
}
