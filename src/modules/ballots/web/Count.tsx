import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { Button, Input } from 'antd'
import { useState, type ReactElement } from 'react'
import { get, put, Refusal } from '../../../web/api.ts'
import { LinkButton } from '../../../web/ui/LinkButton.tsx'
import { Card, Page } from '../../../web/ui/Page.tsx'
import { PersonPicker } from '../../../web/ui/PersonPicker.tsx'
import { Empty, Loaded, Notice, Problem } from '../../../web/ui/states.tsx'
import { toast } from '../../../web/ui/toast.tsx'
import { marksOf } from '../words.ts'
import { checkSheet, emptyDraft, fromSheet, toInput, type SheetDraft } from './sheet-draft.ts'
import type { ChannelShape, VoteAnswer, VoteShape } from './shapes.ts'
import './count.css'

/** Two tellers enter what each counted; on a phone as well as at the desk. */
export function CountPage(): ReactElement {
  const id = Number((useParams({ strict: false }) as { id: string }).id)
  const vote = useQuery({
    queryKey: ['vote', id],
    queryFn: () => get<VoteAnswer>(`/api/votes/${id}`),
    refetchInterval: 10_000,
  })
  return (
    <Loaded query={vote}>
      {(answer) => (
        <Page
          title="录入计票"
          help={answer.vote.title}
          narrow
          actions={<LinkButton to={`/votes/${id}`}>查看名册和结果</LinkButton>}
        >
          {answer.vote.state === 'issuing' ? (
            <div className="stack">
              {answer.channels
                .filter(({ channel }) => channel !== 'booth')
                .map((channel) => (
                  <Channel key={`${channel.channel}${String(channel.agreed)}`} vote={answer.vote} channel={channel} />
                ))}
            </div>
          ) : (
            <Card>
              <Empty title={answer.vote.state === 'draft' ? '还没有开始发票' : '这次投票已经结束'}>
                {answer.vote.state === 'draft'
                  ? '开始发票以后，请由两名监票人、计票人分别录入。'
                  : '结果在“查看名册和结果”里。'}
              </Empty>
            </Card>
          )}
        </Page>
      )}
    </Loaded>
  )
}

function Channel({ vote, channel }: { vote: VoteShape; channel: ChannelShape }): ReactElement {
  const queries = useQueryClient()
  const [draft, setDraft] = useState<SheetDraft>(() =>
    channel.sheet ? fromSheet(vote, channel.sheet) : emptyDraft(vote),
  )
  const saving = useMutation({
    mutationFn: () => put<ChannelShape>(`/api/votes/${vote.id}/counts/${channel.channel}`, toInput(draft)),
    onSuccess: (next) => {
      toast(next.agreed ? '两人录入一致。' : '已录入。')
      void queries.invalidateQueries({ queryKey: ['vote', vote.id] })
    },
  })
  const errors = saving.error instanceof Refusal ? saving.error.fields : {}
  const faults = checkSheet(vote, draft)
  return (
    <Card title={`${channel.title}计票单`} aside={<span className="faint">每人各自录入，互不可见</span>}>
      <div className="stack count-sheet">
        <Progress channel={channel} />
        {vote.mode !== 'hands' && (
          <div className="count-papers">
            {(
              [
                ['issued', '发出选票'],
                ['returned', '收回选票'],
                ['valid', '有效票'],
                ['invalid', '无效票'],
              ] as const
            ).map(([name, title]) => (
              <NumberBox
                key={name}
                label={title}
                value={draft[name]}
                error={errors[name]}
                onChange={(value) => setDraft({ ...draft, [name]: value })}
              />
            ))}
          </div>
        )}
        <Lines vote={vote} draft={draft} setDraft={setDraft} errors={errors} />
        {vote.kind === 'election' && <WriteIns vote={vote} draft={draft} setDraft={setDraft} errors={errors} />}
        {saving.error && <Problem error={saving.error} />}
        {faults.map((fault) => (
          <Notice key={fault} tone="warn">
            {fault}
          </Notice>
        ))}
        <Button type="primary" onClick={() => saving.mutate()} loading={saving.isPending} size="large">
          {channel.entries.some((entry) => entry.mine) ? '更正我的录入' : '录入'}
        </Button>
      </div>
    </Card>
  )
}

