import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { AutoComplete, Button, Input, Select } from 'antd'
import { useState, type ReactElement } from 'react'
import { get, post, put, Refusal } from '../../../web/api.ts'
import { today, useMe, usePreference } from '../../../web/session.ts'
import { ChoiceField } from '../../../web/ui/ChoiceField.tsx'
import { LabelledField } from '../../../web/ui/FieldInput.tsx'
import { Page } from '../../../web/ui/Page.tsx'
import { Loaded, Notice, Problem } from '../../../web/ui/states.tsx'
import { toast } from '../../../web/ui/toast.tsx'
import { KINDS, type Kind } from '../words.ts'
import { BehalfFields, type Behalf } from './BehalfFields.tsx'
import { useOnline } from './online.ts'
import { ColleaguePicker, SimilarOnes, type Colleague } from './pieces.tsx'
import { useOptions, type MotionShape, type Options } from './shapes.ts'

interface Draft {
  kind: Kind
  title: string
  body: string
  remedy: string
  category: string
  callId: number | null
  seconders: Colleague[]
}
const blank: Draft = { kind: 'motion', title: '', body: '', remedy: '', category: '', callId: null, seconders: [] }

/** Writes a motion; what was typed stays on this device until the server has it, whatever the network does. */
export function NewMotion(): ReactElement {
  const me = useMe()
  const options = useOptions()
  const [draft, setDraft] = usePreference<Draft | null>(`motion-draft.${me.data?.accountId ?? 0}`, null)
  return (
    <Loaded query={options}>
      {(known) => {
        const open = known.calls.find((call) => call.open)
        const value = draft ?? { ...blank, callId: open?.id ?? null }
        return (
          <Form
            options={known}
            value={value}
            restored={draft !== null}
            change={setDraft}
            clear={() => setDraft(null)}
          />
        )
      }}
    </Loaded>
  )
}

/** Changes a draft, or one that was sent back. */
export function EditMotion(): ReactElement {
  const { id } = useParams({ strict: false }) as { id: string }
  const options = useOptions()
  const motion = useQuery({ queryKey: ['motion', Number(id)], queryFn: () => get<MotionShape>(`/api/motions/${id}`) })
  return (
    <Loaded query={options}>
      {(known) => <Loaded query={motion}>{(found) => <EditForm options={known} motion={found} />}</Loaded>}
    </Loaded>
  )
}

function EditForm({ options, motion }: { options: Options; motion: MotionShape }): ReactElement {
  const [draft, setDraft] = useState<Draft>({
    kind: motion.kind,
    title: motion.title,
    body: motion.body,
    remedy: motion.remedy ?? '',
    category: motion.category ?? '',
    callId: motion.callId,
    seconders: [],
  })
  return <Form options={options} value={draft} change={setDraft} clear={() => undefined} motion={motion} />
}

