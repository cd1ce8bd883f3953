import { useQueryClient } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { useState, type ReactElement } from 'react'
import { post, Refusal } from '../../../web/api.ts'
import { DataTable } from '../../../web/ui/DataTable.tsx'
import { LabelledField } from '../../../web/ui/FieldInput.tsx'
import { Card } from '../../../web/ui/Page.tsx'
import { Empty, Notice, Problem } from '../../../web/ui/states.tsx'
import { toast } from '../../../web/ui/toast.tsx'
import { moneyText } from '../../../web/ui/values.tsx'
import type { Cycle, Simulation } from '../contract.ts'
import { VERDICTS } from '../words.ts'
import type { ProgrammeDetail } from './shapes.ts'
import { DocumentField, termsBody, TermsForm, type TermsDraft } from './TermsForm.tsx'

/** Changes a rule: tried first on what a past cycle was decided on, kept with its document and reason. */
export function RuleChange({ programme, past }: { programme: ProgrammeDetail; past: readonly Cycle[] }): ReactElement {
  const queries = useQueryClient()
  const [open, setOpen] = useState(false)
  const [terms, setTerms] = useState<TermsDraft>(programme.rule.terms)
  const [document, setDocument] = useState(programme.rule.document)
  const [reason, setReason] = useState('')
  const [error, setError] = useState<unknown>(null)
  const [tried, setTried] = useState<{ cycle: Cycle; found: Simulation } | null>(null)
  const errors = error instanceof Refusal ? error.fields : {}
  const run = async (work: () => Promise<void>): Promise<void> => {
    setError(null)
    try {
      await work()
    } catch (refusal) {
      setError(refusal)
    }
  }
  if (!open)
    return (
      <div className="row">
        <Button onClick={() => setOpen(true)}>修改规则</Button>
        <span className="faint">已开的批次仍按原来的规则；先用往年的数据试算，再保存。</span>
      </div>
    )
  return (
    <Card title="修改规则">
      <div className="stack" style={{ gap: 16 }}>
        {error !== null && (
          <Problem error={error instanceof Refusal ? new Refusal(error.status, error.code, error.message) : error} />
        )}
        <TermsForm draft={terms} change={(next) => setTerms({ ...terms, ...next })} errors={errors} />
        <div className="row">
          {past.slice(0, 4).map((cycle) => (
            <Button
              key={cycle.id}
              onClick={() =>
                void run(async () =>
                  setTried({
                    cycle,
                    found: await post<Simulation>(`/api/aid/cycles/${cycle.id}/simulate`, { terms: termsBody(terms) }),
                  }),
                )
              }
            >
              用“{cycle.title}”的数据试算
            </Button>
          ))}
        </div>
        {tried && (
          <>
            <Notice>
              “{tried.cycle.title}”按原规则 {tried.found.before.eligible} 人、{moneyText(tried.found.before.needFen)}{' '}
              元；按新规则 {tried.found.after.eligible} 人、{moneyText(tried.found.after.needFen)}{' '}
              元。试算不改动任何数据。
            </Notice>
            <DataTable
              caption="有变化的人"
              rows={tried.found.changed}
              rowKey={(row) => `${row.personName}${row.unitName}${row.fromFen}${row.toFen}`}
              columns={[
                { id: 'who', title: '职工', lead: true, render: (row) => row.personName },
                { id: 'unit', title: '单位', render: (row) => row.unitName },
                {
                  id: 'from',
                  title: '原来',
                  render: (row) => `${VERDICTS[row.from]} ${row.fromFen ? moneyText(row.fromFen) : ''}`,
                },
                {
                  id: 'to',
                  title: '新规则',
                  render: (row) => `${VERDICTS[row.to]} ${row.toFen ? moneyText(row.toFen) : ''}`,
                },
                { id: 'why', title: '原因', wrap: true, render: (row) => row.reasons.join('；') },
              ]}
              empty={<Empty small title="没有人受影响" />}
            />
          </>
        )}
        <div className="fields">
          <DocumentField value={document} change={setDocument} error={errors['document']} />
          <LabelledField id="reason" label="修改原因" required error={errors['reason']} whole>
            <Input id="reason" maxLength={200} value={reason} onChange={(event) => setReason(event.target.value)} />
          </LabelledField>
        </div>
        <div className="row">
          <Button
            type="primary"
            onClick={() =>
              void run(async () => {
                const body = { terms: termsBody(terms), document, reason }
                const { no } = await post<{ no: number }>(`/api/aid/programmes/${programme.id}/rules`, body)
                toast(`已保存为第 ${no} 版，从下一批次起执行。`)
                setOpen(false)
                setTried(null)
                await queries.invalidateQueries({ queryKey: ['aid-programme'] })
              })
            }
          >
            保存为新规则
          </Button>
          <Button onClick={() => setOpen(false)}>不改了</Button>
        </div>
      </div>
    </Card>
  )
}
