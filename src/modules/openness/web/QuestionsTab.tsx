import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Checkbox, Input, Select } from 'antd'
import { useState, type ReactElement } from 'react'
import { get, post } from '../../../web/api.ts'
import { useMay } from '../../../web/session.ts'
import { DataTable } from '../../../web/ui/DataTable.tsx'
import { Dialog } from '../../../web/ui/Dialog.tsx'
import { LabelledField } from '../../../web/ui/FieldInput.tsx'
import { Empty, Loaded } from '../../../web/ui/states.tsx'
import { StatusTag } from '../../../web/ui/values.tsx'
import { OUTCOMES, QUESTION_KINDS, type Outcome } from '../words.ts'
import type { Question } from './shapes.ts'

/** What was asked and objected, the earliest due first. */
export function QuestionsTab({ unitId }: { unitId: number }): ReactElement {
  const questions = useQuery({
    queryKey: ['openness', 'questions', unitId],
    queryFn: () =>
      get<{ questions: Question[] }>('/api/openness/questions', { unitId }).then((answer) => answer.questions),
  })
  return <Loaded query={questions}>{(rows) => <QuestionTable rows={rows} withItem />}</Loaded>
}

export function QuestionTable({ rows, withItem }: { rows: readonly Question[]; withItem?: boolean }): ReactElement {
  const may = useMay()
  const queries = useQueryClient()
  const [answering, setAnswering] = useState<Question | null>(null)
  return (
    <>
      <DataTable
        caption="意见"
        rows={rows}
        rowKey={(row) => row.id}
        columns={[
          { id: 'words', title: '内容', lead: true, wrap: true, render: (row) => row.words },
          { id: 'kind', title: '种类', width: 60, render: (row) => QUESTION_KINDS[row.kind] },
          ...(withItem
            ? [
                {
                  id: 'item',
                  title: '公开事项',
                  wrap: true,
                  render: (row: Question) => <Link to={`/openness/items/${row.itemId}` as never}>{row.itemTitle}</Link>,
                },
              ]
            : []),
          { id: 'asker', title: '提出人', width: 90, render: (row) => row.asker ?? '不记名' },
          { id: 'asked', title: '提出', width: 110, render: (row) => row.askedOn },
          {
            id: 'due',
            title: '答复',
            width: 170,
            render: (row) =>
              row.answeredOn ? (
                <StatusTag text={row.outcome ? OUTCOMES[row.outcome] : '已答复'} tone="good" />
              ) : (
                <StatusTag text={`${row.dueOn} 前答复`} tone={row.overdue ? 'bad' : 'warn'} />
              ),
          },
          { id: 'answer', title: '答复内容', wrap: true, render: (row) => row.answer ?? '' },
        ]}
        renderActions={(row) =>
          !row.answeredOn &&
          may('openness.write') && (
            <button type="button" className="link" onClick={() => setAnswering(row)}>
              答复
            </button>
          )
        }
        empty={<Empty title="没有意见" small />}
      />
      {answering && (
        <Answer
          question={answering}
          close={() => {
            setAnswering(null)
            void queries.invalidateQueries({ queryKey: ['openness'] })
          }}
        />
      )}
    </>
  )
}

function Answer({ question, close }: { question: Question; close: () => void }): ReactElement {
  const [answer, setAnswer] = useState('')
  const [outcome, setOutcome] = useState<Outcome>('explained')
  const [shown, setShown] = useState(true)
  return (
    <Dialog
      title="答复意见"
      okText="答复"
      done="已答复。"
      ready={answer.trim().length > 0}
      close={close}
      work={() => post(`/api/openness/questions/${question.id}/answer`, { answer: answer.trim(), outcome, shown })}
    >
      {(errors) => (
        <>
          <blockquote className="quiet">{question.words}</blockquote>
          <LabelledField id="a-words" label="答复" required error={errors['answer']}>
            <Input.TextArea
              id="a-words"
              autoSize={{ minRows: 3 }}
              maxLength={4000}
              value={answer}
              onChange={(event) => setAnswer(event.target.value)}
            />
          </LabelledField>
          <LabelledField id="a-outcome" label="办理结果" required error={errors['outcome']}>
            <Select
              id="a-outcome"
              aria-label="办理结果"
              value={outcome}
              options={Object.entries(OUTCOMES).map(([value, label]) => ({ value: value as Outcome, label }))}
              onChange={setOutcome}
            />
          </LabelledField>
          <Checkbox checked={shown} onChange={(event) => setShown(event.target.checked)}>
            意见和答复在公开栏上显示（不显示提出人）
          </Checkbox>
          {!shown && !question.asker && (
            <p className="quiet">这条意见不记名，不在公开栏上显示的话，提出的人看不到答复。</p>
          )}
        </>
      )}
    </Dialog>
  )
}
