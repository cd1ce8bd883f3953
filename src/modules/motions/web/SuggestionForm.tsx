import { useNavigate } from '@tanstack/react-router'
import { AutoComplete, Button, Input, Select } from 'antd'
import { useState, type ReactElement } from 'react'
import { post, Refusal } from '../../../web/api.ts'
import { useMe, usePreference } from '../../../web/session.ts'
import { LabelledField } from '../../../web/ui/FieldInput.tsx'
import { Page } from '../../../web/ui/Page.tsx'
import { PersonPicker, type Named } from '../../../web/ui/PersonPicker.tsx'
import { Loaded, Problem } from '../../../web/ui/states.tsx'
import { toast } from '../../../web/ui/toast.tsx'
import { SUGGESTION_KINDS, type SuggestionKind } from '../words.ts'
import { useRefresh } from './Deeds.tsx'
import { useOptions, type Options } from './shapes.ts'

interface Draft {
  kind: SuggestionKind
  title: string
  body: string
  remedy: string
  category: string
  callId: number | null
}

/** Writes a suggestion; kept on the device until the server has it. */
export function NewSuggestion(): ReactElement {
  const options = useOptions()
  return <Loaded query={options}>{(known) => <Form options={known} />}</Loaded>
}

function Form({ options }: { options: Options }): ReactElement {
  const me = useMe()
  const navigate = useNavigate()
  const refresh = useRefresh()
  const drive = options.drives.find((one) => one.open)
  const [draft, setDraft] = usePreference<Draft | null>(`suggestion-draft.${me.data?.accountId ?? 0}`, null)
  const value = draft ?? {
    kind: 'suggestion',
    title: '',
    body: '',
    remedy: '',
    category: '',
    callId: drive?.id ?? null,
  }
  const set = (patch: Partial<Draft>): void => setDraft({ ...value, ...patch })
  const [proposer, setProposer] = useState<Named | null>(null)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const fields = error instanceof Refusal ? error.fields : {}
  const send = async (): Promise<void> => {
    setBusy(true)
    setError(null)
    try {
      const { id } = await post<{ id: number }>('/api/suggestions', {
        ...value,
        remedy: value.remedy || null,
        category: value.category || null,
        ...(proposer && { proposerId: proposer.id }),
      })
      setDraft(null)
      refresh()
      toast('已提交，评审结果会通知您。')
      void navigate({ to: `/suggestions/${id}` as never })
    } catch (refusal) {
      setError(refusal)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Page title="提合理化建议" crumbs={[{ title: '合理化建议', to: '/suggestions' }]} narrow>
      <form
        className="card"
        onSubmit={(event) => {
          event.preventDefault()
          void send()
        }}
      >
        <div className="inside stack" style={{ padding: 16, gap: 14 }}>
          {error !== null && (
            <Problem error={error instanceof Refusal ? new Refusal(error.status, error.code, error.message) : error} />
          )}
          <div className="form-grid">
            {options.may.sort && (
              <LabelledField
                id="g-who"
                label="建议人"
                error={fields['proposerId']}
                help="替别人登记时填写；不填就是本人"
              >
                <PersonPicker
                  id="g-who"
                  label="建议人"
                  membersOnly
                  unitId={options.unitId}
                  value={proposer}
                  onChange={setProposer}
                />
              </LabelledField>
            )}
            <LabelledField id="g-kind" label="种类" required error={fields['kind']}>
              <Select
                id="g-kind"
                aria-label="种类"
                value={value.kind}
                options={(Object.keys(SUGGESTION_KINDS) as SuggestionKind[]).map((kind) => ({
                  value: kind,
                  label: SUGGESTION_KINDS[kind],
                }))}
                onChange={(kind: SuggestionKind) => set({ kind })}
              />
            </LabelledField>
            {options.drives.some((one) => one.open) && (
              <LabelledField id="g-call" label="参加活动" error={fields['callId']}>
                <Select
                  id="g-call"
                  aria-label="参加活动"
                  value={value.callId ?? 0}
                  options={[
                    ...options.drives.filter((one) => one.open).map((one) => ({ value: one.id, label: one.session })),
                    { value: 0, label: '不参加活动，日常建议' },
                  ]}
                  onChange={(next: number) => set({ callId: next || null })}
                />
              </LabelledField>
            )}
            <LabelledField id="g-category" label="内容类别" error={fields['category']}>
              <AutoComplete
                id="g-category"
                aria-label="内容类别"
                allowClear
                options={options.suggestionCategories.map((one) => ({ value: one, label: one }))}
                value={value.category}
                onChange={(category: string | null) => set({ category: category ?? '' })}
              />
            </LabelledField>
            <LabelledField id="g-title" label="建议题目" required whole error={fields['title']}>
              <Input
                id="g-title"
                aria-label="建议题目"
                maxLength={60}
                value={value.title}
                onChange={(event) => set({ title: event.target.value })}
              />
            </LabelledField>
            <LabelledField id="g-body" label="现状和问题" required whole error={fields['body']}>
              <Input.TextArea
                id="g-body"
                aria-label="现状和问题"
                autoSize={{ minRows: 3, maxRows: 12 }}
                maxLength={4000}
                value={value.body}
                onChange={(event) => set({ body: event.target.value })}
              />
            </LabelledField>
            <LabelledField id="g-remedy" label="怎样改、预计效果" whole error={fields['remedy']}>
              <Input.TextArea
                id="g-remedy"
                aria-label="怎样改、预计效果"
                autoSize={{ minRows: 3, maxRows: 12 }}
                maxLength={4000}
                value={value.remedy}
                onChange={(event) => set({ remedy: event.target.value })}
              />
            </LabelledField>
          </div>
        </div>
        <div className="form-foot">
          <span className="push" />
          <Button type="primary" htmlType="submit" loading={busy}>
            提交建议
          </Button>
        </div>
      </form>
    </Page>
  )
}
