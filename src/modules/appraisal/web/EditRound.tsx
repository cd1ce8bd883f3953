import { useQuery } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { Button, Checkbox, Input } from 'antd'
import { useState, type ReactElement } from 'react'
import { get, post, put, Refusal } from '../../../web/api.ts'
import { today, useScope } from '../../../web/session.ts'
import { ChoiceField } from '../../../web/ui/ChoiceField.tsx'
import { DateInput, LabelledField } from '../../../web/ui/FieldInput.tsx'
import { Card, Page } from '../../../web/ui/Page.tsx'
import { Loaded, Loading, Problem } from '../../../web/ui/states.tsx'
import { UnitPicker } from '../../../web/ui/UnitPicker.tsx'
import { naming, PRESETS, ROUND_KINDS, roundKinds, type RoundKind } from '../words.ts'
import { draftOf, byClass, newDraft, bodyOf, joined, parted, questionsOf, type Draft, emptyGroup } from './draft.ts'
import { AnswersFields, QuestionsEditor } from './QuestionsEditor.tsx'
import { GroupsEditor, SubjectsEditor } from './round-editors.tsx'
import type { Round, RoundDetail } from './shapes.ts'

/** A new plan: the kind brings its usual grades, criteria and groups. */
export function NewRound(): ReactElement {
  const scope = useScope()
  if (!scope.unitId) return <Loading />
  return <Editor initial={newDraft({ id: scope.unitId, name: scope.unitName }, scope.year, today())} />
}

export function EditRound(): ReactElement {
  const { id } = useParams({ strict: false }) as { id: string }
  const round = useQuery({
    queryKey: ['appraisal', 'round', Number(id)],
    queryFn: () => get<RoundDetail>(`/api/appraisal/rounds/${id}`),
  })
  return (
    <Loaded query={round}>
      {(found) => <Editor key={found.round.version} initial={draftOf(found.round)} known={found.round} />}
    </Loaded>
  )
}

