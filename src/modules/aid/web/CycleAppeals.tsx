import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Input, Select } from 'antd'
import { useState, type ReactElement } from 'react'
import { get, post } from '../../../web/api.ts'
import { useMay } from '../../../web/session.ts'
import { DataTable } from '../../../web/ui/DataTable.tsx'
import { Dialog } from '../../../web/ui/Dialog.tsx'
import { LabelledField } from '../../../web/ui/FieldInput.tsx'
import { Card } from '../../../web/ui/Page.tsx'
import { Empty, Loaded } from '../../../web/ui/states.tsx'
import { StatusTag } from '../../../web/ui/values.tsx'
import type { Appeal } from '../member-contract.ts'
import { APPEAL_STATES } from '../words.ts'
import type { CycleDetail } from './shapes.ts'

/** Appeals against a list; each is answered with a reason before the approval. */
export function CycleAppeals({ cycle }: { cycle: CycleDetail }): ReactElement {
  const may = useMay()
  const [answering, setAnswering] = useState<Appeal | null>(null)
  const appeals = useQuery({
    queryKey: ['aid-appeals', cycle.id],
    queryFn: () => get<{ appeals: Appeal[] }>(`/api/aid/cycles/${cycle.id}/appeals`),
  })
  return (
    <Card flush>
      <Loaded query={appeals}>
        {({ appeals: rows }) => (
          <DataTable
            caption="申诉"
            rows={rows}
            rowKey={(row) => row.id}
            columns={[
              { id: 'who', title: '申诉人', lead: true, render: (row) => row.personName },
              { id: 'words', title: '理由', wrap: true, render: (row) => row.words },
              { id: 'due', title: '答复期限', render: (row) => row.dueOn },
              {
                id: 'state',
                title: '状态',
                render: (row) => (
                  <StatusTag
                    text={row.state === 'open' && row.late ? '已逾期' : APPEAL_STATES[row.state]}
                    tone={row.late ? 'bad' : row.state === 'open' ? 'warn' : ''}
                  />
                ),
              },
              {
                id: 'answer',
                title: '答复',
                wrap: true,
                render: (row) => (row.answer ? `${row.answer}（${row.answeredName}）` : ''),
              },
            ]}
            renderActions={(row) =>
              row.state === 'open' &&
              may('aid.sign') && (
                <Button type="link" size="small" onClick={() => setAnswering(row)}>
                  答复
                </Button>
              )
            }
            empty={
              <Empty small title="没有申诉">
                公示期间，没有列入名单的人可以在手机上申诉。
              </Empty>
            }
          />
        )}
      </Loaded>
      {answering && <AnswerDialog appeal={answering} close={() => setAnswering(null)} />}
    </Card>
  )
}

function AnswerDialog({ appeal, close }: { appeal: Appeal; close: () => void }): ReactElement {
  const queries = useQueryClient()
  const [outcome, setOutcome] = useState<'upheld' | 'dismissed' | null>(null)
  const [answer, setAnswer] = useState('')
  return (
    <Dialog
      title={`答复${appeal.personName}的申诉`}
      okText="答复"
      done="已答复。"
      ready={Boolean(outcome && answer.trim())}
      close={close}
      work={async () => {
        await post(`/api/aid/appeals/${appeal.id}/answer`, { outcome, answer })
        await queries.invalidateQueries({ queryKey: ['aid-appeals'] })
      }}
    >
      {(fields) => (
        <>
          <blockquote>{appeal.words}</blockquote>
          <LabelledField
            id="outcome"
            label="结论"
            required
            error={fields['outcome']}
            help="成立的，批次办完后开“补办”批次。"
          >
            <Select
              id="outcome"
              aria-label="结论"
              placeholder="请选择"
              value={outcome}
              options={[
                { value: 'upheld', label: '申诉成立' },
                { value: 'dismissed', label: '维持原决定' },
              ]}
              onChange={setOutcome}
            />
          </LabelledField>
          <LabelledField id="answer" label="答复的理由" required error={fields['answer']}>
            <Input.TextArea
              id="answer"
              maxLength={500}
              value={answer}
              onChange={(event) => setAnswer(event.target.value)}
            />
          </LabelledField>
        </>
      )}
    </Dialog>
  )
}
