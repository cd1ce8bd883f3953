import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { Button, Input } from 'antd'
import { useState, type ReactElement } from 'react'
import { get, post, put, Refusal } from '../../../web/api.ts'
import { useAddress, useScope } from '../../../web/session.ts'
import { ChoiceField } from '../../../web/ui/ChoiceField.tsx'
import { DateInput, LabelledField, parseNumber } from '../../../web/ui/FieldInput.tsx'
import { Card, Page } from '../../../web/ui/Page.tsx'
import { Loaded, Notice, Problem } from '../../../web/ui/states.tsx'
import { UnitPicker } from '../../../web/ui/UnitPicker.tsx'
import { ELECTION_KINDS, electionKinds } from '../posts.ts'
import { USUAL, type Draft } from './plan-draft.ts'
import { Races } from './RaceRows.tsx'
import type { DetailShape } from './shapes.ts'

/** A new election's plan. */
export function NewElection(): ReactElement {
  const scope = useScope()
  // A vacancy brings its kind and reason along.
  const [address] = useAddress()
  const kind = electionKinds.find((one) => one === address['kind']) ?? 'term'
  return (
    <PlanForm
      key={scope.unitId}
      initial={{
        unit: scope.unitId ? { id: scope.unitId, name: scope.unitName } : null,
        kind,
        form: 'members',
        title: '',
        ordinal: '',
        termYears: 5,
        heldOn: null,
        chairBy: 'committee',
        enterprise: true,
        reason: address['reason'] ?? '',
        petitioners: '',
        races: [...USUAL[kind]],
      }}
    />
  )
}

/** The plan of an election that isn't submitted yet. */
export function EditPlan(): ReactElement {
  const id = Number((useParams({ strict: false }) as { id: string }).id)
  const detail = useQuery({ queryKey: ['election', id], queryFn: () => get<DetailShape>(`/api/elections/${id}`) })
  return (
    <Loaded query={detail}>
      {({ election, races, sittings }) => (
        <PlanForm
          editing={{ id, version: election.version }}
          initial={{
            unit: { id: election.unitId, name: election.unitName },
            kind: election.kind,
            form: election.form,
            title: election.title,
            ordinal: election.ordinal === null ? '' : String(election.ordinal),
            termYears: election.termYears ?? 5,
            heldOn: election.heldOn,
            chairBy: election.chairBy,
            enterprise: election.enterprise,
            reason: election.reason ?? '',
            petitioners: election.petitioners === null ? '' : String(election.petitioners),
            races: races.map((one) => {
              const sitting = sittings.find((other) => other.id === one.sittingId)
              return {
                id: one.id,
                post: one.post,
                seats: String(one.seats),
                unit: sitting?.kind === 'unit' ? { id: sitting.unitId, name: sitting.title } : null,
              }
            }),
          }}
        />
      )}
    </Loaded>
  )
}

const integer = (text: string): number | null => (text.trim() ? parseNumber('integer', text) : null)

