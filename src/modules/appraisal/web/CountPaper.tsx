import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { Button, Input } from 'antd'
import { useState, type ReactElement } from 'react'
import { get, put, Refusal } from '../../../web/api.ts'
import { LabelledField } from '../../../web/ui/FieldInput.tsx'
import { Card, Page } from '../../../web/ui/Page.tsx'
import { Empty, Loaded, Notice, Problem } from '../../../web/ui/states.tsx'
import { toast } from '../../../web/ui/toast.tsx'
import { scaleAt } from '../words.ts'
import { tablesOf, type PaperState, type Round, type RoundDetail } from './shapes.ts'
import './count-paper.css'

/** Two people enter what each counted of a group's paper sheets; neither sees the other's numbers. */
export function CountPaper(): ReactElement {
  const { id, group } = useParams({ strict: false }) as { id: string; group: string }
  const round = useQuery({
    queryKey: ['appraisal', 'round', Number(id)],
    queryFn: () => get<RoundDetail>(`/api/appraisal/rounds/${id}`),
  })
  const papers = useQuery({
    queryKey: ['appraisal', 'papers', Number(id)],
    queryFn: () => get<{ papers: PaperState[] }>(`/api/appraisal/rounds/${id}/papers`).then((answer) => answer.papers),
  })
  return (
    <Loaded query={round}>
      {(found) => (
        <Loaded query={papers}>
          {(states) => {
            const state = states.find((one) => one.groupId === Number(group))
            return (
              <Page
                title={`${state?.title ?? ''}纸质评议票计票`}
                crumbs={[
                  { title: '民主评议', to: '/appraisal' },
                  { title: found.round.title, to: `/appraisal/rounds/${id}` },
                ]}
                help="由两人分别录入，一致才算数。每人各自录入，互不可见。"
              >
                {state && found.round.state === 'open' ? (
                  <Sheet key={state.groupId} round={found.round} state={state} />
                ) : (
                  <Card>
                    <Empty title={state ? '这次评议已经结束' : '这一组不用纸质评议票'}>结果在评议页面查看。</Empty>
                  </Card>
                )}
              </Page>
            )
          }}
        </Loaded>
      )}
    </Loaded>
  )
}

/** `subject.criterion.grade` → what was typed. */
type Typed = Readonly<Record<string, string>>
const numberOf = (text: string | undefined): number | string => {
  const plain = (text ?? '').trim()
  return plain === '' ? 0 : /^\d+$/.test(plain) ? Number(plain) : plain
}

/** A name and its votes a line. */
const votesOf = (text: string | undefined): { name: string; votes: number | string }[] =>
  (text ?? '')
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
    .map((line) => {
      const [, name, votes] = /^(.*?)[\s,，]+(\S+)$/.exec(line) ?? [line, line, '']
      return { name: name!, votes: numberOf(votes) }
    })

