import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { Button, Input, Select } from 'antd'
import { useState, type ReactElement } from 'react'
import { get, post } from '../../../web/api.ts'
import { useMe } from '../../../web/session.ts'
import { DataTable } from '../../../web/ui/DataTable.tsx'
import { Dialog } from '../../../web/ui/Dialog.tsx'
import { LabelledField } from '../../../web/ui/FieldInput.tsx'
import { LinkButton } from '../../../web/ui/LinkButton.tsx'
import { Card, Facts, Page } from '../../../web/ui/Page.tsx'
import { PersonPicker, type Named } from '../../../web/ui/PersonPicker.tsx'
import { Empty, Loaded } from '../../../web/ui/states.tsx'
import { StatusTag } from '../../../web/ui/values.tsx'
import { Verdict } from '../../../web/ui/Verdict.tsx'
import { KINDS, MODES, STATES } from '../words.ts'
import { SecretBox } from './SecretBox.tsx'
import type { RollShape, VoteAnswer, VoteShape } from './shapes.ts'

/** A vote: its verdict with the steps, and the roll with its corrections. */
export function VotePage(): ReactElement {
  const id = Number((useParams({ strict: false }) as { id: string }).id)
  const vote = useQuery({ queryKey: ['vote', id], queryFn: () => get<VoteAnswer>(`/api/votes/${id}`) })
  return (
    <Loaded query={vote}>
      {(answer) => (
        <Page
          title={answer.vote.title}
          help={`${answer.vote.unitName} · ${answer.vote.heldOn}`}
          actions={
            <>
              {answer.vote.state === 'issuing' && (
                <LinkButton type={answer.vote.mode === 'secret' ? 'default' : 'primary'} to={`/votes/${id}/count`}>
                  {answer.vote.mode === 'secret' ? '录入纸质票' : '录入计票'}
                </LinkButton>
              )}
              {!answer.vote.subjectPath.startsWith('ballots/') && (
                <LinkButton to={`/${answer.vote.subjectPath}`}>回到选举（会议）</LinkButton>
              )}
            </>
          }
        >
          <div className="stack">
            <Card title="表决">
              <Facts
                items={[
                  { label: '种类', value: KINDS[answer.vote.kind] },
                  { label: '方式', value: MODES[answer.vote.mode] },
                  { label: '状态', value: STATES[answer.vote.state] },
                  { label: '应到会', value: `${answer.vote.expected} 人` },
                  { label: '到会', value: answer.vote.present === null ? '' : `${answer.vote.present} 人` },
                  {
                    label: '监票人、计票人',
                    value: answer.vote.tellers.map((one) => `${one.name}（${one.duty}）`).join('、'),
                  },
                  {
                    label: '名册与规则校验值',
                    value: answer.vote.hash && <code>{answer.vote.hash.slice(0, 16)}</code>,
                  },
                ]}
              />
            </Card>
            {answer.vote.mode === 'secret' && <SecretBox vote={answer.vote} />}
            <Card title="结果">
              {answer.result ? (
                <Verdict result={answer.result} grades={answer.vote.rule.grades} />
              ) : (
                <Empty small title={answer.vote.state === 'void' ? '这次表决已作废' : '还没有结果'}>
                  {answer.vote.mode === 'secret'
                    ? '开箱公布并宣布以后，这里列出结果和推算步骤。'
                    : '两人录入的计票一致并宣布以后，这里列出结果和推算步骤。'}
                </Empty>
              )}
            </Card>
            <Roll vote={answer.vote} />
          </div>
        </Page>
      )}
    </Loaded>
  )
}

function Roll({ vote }: { vote: VoteShape }): ReactElement {
  const queries = useQueryClient()
  const me = useMe()
  const [adding, setAdding] = useState(false)
  const roll = useQuery({
    queryKey: ['vote', vote.id, 'roll'],
    queryFn: () => get<RollShape>(`/api/votes/${vote.id}/roll`),
  })
  const mayCorrect = vote.state === 'draft' && vote.tellers.some((teller) => teller.personId === me.data?.personId)
  const refresh = (): void => void queries.invalidateQueries({ queryKey: ['vote', vote.id] })
  return (
    <Card title="名册" aside={mayCorrect && <Button onClick={() => setAdding(true)}>更正名册</Button>} flush>
      <Loaded query={roll}>
        {({ lines, corrections }) => (
          <>
            {corrections.length > 0 && (
              <ul className="stack" style={{ gap: 6, padding: 16 }}>
                {corrections.map((one) => (
                  <li key={one.id} className="row">
                    <StatusTag
                      text={one.confirmedName ? '已确认' : '待第二人确认'}
                      tone={one.confirmedName ? 'good' : 'warn'}
                    />
                    <span>
                      {one.verb === 'add' ? '补入' : '划出'}
                      {one.name}：{one.reason}（{one.proposedName}
                      {one.confirmedName && `、${one.confirmedName}`}）
                    </span>
                    {mayCorrect && !one.confirmedName && one.proposedName !== me.data?.name && (
                      <Button
                        size="small"
                        onClick={() => void post(`/api/votes/${vote.id}/corrections/${one.id}/confirm`).then(refresh)}
                      >
                        确认
                      </Button>
                    )}
                  </li>
                ))}
              </ul>
            )}
            <DataTable
              caption="名册"
              rows={lines}
              rowKey={(row) => row.personId}
              columns={[
                { id: 'name', title: '姓名', lead: true, render: (row) => row.name },
                { id: 'unit', title: '单位', render: (row) => row.unitName },
                {
                  id: 'state',
                  title: '到会',
                  render: (row) =>
                    row.struck ? <StatusTag text="已划出" /> : row.present ? <StatusTag text="到会" tone="good" /> : '',
                },
              ]}
              empty={<Empty small title="名册是空的" />}
            />
          </>
        )}
      </Loaded>
      {adding && (
        <CorrectRoll
          vote={vote}
          close={() => {
            setAdding(false)
            refresh()
          }}
        />
      )}
    </Card>
  )
}

function CorrectRoll({ vote, close }: { vote: VoteShape; close: () => void }): ReactElement {
  const [verb, setVerb] = useState<'add' | 'strike'>('strike')
  const [person, setPerson] = useState<Named | null>(null)
  const [reason, setReason] = useState('')
  return (
    <Dialog
      title="更正名册"
      okText="提出更正"
      done="已提出，请另一位监票人或计票人确认。"
      ready={Boolean(person && reason.trim())}
      close={close}
      work={() => post(`/api/votes/${vote.id}/corrections`, { personId: person?.id, verb, reason: reason.trim() })}
    >
      {(errors) => (
        <>
          <LabelledField id="c-verb" label="更正" required error={errors['verb']}>
            <Select
              id="c-verb"
              aria-label="更正"
              value={verb}
              onChange={setVerb}
              options={[
                { value: 'strike', label: '划出：已没有选举权' },
                { value: 'add', label: '补入：有选举权而漏列' },
              ]}
            />
          </LabelledField>
          <LabelledField id="c-person" label="姓名" required error={errors['personId']}>
            <PersonPicker id="c-person" label="姓名" value={person} onChange={setPerson} membersOnly />
          </LabelledField>
          <LabelledField id="c-reason" label="原因" required error={errors['reason']}>
            <Input id="c-reason" maxLength={200} value={reason} onChange={(event) => setReason(event.target.value)} />
          </LabelledField>
        </>
      )}
    </Dialog>
  )
}
