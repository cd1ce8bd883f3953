import { useQuery } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { AutoComplete, Button, Checkbox, Input, Select } from 'antd'
import { useState, type ReactElement } from 'react'
import { addDays } from '../../../kernel/calendar/days.ts'
import { get, post, put, Refusal } from '../../../web/api.ts'
import { today, useAddress, useScope } from '../../../web/session.ts'
import { DateInput, LabelledField } from '../../../web/ui/FieldInput.tsx'
import { Card, Page } from '../../../web/ui/Page.tsx'
import { Loaded, Loading, Problem } from '../../../web/ui/states.tsx'
import { periodText, AUDIENCES, CHANNELS, KINDS, type Audience, type Kind } from '../words.ts'
import type { Duty, Item, ItemDetail } from './shapes.ts'

interface Found {
  duties: Duty[]
  kind: Kind | null
}
type Draft = Pick<
  Item,
  'unitId' | 'dutyId' | 'period' | 'kind' | 'category' | 'title' | 'body' | 'channel' | 'audience' | 'publicity'
> & { fromOn: string | null; untilOn: string | null }

/** A new item, empty or answering a duty of the calendar (`?duty=3&period=2026-Q3`). */
export function NewItem(): ReactElement {
  const { unitId } = useScope()
  const [address] = useAddress()
  const catalogue = useQuery({
    queryKey: ['openness', 'catalogue', unitId],
    queryFn: () => get<Found>('/api/openness/catalogue', { unitId }),
    enabled: unitId > 0,
  })
  if (!unitId) return <Loading />
  return (
    <Loaded query={catalogue}>
      {(found) => {
        const duty = found.duties.find((one) => one.id === Number(address['duty']))
        const initial: Draft = {
          unitId,
          dutyId: duty?.id ?? null,
          period: duty ? (address['period'] ?? null) : null,
          kind: duty?.kind ?? found.kind ?? '厂务公开',
          category: duty?.category ?? '',
          title: duty ? `${periodText(address['period'] ?? '')}${duty.title}` : '',
          body: '',
          channel: '公开栏',
          audience: 'layer',
          publicity: false,
          fromOn: today(),
          untilOn: addDays(today(), duty?.displayDays ?? 15),
        }
        return <Editor initial={initial} />
      }}
    </Loaded>
  )
}

export function EditItem(): ReactElement {
  const { id } = useParams({ strict: false }) as { id: string }
  const item = useQuery({
    queryKey: ['openness', 'item', Number(id)],
    queryFn: () => get<ItemDetail>(`/api/openness/items/${id}`),
  })
  return (
    <Loaded query={item}>
      {(found) => <Editor key={found.item.version} initial={found.item} known={found.item} />}
    </Loaded>
  )
}

function Editor({ initial, known }: { initial: Draft; known?: Item }): ReactElement {
  const navigate = useNavigate()
  const [draft, setDraft] = useState(initial)
  const [error, setError] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const set = (patch: Partial<Draft>): void => setDraft({ ...draft, ...patch })
  const fields = error instanceof Refusal ? error.fields : {}
  const save = async (): Promise<void> => {
    setBusy(true)
    setError(null)
    try {
      const saved = known
        ? await put<Item>(`/api/openness/items/${known.id}`, { ...draft, version: known.version })
        : await post<Item>('/api/openness/items', draft)
      await navigate({ to: `/openness/items/${saved.id}` as never })
    } catch (refusal) {
      setError(refusal)
      setBusy(false)
    }
  }
  return (
    <Page
      title={known ? '修改公开事项' : '起草公开事项'}
      crumbs={[{ title: '公开工作', to: '/openness' }]}
      help="国家秘密、商业秘密和个人隐私不公开；名单类请隐去证件号码和联系方式。"
      narrow
    >
      {error !== null && <Problem error={error} />}
      <Card>
        <div className="form-grid">
          <LabelledField id="title" label="公开内容" required whole error={fields['title']}>
            <Input id="title" value={draft.title} onChange={(event) => set({ title: event.target.value })} />
          </LabelledField>
          <LabelledField id="kind" label="公开种类" required error={fields['kind']}>
            <Select
              id="kind"
              aria-label="公开种类"
              value={draft.kind}
              options={KINDS.map((value) => ({ value, label: value }))}
              onChange={(kind) => set({ kind })}
            />
          </LabelledField>
          <LabelledField id="category" label="内容类别" required error={fields['category']}>
            <Input
              id="category"
              placeholder="例如 财务收支"
              value={draft.category}
              onChange={(event) => set({ category: event.target.value })}
            />
          </LabelledField>
          <LabelledField id="body" label="正文" required whole error={fields['body']}>
            <Input.TextArea
              id="body"
              autoSize={{ minRows: 6 }}
              value={draft.body}
              onChange={(event) => set({ body: event.target.value })}
            />
          </LabelledField>
          <LabelledField id="from" label="公开日期" required error={fields['fromOn']}>
            <DateInput id="from" label="公开日期" value={draft.fromOn} onChange={(fromOn) => set({ fromOn })} />
          </LabelledField>
          <LabelledField id="until" label="撤下日期" required error={fields['untilOn']}>
            <DateInput id="until" label="撤下日期" value={draft.untilOn} onChange={(untilOn) => set({ untilOn })} />
          </LabelledField>
          <LabelledField id="channel" label="公开渠道" required error={fields['channel']}>
            <AutoComplete
              id="channel"
              aria-label="公开渠道"
              value={draft.channel}
              options={CHANNELS.map((value) => ({ value }))}
              onChange={(channel: string) => set({ channel })}
            />
          </LabelledField>
          <LabelledField id="audience" label="公开范围" required>
            <Select
              id="audience"
              aria-label="公开范围"
              value={draft.audience}
              options={Object.entries(AUDIENCES).map(([value, label]) => ({ value: value as Audience, label }))}
              onChange={(audience) => set({ audience })}
            />
          </LabelledField>
        </div>
        <Checkbox checked={draft.publicity} onChange={(event) => set({ publicity: event.target.checked })}>
          这是公示：征求异议，不少于 5 个工作日
        </Checkbox>
      </Card>
      <div className="form-foot">
        <Button type="primary" loading={busy} onClick={() => void save()}>
          保存草稿
        </Button>
        <Button onClick={() => window.history.back()}>取消</Button>
      </div>
    </Page>
  )
}