function Form({
  options,
  value,
  restored,
  change,
  clear,
  motion,
}: {
  options: Options
  value: Draft
  restored?: boolean
  change: (draft: Draft) => void
  clear: () => void
  motion?: MotionShape
}): ReactElement {
  const navigate = useNavigate()
  const queries = useQueryClient()
  const [error, setError] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const [behalf, setBehalf] = useState<Behalf>({ on: false, mover: null, source: 'paper', receivedOn: today() })
  const online = useOnline()
  const set = (patch: Partial<Draft>): void => change({ ...value, ...patch })
  const fields = error instanceof Refusal ? error.fields : {}
  const opinion = value.kind === 'opinion'
  const call = options.calls.find((one) => one.id === value.callId)
  const least = call?.minSeconders ?? options.minSeconders

  const send = async (): Promise<void> => {
    setBusy(true)
    setError(null)
    const body = {
      kind: value.kind,
      title: value.title,
      body: value.body,
      remedy: value.remedy || null,
      category: value.category || null,
      callId: opinion ? null : value.callId,
    }
    try {
      let id = motion?.id
      if (motion) await put(`/api/motions/${motion.id}`, { ...body, version: motion.version })
      else
        id = (
          await post<{ id: number }>('/api/motions', {
            ...body,
            source: window.innerWidth < 700 ? 'phone' : 'desk',
            seconderIds: opinion ? [] : value.seconders.map((one) => one.id),
            ...(behalf.on && {
              unitId: options.unitId,
              moverId: behalf.mover?.id ?? null,
              source: behalf.source,
              receivedOn: behalf.receivedOn,
              submit: true,
            }),
          })
        ).id
      clear()
      for (const key of ['motions', 'motion', 'todos']) void queries.invalidateQueries({ queryKey: [key] })
      toast(
        opinion
          ? '意见已提交，谢谢。'
          : behalf.on
            ? '已登记。'
            : motion
              ? '已保存。'
              : '草稿已保存，附议够了就可以提交。',
      )
      void navigate({ to: `/motions/${id}` as never })
    } catch (refusal) {
      setError(refusal)
    } finally {
      setBusy(false)
    }
  }

  return (
    <Page title={motion ? '修改提案' : '写提案或意见'} crumbs={[{ title: '提案', to: '/motions' }]} narrow>
      <form
        className="card"
        onSubmit={(event) => {
          event.preventDefault()
          void send()
        }}
      >
        <div className="inside stack" style={{ padding: 16, gap: 14 }}>
          {!online && <Notice tone="warn">现在没有网络。请放心写，内容存在这台手机上，有网后再提交。</Notice>}
          {restored && online && (
            <div className="notice info spread">
              <span>已恢复上次没有写完的内容。</span>
              <button type="button" className="link" onClick={clear}>
                清空重写
              </button>
            </div>
          )}
          {error !== null && (
            <Problem error={error instanceof Refusal ? new Refusal(error.status, error.code, error.message) : error} />
          )}
          {!motion && options.may.sort && (
            <label className="row">
              <input
                type="checkbox"
                checked={behalf.on}
                onChange={(event) => setBehalf({ ...behalf, on: event.target.checked })}
              />
              替别人登记（书面提案、座谈会意见、意见箱）
            </label>
          )}
          <div className="form-grid">
            {behalf.on && <BehalfFields options={options} behalf={behalf} set={setBehalf} errors={fields} />}
            <ChoiceField
              id="m-kind"
              label="种类"
              error={fields['kind']}
              help={opinion ? '意见不需要附议，提交后由提案小组处理' : undefined}
              value={value.kind}
              options={(Object.keys(KINDS) as Kind[]).map((kind) => ({ value: kind, label: KINDS[kind] }))}
              onChange={(kind: Kind) => set({ kind })}
            />
            {!opinion && (
              <LabelledField
                id="m-call"
                label="所属届次"
                error={fields['callId']}
                help={call ? `${call.closesOn} 截止` : '闭会期间随时受理'}
              >
                <Select
                  id="m-call"
                  aria-label="所属届次"
                  value={value.callId ?? 0}
                  options={[
                    ...options.calls
                      .filter((one) => one.open || one.id === value.callId)
                      .map((one) => ({ value: one.id, label: one.session })),
                    { value: 0, label: '闭会期间' },
                  ]}
                  onChange={(next: number) => set({ callId: next || null })}
                />
              </LabelledField>
            )}
            <LabelledField id="m-category" label="内容类别" error={fields['category']}>
              <AutoComplete
                id="m-category"
                aria-label="内容类别"
                allowClear
                placeholder="选择，或直接填写"
                options={options.categories.map((one) => ({ value: one, label: one }))}
                value={value.category}
                onChange={(category: string | null) => set({ category: category ?? '' })}
              />
            </LabelledField>
            <LabelledField
              id="m-title"
              label="题目"
              required
              whole
              error={fields['title']}
              help="一件事写一份，例如：关于增设充电车棚的提案"
            >
              <Input
                id="m-title"
                aria-label="题目"
                maxLength={60}
                value={value.title}
                onChange={(event) => set({ title: event.target.value })}
              />
            </LabelledField>
          </div>
          <SimilarOnes title={value.title} {...(motion && { notId: motion.id })} />
          <div className="form-grid">
            <LabelledField id="m-body" label="情况和理由" required whole error={fields['body']}>
              <Input.TextArea
                id="m-body"
                aria-label="情况和理由"
                autoSize={{ minRows: 4, maxRows: 14 }}
                maxLength={4000}
                value={value.body}
                onChange={(event) => set({ body: event.target.value })}
              />
            </LabelledField>
            <LabelledField id="m-remedy" label="具体建议" whole error={fields['remedy']}>
              <Input.TextArea
                id="m-remedy"
                aria-label="具体建议"
                autoSize={{ minRows: 3, maxRows: 14 }}
                maxLength={4000}
                value={value.remedy}
                onChange={(event) => set({ remedy: event.target.value })}
              />
            </LabelledField>
            {!opinion && !motion && (
              <LabelledField
                id="m-seconders"
                label="附议人"
                whole
                error={fields['seconderIds'] ?? fields['personIds']}
                help={behalf.on ? '书面上已签名的附议人' : `不少于 ${least} 名；保存后系统会请他们附议`}
              >
                <ColleaguePicker
                  id="m-seconders"
                  label="附议人"
                  value={value.seconders}
                  onChange={(seconders) => set({ seconders })}
                />
              </LabelledField>
            )}
          </div>
        </div>
        <div className="form-foot">
          <span className="faint">{motion ? '' : '写到一半可以离开，内容留在这台设备上。'}</span>
          <span className="push" />
          <Button type="primary" htmlType="submit" loading={busy} disabled={!online}>
            {opinion ? '提交意见' : behalf.on ? '登记并提交' : motion ? '保存修改' : '保存草稿并请人附议'}
          </Button>
        </div>
      </form>
    </Page>
  )
}