function Progress({ channel }: { channel: ChannelShape }): ReactElement | null {
  const names = channel.entries.map((entry) => entry.name).join('、')
  if (channel.agreed) return <Notice tone="good">{names}的录入一致，可以宣布结果。</Notice>
  if (channel.differences.length)
    return (
      <Notice tone="bad">
        <p>两人录入不一致，请重新清点后由录入人更正：</p>
        <ul>
          {channel.differences.map((one) => (
            <li key={one.where}>
              {one.where}：{channel.entries[0]?.name} {one.first}，{channel.entries[1]?.name} {one.second}
            </li>
          ))}
        </ul>
      </Notice>
    )
  if (channel.entries.length === 1) return <Notice>{names}已录入，等待第二人录入。</Notice>
  return null
}

interface Editing {
  vote: VoteShape
  draft: SheetDraft
  setDraft: (draft: SheetDraft) => void
  errors: Readonly<Record<string, string>>
}

function Lines({ vote, draft, setDraft, errors }: Editing): ReactElement {
  const marks = marksOf(vote.rule)
  return (
    <ul className="count-lines" aria-label="得票">
      {draft.lines.map((line, at) => (
        <li key={line.key}>
          <b>{line.label}</b>
          {marks.map((mark, index) => (
            <NumberBox
              key={mark}
              label={mark}
              aria={`${line.label}${mark}`}
              value={line.marks[index] ?? ''}
              error={index === 0 ? errors[`items.${at}`] : undefined}
              onChange={(value) =>
                setDraft({ ...draft, lines: draft.lines.with(at, { ...line, marks: line.marks.with(index, value) }) })
              }
            />
          ))}
        </li>
      ))}
    </ul>
  )
}

function WriteIns({ draft, setDraft, errors }: Editing): ReactElement {
  return (
    <section className="stack" style={{ gap: 8 }} aria-label="另选他人">
      {draft.writeIns.map((one, at) => (
        <div key={one.id} className="count-write-in">
          <PersonPicker
            label="另选他人"
            value={one.person}
            onChange={(person) => setDraft({ ...draft, writeIns: draft.writeIns.with(at, { ...one, person }) })}
            membersOnly
          />
          <NumberBox
            label="得票"
            aria="另选他人得票"
            value={one.yes}
            error={errors[`writeIns.${at}`]}
            onChange={(yes) => setDraft({ ...draft, writeIns: draft.writeIns.with(at, { ...one, yes }) })}
          />
          <Button onClick={() => setDraft({ ...draft, writeIns: draft.writeIns.toSpliced(at, 1) })}>去掉</Button>
        </div>
      ))}
      {errors['writeIns'] && <span className="field-error">{errors['writeIns']}</span>}
      <div>
        <Button
          onClick={() =>
            setDraft({
              ...draft,
              writeIns: [...draft.writeIns, { id: (draft.writeIns.at(-1)?.id ?? 0) + 1, person: null, yes: '' }],
            })
          }
        >
          添加另选他人
        </Button>
      </div>
    </section>
  )
}

function NumberBox({
  label,
  aria,
  value,
  error,
  onChange,
}: {
  label: string
  aria?: string
  value: string
  error?: string | undefined
  onChange: (value: string) => void
}): ReactElement {
  return (
    <label className="count-number">
      <span>{label}</span>
      <Input
        aria-label={aria ?? label}
        inputMode="numeric"
        autoComplete="off"
        value={value}
        {...(error && { status: 'error' as const })}
        onChange={(event) => onChange(event.target.value)}
      />
      {error && (
        <span className="field-error" role="alert">
          {error}
        </span>
      )}
    </label>
  )
}