function Editor({ initial, known }: { initial: Draft; known?: Round }): ReactElement {
  const navigate = useNavigate()
  const [draft, setDraft] = useState(initial)
  const [error, setError] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const set = (patch: Partial<Draft>): void => setDraft({ ...draft, ...patch })
  const fields = error instanceof Refusal ? error.fields : {}
  const named = naming(draft.kind)
  const take = (kind: RoundKind): void => {
    const preset = PRESETS[kind]
    set({
      kind,
      title: `${draft.year}年度${ROUND_KINDS[kind]}`,
      ...questionsOf(kind),
      groups: preset.groups.map((group) => ({ ...emptyGroup(), name: group.name, weight: String(group.weight) })),
    })
  }
  const save = async (): Promise<void> => {
    setBusy(true)
    setError(null)
    try {
      const body = bodyOf(draft)
      const saved = known
        ? await put<Round>(`/api/appraisal/rounds/${known.id}`, { ...body, version: known.version })
        : await post<Round>('/api/appraisal/rounds', body)
      await navigate({ to: `/appraisal/rounds/${saved.id}` as never })
    } catch (refusal) {
      setError(refusal)
      setBusy(false)
      window.scrollTo({ top: 0 })
    }
  }
  return (
    <Page
      title={known ? '修改评议方案' : '新的评议'}
      crumbs={[{ title: '民主评议', to: '/appraisal' }]}
      help="方案在开始评议时冻结，之后不能再改。"
      narrow
    >
      {error !== null && <Problem error={error} />}
      <Card title="一、评议什么">
        <div className="form-grid">
          <ChoiceField
            id="kind"
            label="评议种类"
            error={fields['kind']}
            value={draft.kind}
            options={roundKinds.map((value) => ({ value, label: ROUND_KINDS[value] }))}
            onChange={take}
          />
          <LabelledField id="title" label="评议名称" required error={fields['title']}>
            <Input id="title" value={draft.title} onChange={(event) => set({ title: event.target.value })} />
          </LabelledField>
          <LabelledField id="unit" label="组织单位" required error={fields['unitId']}>
            <UnitPicker
              id="unit"
              label="组织单位"
              value={draft.unit}
              onChange={(unit) => unit && set({ unit: { id: unit.id, name: unit.name } })}
            />
          </LabelledField>
          <LabelledField id="year" label="年度" required error={fields['year']}>
            <Input
              id="year"
              inputMode="numeric"
              value={draft.year}
              onChange={(event) => set({ year: event.target.value })}
            />
          </LabelledField>
          <LabelledField id="held" label="开始日期" required error={fields['heldOn']}>
            <DateInput id="held" label="开始日期" value={draft.heldOn} onChange={(heldOn) => set({ heldOn })} />
          </LabelledField>
          <LabelledField id="closes" label="截止日期" required error={fields['closesOn']}>
            <DateInput id="closes" label="截止日期" value={draft.closesOn} onChange={(closesOn) => set({ closesOn })} />
          </LabelledField>
        </div>
      </Card>
      <Card title="二、评议谁">
        <SubjectsEditor
          subjects={draft.subjects}
          onChange={(subjects) => set({ subjects })}
          error={fields['subjects'] ?? fields['subjects.0.name']}
          unitId={draft.unit.id}
          classes={byClass(draft.kind)}
          naming={named}
        />
      </Card>
      <Card title="三、谁来评">
        <GroupsEditor
          groups={draft.groups}
          onChange={(groups) => set({ groups })}
          errors={fields}
          classes={byClass(draft.kind)}
        />
      </Card>
      {!named && (
        <Card title="四、评哪些题">
          <div className="form-grid">
            <LabelledField id="first" label="第 1 题" required error={fields['criteria.0']}>
              <Input
                id="first"
                value={draft.first}
                maxLength={20}
                onChange={(event) => set({ first: event.target.value })}
              />
            </LabelledField>
            <AnswersFields
              id="scale"
              label="等次"
              value={draft.answers}
              onChange={(answers) => set({ answers })}
              error={fields['grades']}
            />
            {!draft.apart && (
              <LabelledField
                id="criteria"
                label="分项"
                help="分项之间用顿号隔开，可以不设。"
                error={fields['criteria']}
              >
                <Input
                  id="criteria"
                  value={draft.criteria}
                  onChange={(event) => set({ criteria: event.target.value })}
                />
              </LabelledField>
            )}
          </div>
          <div className="stack" style={{ gap: 12, marginTop: 14 }}>
            <Checkbox
              checked={draft.apart}
              onChange={(event) =>
                set(
                  event.target.checked
                    ? { apart: true, questions: parted(draft) }
                    : { apart: false, criteria: joined(draft) },
                )
              }
            >
              各题等次（选项）不同，分题设置
            </Checkbox>
            {draft.apart && (
              <QuestionsEditor
                questions={draft.questions}
                onChange={(questions) => set({ questions })}
                errors={fields}
              />
            )}
          </div>
        </Card>
      )}
      <Card title={named ? '四、怎么推荐' : '五、怎么算'}>
        <div className="form-grid">
          {!named && (
            <ChoiceField
              id="whole"
              label="无效票"
              value={draft.whole}
              options={[
                { value: 'overall', label: '第 1 题未评的为无效' },
                { value: 'complete', label: '有一项未评的为无效' },
              ]}
              onChange={(whole) => set({ whole })}
            />
          )}
          {!named && (
            <LabelledField id="top" label="最高等次最多评几个" help="不限制的留空。" error={fields['topMost']}>
              <Input
                id="top"
                inputMode="numeric"
                value={draft.topMost}
                onChange={(event) => set({ topMost: event.target.value })}
              />
            </LabelledField>
          )}
          <LabelledField
            id="least"
            label="少于几份不公布"
            required
            help="通常 10 份，任何时候不少于 5 份。"
            error={fields['least']}
          >
            <Input
              id="least"
              inputMode="numeric"
              value={draft.least}
              onChange={(event) => set({ least: event.target.value })}
            />
          </LabelledField>
          <ChoiceField
            id="results"
            label="结果给谁看"
            error={fields['resultsAt']}
            value={draft.resultsAt}
            options={[
              { value: 'unit', label: '本单位有权查看的职务' },
              { value: 'upper', label: '只给上一级工会' },
            ]}
            onChange={(resultsAt) => set({ resultsAt })}
          />
          <LabelledField id="years" label="现行评议形式已沿用年数" error={fields['formYears']}>
            <Input
              id="years"
              inputMode="numeric"
              value={draft.formYears}
              onChange={(event) => set({ formYears: event.target.value })}
            />
          </LabelledField>
        </div>
        <div className="stack" style={{ gap: 12, marginTop: 14 }}>
          {named && (
            <Checkbox checked={draft.writeIns} onChange={(event) => set({ writeIns: event.target.checked })}>
              可以另写名单以外的人
            </Checkbox>
          )}
          <Checkbox checked={draft.remarks} onChange={(event) => set({ remarks: event.target.checked })}>
            可以写意见（与评议票分开保存，打乱顺序）
          </Checkbox>
        </div>
      </Card>
      <div className="form-foot">
        <Button type="primary" loading={busy} onClick={() => void save()}>
          保存方案
        </Button>
        <Button onClick={() => window.history.back()}>取消</Button>
      </div>
    </Page>
  )
}