function PlanForm({ initial, editing }: { initial: Draft; editing?: { id: number; version: number } }): ReactElement {
  const navigate = useNavigate()
  const queries = useQueryClient()
  const [draft, setDraft] = useState(initial)
  const change = (patch: Partial<Draft>): void => setDraft({ ...draft, ...patch })
  const whole = draft.kind === 'first' || draft.kind === 'term'
  const saving = useMutation({
    mutationFn: () => {
      const input = {
        form: draft.form,
        title: draft.title.trim() || null,
        ordinal: whole ? integer(draft.ordinal) : null,
        termYears: whole ? draft.termYears : null,
        heldOn: draft.heldOn,
        chairBy: draft.chairBy,
        enterprise: draft.enterprise,
        reason: draft.reason.trim() || null,
        petitioners: integer(draft.petitioners),
        races: draft.races.map((one) => ({ post: one.post, seats: integer(one.seats), unitId: one.unit?.id ?? null })),
      }
      return editing
        ? put<{ id: number }>(`/api/elections/${editing.id}`, { ...input, version: editing.version })
        : post<{ id: number }>('/api/elections', { ...input, unitId: draft.unit?.id, kind: draft.kind })
    },
    onSuccess: ({ id }) => {
      for (const key of ['elections', 'election']) void queries.invalidateQueries({ queryKey: [key] })
      void navigate({ to: `/elections/${id}` as never })
    },
  })
  const errors = saving.error instanceof Refusal ? saving.error.fields : {}
  return (
    <Page
      narrow
      title={editing ? '修改选举方案' : '筹备选举'}
      crumbs={[{ title: '工会选举', to: '/elections' }]}
      help="先写方案。名额、任期是否合规，保存以后逐条列出依据；方案经上一级工会批复后再推荐候选人。"
    >
      <div className="stack">
        <Card title="选举">
          <div className="form-grid">
            <LabelledField id="e-unit" label="工会" required error={errors['unitId']}>
              <UnitPicker id="e-unit" label="工会" value={draft.unit} onChange={(unit) => change({ unit })} />
            </LabelledField>
            <ChoiceField
              id="e-kind"
              label="种类"
              error={errors['kind']}
              disabled={Boolean(editing)}
              value={draft.kind}
              options={electionKinds.map((value) => ({ value, label: ELECTION_KINDS[value] }))}
              onChange={(kind) => change({ kind, races: [...USUAL[kind]] })}
            />
            {whole && (
              <>
                <LabelledField id="e-ordinal" label="第几届" required error={errors['ordinal']}>
                  <Input
                    id="e-ordinal"
                    inputMode="numeric"
                    value={draft.ordinal}
                    onChange={(event) => change({ ordinal: event.target.value })}
                  />
                </LabelledField>
                <ChoiceField
                  id="e-term"
                  label="任期"
                  error={errors['termYears']}
                  help="基层工会委员会每届三年或者五年"
                  value={draft.termYears}
                  options={[3, 5].map((value) => ({ value, label: `${value} 年` }))}
                  onChange={(termYears) => change({ termYears })}
                />
              </>
            )}
            <LabelledField
              id="e-day"
              label="选举日"
              required
              error={errors['heldOn']}
              help="委员候选人须在选举前公示满五个工作日"
            >
              <DateInput id="e-day" label="选举日" value={draft.heldOn} onChange={(heldOn) => change({ heldOn })} />
            </LabelledField>
            <ChoiceField
              id="e-form"
              label="会议形式"
              error={errors['form']}
              help="不足 100 名会员的开会员大会"
              value={draft.form}
              options={[
                { value: 'members', label: '会员大会' },
                { value: 'delegates', label: '会员代表大会' },
              ]}
              onChange={(form) => change({ form })}
            />
            {whole && (
              <ChoiceField
                id="e-chair"
                label="主席、副主席由谁选举"
                value={draft.chairBy}
                options={[
                  { value: 'committee', label: '新一届委员会第一次全体会议' },
                  { value: 'assembly', label: '大会直接选举' },
                ]}
                onChange={(chairBy) => change({ chairBy })}
              />
            )}
            <ChoiceField
              id="e-enterprise"
              label="单位性质"
              help="企业另有主席候选人的回避规定"
              value={draft.enterprise ? 'yes' : 'no'}
              options={[
                { value: 'yes', label: '企业' },
                { value: 'no', label: '机关、事业单位或其他' },
              ]}
              onChange={(value) => change({ enterprise: value === 'yes' })}
            />
            {!whole && (
              <LabelledField
                id="e-reason"
                label="原因"
                required={['fill', 'recall'].includes(draft.kind)}
                error={errors['reason']}
                whole
              >
                <Input
                  id="e-reason"
                  maxLength={200}
                  value={draft.reason}
                  onChange={(event) => change({ reason: event.target.value })}
                />
              </LabelledField>
            )}
            {draft.kind === 'recall' && (
              <LabelledField
                id="e-petition"
                label="联名会员人数"
                error={errors['petitioners']}
                help="委员会提出的不填。只记人数，名单由上一级工会核对"
              >
                <Input
                  id="e-petition"
                  inputMode="numeric"
                  value={draft.petitioners}
                  onChange={(event) => change({ petitioners: event.target.value })}
                />
              </LabelledField>
            )}
          </div>
        </Card>
        <Races draft={draft} change={change} errors={errors} />
        {saving.error && <Problem error={saving.error} />}
        {errors['races'] && <Notice tone="bad">{errors['races']}</Notice>}
        <div className="row">
          <Button
            type="primary"
            onClick={() => saving.mutate()}
            loading={saving.isPending}
            disabled={!draft.unit || !draft.heldOn}
          >
            保存方案
          </Button>
        </div>
      </div>
    </Page>
  )
}