function Sheet({ round, state }: { round: Round; state: PaperState }): ReactElement {
  const queries = useQueryClient()
  const [issued, setIssued] = useState(String(state.mine?.issued ?? state.planned))
  const [returned, setReturned] = useState(state.mine ? String(state.mine.returned) : '')
  const [typed, setTyped] = useState<Typed>(() =>
    Object.fromEntries(
      (state.mine?.subjects ?? []).flatMap((line) =>
        line.counts
          .flatMap((counts, at) => counts.map((n, grade) => [`${line.subjectId}.${at}.${grade}`, String(n)]))
          .concat([
            [`${line.subjectId}.names`, (line.names ?? []).map((one) => `${one.name} ${one.votes}`).join('\n')],
          ]),
      ),
    ),
  )
  const saving = useMutation({
    mutationFn: () =>
      put<{ papers: PaperState[] }>(`/api/appraisal/rounds/${round.id}/papers/${state.groupId}`, {
        issued: numberOf(issued),
        returned: numberOf(returned),
        subjects: state.subjects.map((subject) => ({
          subjectId: subject.id,
          counts: round.criteria.map((_, at) =>
            scaleAt(round, at).grades.map((_grade, grade) => numberOf(typed[`${subject.id}.${at}.${grade}`])),
          ),
          ...(subject.seats !== null && { names: votesOf(typed[`${subject.id}.names`]) }),
        })),
      }),
    onSuccess: ({ papers }) => {
      const now = papers.find((one) => one.groupId === state.groupId)
      toast(now?.agreed ? '两人录入一致。' : '已录入。')
      void queries.invalidateQueries({ queryKey: ['appraisal'] })
    },
  })
  const errors = saving.error instanceof Refusal ? saving.error.fields : {}
  const mine = state.entries.some((entry) => entry.mine)
  return (
    <div className="stack" style={{ gap: 14 }}>
      {state.agreed ? (
        <Notice tone="good">{state.entries.map((entry) => entry.name).join('、')}录入一致。</Notice>
      ) : state.differences.length > 0 ? (
        <Notice tone="bad">两人录入不一致，请核对票后由本人更正：{state.differences.join('、')}。</Notice>
      ) : (
        <Notice tone="info">
          {state.entries.length === 0
            ? '还没有人录入。'
            : `${state.entries.map((entry) => entry.name).join('、')}已录入，还差一人。`}
        </Notice>
      )}
      {saving.error && <Problem error={saving.error} />}
      <Card title="发出和收回">
        <div className="form-grid">
          <LabelledField id="p-issued" label="发出张数" required error={errors['issued']}>
            <Input
              id="p-issued"
              inputMode="numeric"
              value={issued}
              onChange={(event) => setIssued(event.target.value)}
            />
          </LabelledField>
          <LabelledField id="p-returned" label="收回张数" required error={errors['returned']}>
            <Input
              id="p-returned"
              inputMode="numeric"
              value={returned}
              onChange={(event) => setReturned(event.target.value)}
            />
          </LabelledField>
        </div>
      </Card>
      {state.subjects.map((subject) => (
        <Card key={subject.id} title={subject.post ? `${subject.name}（${subject.post}）` : subject.name}>
          {errors[`subject.${subject.id}`] && <span className="field-error">{errors[`subject.${subject.id}`]}</span>}
          {tablesOf(round).map(({ scale, criteria }) => (
            <div key={criteria[0]} className="table-scroll">
              <table className="paper-count">
                <thead>
                  <tr>
                    <th scope="col">评议项目</th>
                    {scale.grades.map((grade) => (
                      <th key={grade.title} scope="col">
                        {grade.title}
                      </th>
                    ))}
                  </tr>
                </thead>
                <tbody>
                  {criteria.map((at) => (
                    <tr key={at}>
                      <th scope="row">{round.criteria[at]}</th>
                      {scale.grades.map((grade, index) => (
                        <td key={grade.title}>
                          <Input
                            aria-label={`${subject.name}${round.criteria[at]}${grade.title}`}
                            inputMode="numeric"
                            value={typed[`${subject.id}.${at}.${index}`] ?? ''}
                            onChange={(event) =>
                              setTyped({ ...typed, [`${subject.id}.${at}.${index}`]: event.target.value })
                            }
                          />
                        </td>
                      ))}
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          ))}
          {subject.seats !== null && (
            <LabelledField
              id={`p-names-${subject.id}`}
              label={`推荐任${subject.name}的姓名和票数`}
              help="一行一人：姓名 票数。“推荐”填写了姓名的张数，“弃权”填没有写姓名的张数。"
            >
              <Input.TextArea
                id={`p-names-${subject.id}`}
                autoSize={{ minRows: 3, maxRows: 20 }}
                value={typed[`${subject.id}.names`] ?? ''}
                onChange={(event) => setTyped({ ...typed, [`${subject.id}.names`]: event.target.value })}
              />
            </LabelledField>
          )}
        </Card>
      ))}
      <div className="row">
        <Button
          type="primary"
          loading={saving.isPending}
          disabled={returned.trim() === '' || (!mine && state.entries.length === 2)}
          onClick={() => saving.mutate()}
        >
          {mine ? '更正我的录入' : '录入'}
        </Button>
        <span className="faint">“{round.criteria[0]}”未评的票不计入；空格按 0 票计。</span>
      </div>
    </div>
  )
}
