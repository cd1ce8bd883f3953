import { useQuery } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { useState, type ReactElement } from 'react'
import { get, post } from '../../../web/api.ts'
import { today, useMay, useScope } from '../../../web/session.ts'
import { DataTable } from '../../../web/ui/DataTable.tsx'
import { Dialog } from '../../../web/ui/Dialog.tsx'
import { DateInput, LabelledField } from '../../../web/ui/FieldInput.tsx'
import { LinkButton } from '../../../web/ui/LinkButton.tsx'
import { Card, Page } from '../../../web/ui/Page.tsx'
import { Empty, Loaded } from '../../../web/ui/states.tsx'
import { StatusTag } from '../../../web/ui/values.tsx'
import { BODIES } from '../../organisation/types.ts'
import { useRefresh } from './Election.tsx'
import type { RunningTermShape } from './shapes.ts'

/** Terms that run, what fell vacant in them, and how long they were allowed to go on. */
export function ElectionTerms(): ReactElement {
  const { unitId, unitName } = useScope()
  const may = useMay()
  const [extending, setExtending] = useState<RunningTermShape | null>(null)
  const refresh = useRefresh(0)
  const terms = useQuery({
    queryKey: ['elections', 'terms', unitId],
    queryFn: () =>
      get<{ terms: RunningTermShape[] }>('/api/elections/terms', { unitId }).then((answer) => answer.terms),
    enabled: Boolean(unitId),
  })
  const write = may('elections.write')
  return (
    <Page
      title="届期、空缺与延期"
      crumbs={[{ title: '工会选举', to: '/elections' }]}
      help={`${unitName}。届满前换届；委员出缺的及时增补；因故不能按期换届的，经上一级工会批准可以延期。`}
    >
      <Loaded query={terms}>
        {(rows) =>
          rows.length === 0 ? (
            <Card>
              <Empty title="还没有登记届期">
                首届选举批复以后，届期和任职由选举结果写入；以前的届期在“单位”里补登。
              </Empty>
            </Card>
          ) : (
            <div className="stack">
              {rows.map((term) => (
                <OneTerm key={term.id} term={term} unitId={unitId!} write={write} extend={() => setExtending(term)} />
              ))}
            </div>
          )
        }
      </Loaded>
      {extending && (
        <Extend
          term={extending}
          unitId={unitId!}
          close={() => {
            setExtending(null)
            refresh()
          }}
        />
      )}
    </Page>
  )
}

function OneTerm({
  term,
  unitId,
  write,
  extend,
}: {
  term: RunningTermShape
  unitId: number
  write: boolean
  extend: () => void
}): ReactElement {
  const late = term.dueOn < today()
  const first = term.vacancies[0]
  return (
    <Card
      title={
        <span className="row">
          {BODIES[term.body]}第 {term.ordinal} 届
          <StatusTag text={late ? `已于 ${term.dueOn} 届满` : `${term.dueOn} 届满`} tone={late ? 'bad' : 'good'} />
        </span>
      }
      aside={
        write && (
          <span className="row">
            {first && (
              <LinkButton
                to={`/elections/new?kind=fill&unit=${unitId}&reason=${encodeURIComponent(`${first.post}${first.name}${first.reason ?? '离任'}`)}`}
              >
                办理增补
              </LinkButton>
            )}
            <Button onClick={extend}>登记延期</Button>
          </span>
        )
      }
    >
      <div className="stack" style={{ gap: 10 }}>
        <p>
          {term.startsOn} 当选，现有 {term.officers.length} 人：
          {term.officers.map((one) => `${one.post}${one.name}`).join('、') || '没有登记成员'}。
        </p>
        {term.vacancies.length > 0 && (
          <DataTable
            caption={`${BODIES[term.body]}空缺`}
            rows={term.vacancies}
            rowKey={(row) => `${row.post}${row.name}${row.since}`}
            columns={[
              { id: 'post', title: '空缺职务', lead: true, render: (row) => row.post },
              { id: 'name', title: '原任', render: (row) => row.name },
              { id: 'since', title: '出缺日期', width: 120, render: (row) => row.since },
              { id: 'reason', title: '原因', wrap: true, render: (row) => row.reason ?? '' },
            ]}
            empty={null}
          />
        )}
        {term.extensions.length > 0 && (
          <DataTable
            caption={`${BODIES[term.body]}延期`}
            rows={term.extensions}
            rowKey={(row) => row.id}
            columns={[
              { id: 'until', title: '延期至', lead: true, width: 120, render: (row) => row.until },
              { id: 'was', title: '原届满', width: 120, render: (row) => row.wasDueOn },
              { id: 'document', title: '批复', wrap: true, render: (row) => `${row.document}（${row.approvedOn}）` },
              { id: 'reason', title: '原因', wrap: true, render: (row) => row.reason },
              {
                id: 'notes',
                title: '检查',
                wrap: true,
                render: (row) => (
                  <span className="row">
                    {row.gapDays > 0 && <StatusTag text={`届满后 ${row.gapDays} 天才获批准`} tone="warn" />}
                    {row.beyondHalfYear && <StatusTag text="超过半年" tone="warn" />}
                    {row.gapDays === 0 && !row.beyondHalfYear && <StatusTag text="符合" tone="good" />}
                  </span>
                ),
              },
            ]}
            empty={null}
          />
        )}
      </div>
    </Card>
  )
}

function Extend({ term, unitId, close }: { term: RunningTermShape; unitId: number; close: () => void }): ReactElement {
  const [until, setUntil] = useState<string | null>(null)
  const [approvedOn, setApprovedOn] = useState<string | null>(today())
  const [document, setDocument] = useState('')
  const [reason, setReason] = useState('')
  return (
    <Dialog
      title={`登记延期：${BODIES[term.body]}第 ${term.ordinal} 届`}
      okText="登记"
      done="已登记，届满日期已改。"
      ready={Boolean(until && approvedOn && document.trim() && reason.trim())}
      close={close}
      work={() =>
        post(`/api/units/${unitId}/extensions`, {
          termId: term.id,
          until,
          approvedOn,
          document: document.trim(),
          reason: reason.trim(),
        })
      }
    >
      {(errors) => (
        <>
          <p>
            原定 {term.dueOn} 届满。延期须经上一级工会批准，一般不超过半年；届满后才获批准的，中间的天数会如实注明。
          </p>
          <LabelledField id="x-until" label="延期至" required error={errors['until']}>
            <DateInput id="x-until" label="延期至" value={until} onChange={setUntil} />
          </LabelledField>
          <LabelledField id="x-approved" label="批准日期" required error={errors['approvedOn']}>
            <DateInput id="x-approved" label="批准日期" value={approvedOn} onChange={setApprovedOn} />
          </LabelledField>
          <LabelledField id="x-document" label="批复文号" required error={errors['document']}>
            <Input id="x-document" value={document} onChange={(event) => setDocument(event.target.value)} />
          </LabelledField>
          <LabelledField id="x-reason" label="原因" required error={errors['reason']}>
            <Input id="x-reason" maxLength={400} value={reason} onChange={(event) => setReason(event.target.value)} />
          </LabelledField>
        </>
      )}
    </Dialog>
  )
}
