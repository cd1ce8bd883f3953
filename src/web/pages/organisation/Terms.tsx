import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Input, Select } from 'antd'
import { useState, type ReactElement } from 'react'
import { BODIES, type Body } from '../../../modules/organisation/types.ts'
import { get, post } from '../../api.ts'
import { today, useMay } from '../../session.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { DateInput, LabelledField, parseNumber } from '../../ui/FieldInput.tsx'
import { PersonPicker, type Named } from '../../ui/PersonPicker.tsx'
import { Empty, Loaded } from '../../ui/states.tsx'
import { StatusTag } from '../../ui/values.tsx'

interface Term {
  id: number
  body: Body
  ordinal: number
  startsOn: string
  dueOn: string
  endedOn: string | null
  document: string | null
  officers: { id: number; name: string; post: string; fromOn: string; toOn: string | null; reason: string | null }[]
}
type Asking =
  | { kind: 'term' }
  | { kind: 'officer'; term: Term }
  | { kind: 'end'; term: Term; officer: Term['officers'][number] }

/** Terms of the committees, the newest first, each with its officers. */
export function Terms({ unitId }: { unitId: number }): ReactElement {
  const may = useMay()
  const queries = useQueryClient()
  const [asking, setAsking] = useState<Asking | null>(null)
  const terms = useQuery({
    queryKey: ['terms', unitId],
    queryFn: () => get<{ terms: Term[] }>(`/api/units/${unitId}/terms`).then((answer) => answer.terms),
  })
  const write = may('organisation.write')
  const close = (): void => {
    setAsking(null)
    for (const key of ['terms', 'standing', 'todos']) void queries.invalidateQueries({ queryKey: [key] })
  }
  return (
    <>
      {write && (
        <div className="toolbar">
          <Button onClick={() => setAsking({ kind: 'term' })}>登记新一届</Button>
          <span className="faint">届满前会提醒换届。任职在这里登记；系统里的权限在“职务与授权”任命。</span>
        </div>
      )}
      <Loaded query={terms}>
        {(rows) => (
          <DataTable
            caption="届期"
            rows={rows}
            rowKey={(row) => row.id}
            columns={[
              { id: 'body', title: '委员会', lead: true, render: (row) => `${BODIES[row.body]} 第 ${row.ordinal} 届` },
              { id: 'from', title: '当选日期', width: 110, render: (row) => row.startsOn },
              {
                id: 'due',
                title: '届满日期',
                render: (row) =>
                  row.endedOn ? (
                    <StatusTag text={`${row.endedOn} 已换届`} />
                  ) : (
                    <StatusTag text={row.dueOn} tone={row.dueOn < today() ? 'bad' : 'good'} />
                  ),
              },
              {
                id: 'officers',
                title: '成员',
                wrap: true,
                render: (row) => (
                  <Officers
                    term={row}
                    mayEnd={write}
                    end={(officer) => setAsking({ kind: 'end', term: row, officer })}
                  />
                ),
              },
              { id: 'paper', title: '批复文号', render: (row) => row.document ?? '' },
            ]}
            renderActions={(row) =>
              write &&
              !row.endedOn && (
                <button type="button" className="link" onClick={() => setAsking({ kind: 'officer', term: row })}>
                  增补成员
                </button>
              )
            }
            empty={<Empty title="还没有登记届期">登记各委员会的届次、届满日期和成员，届满前会提醒换届。</Empty>}
          />
        )}
      </Loaded>
      {asking?.kind === 'term' && <OpenTerm unitId={unitId} close={close} />}
      {asking?.kind === 'officer' && <AddOfficer term={asking.term} close={close} />}
      {asking?.kind === 'end' && <EndOfficer term={asking.term} officer={asking.officer} close={close} />}
    </>
  )
}

function Officers({
  term,
  mayEnd,
  end,
}: {
  term: Term
  mayEnd: boolean
  end: (officer: Term['officers'][number]) => void
}): ReactElement {
  const now = term.officers.filter((officer) => !officer.toOn)
  const shown = term.endedOn ? term.officers : now
  if (shown.length === 0) return <span className="faint">还没有登记成员</span>
  return (
    <span className="row" style={{ gap: '2px 14px' }}>
      {shown.map((officer) => (
        <span key={officer.id} className="nowrap">
          {officer.post} {officer.name}
          {mayEnd && !term.endedOn && (
            <button
              type="button"
              className="link faint"
              style={{ marginLeft: 4 }}
              aria-label={`${officer.post}${officer.name}离任`}
              onClick={() => end(officer)}
            >
              离任
            </button>
          )}
        </span>
      ))}
    </span>
  )
}

const inYears = (day: string, years: number): string => `${Number(day.slice(0, 4)) + years}${day.slice(4)}`

function OpenTerm({ unitId, close }: { unitId: number; close: () => void }): ReactElement {
  const [body, setBody] = useState<Body>('committee')
  const [ordinal, setOrdinal] = useState('')
  const [startsOn, setStartsOn] = useState<string | null>(today())
  // Five years at most for a union committee (工会法 第十六条: 三年或者五年); the officer may shorten it.
  const [dueOn, setDueOn] = useState<string | null>(inYears(today(), 5))
  const [document, setDocument] = useState('')
  return (
    <Dialog
      title="登记新一届"
      okText="登记"
      done="已登记，上一届同时结束。"
      ready={Boolean(ordinal.trim() && startsOn && dueOn)}
      close={close}
      work={() =>
        post(`/api/units/${unitId}/terms`, {
          body,
          ordinal: parseNumber('integer', ordinal) ?? ordinal,
          startsOn,
          dueOn,
          ...(document.trim() && { document: document.trim() }),
        })
      }
    >
      {(errors) => (
        <>
          <LabelledField id="k-body" label="委员会" required error={errors['body']}>
            <Select
              id="k-body"
              aria-label="委员会"
              value={body}
              options={(Object.keys(BODIES) as Body[]).map((value) => ({ value, label: BODIES[value] }))}
              onChange={setBody}
            />
          </LabelledField>
          <LabelledField id="k-ordinal" label="第几届" required error={errors['ordinal']}>
            <Input
              id="k-ordinal"
              inputMode="numeric"
              value={ordinal}
              onChange={(event) => setOrdinal(event.target.value)}
            />
          </LabelledField>
          <LabelledField id="k-start" label="当选日期" required error={errors['startsOn']}>
            <DateInput id="k-start" label="当选日期" value={startsOn} onChange={setStartsOn} />
          </LabelledField>
          <LabelledField id="k-due" label="届满日期" required error={errors['dueOn']}>
            <DateInput id="k-due" label="届满日期" value={dueOn} onChange={setDueOn} />
          </LabelledField>
          <LabelledField id="k-paper" label="批复文号" error={errors['document']}>
            <Input id="k-paper" value={document} onChange={(event) => setDocument(event.target.value)} />
          </LabelledField>
        </>
      )}
    </Dialog>
  )
}

function AddOfficer({ term, close }: { term: Term; close: () => void }): ReactElement {
  const [person, setPerson] = useState<Named | null>(null)
  const [position, setPosition] = useState('委员')
  const [fromOn, setFromOn] = useState<string | null>(term.startsOn)
  return (
    <Dialog
      title={`增补成员：${BODIES[term.body]}第 ${term.ordinal} 届`}
      okText="增补"
      done="已登记。"
      ready={Boolean(person && position.trim() && fromOn)}
      close={close}
      work={() =>
        post(`/api/terms/${term.id}/officers`, {
          personId: person?.id,
          name: person?.name,
          post: position.trim(),
          fromOn,
        })
      }
    >
      {(errors) => (
        <>
          <LabelledField id="k-person" label="姓名" required error={errors['name'] ?? errors['personId']}>
            <PersonPicker id="k-person" label="姓名" value={person} onChange={setPerson} />
          </LabelledField>
          <LabelledField id="k-post" label="职务" required error={errors['post']}>
            <Input id="k-post" maxLength={40} value={position} onChange={(event) => setPosition(event.target.value)} />
          </LabelledField>
          <LabelledField id="k-from" label="任职日期" required error={errors['fromOn']}>
            <DateInput id="k-from" label="任职日期" value={fromOn} onChange={setFromOn} />
          </LabelledField>
        </>
      )}
    </Dialog>
  )
}

function EndOfficer({
  term,
  officer,
  close,
}: {
  term: Term
  officer: Term['officers'][number]
  close: () => void
}): ReactElement {
  const [toOn, setToOn] = useState<string | null>(today())
  const [reason, setReason] = useState('')
  return (
    <Dialog
      title={`${officer.name}不再担任${officer.post}`}
      okText="办理离任"
      done="已登记离任。"
      ready={Boolean(toOn && reason.trim())}
      close={close}
      work={() => post(`/api/terms/${term.id}/officers/${officer.id}/end`, { toOn, reason: reason.trim() })}
    >
      {(errors) => (
        <>
          <LabelledField id="k-to" label="离任日期" required error={errors['toOn']}>
            <DateInput id="k-to" label="离任日期" value={toOn} onChange={setToOn} />
          </LabelledField>
          <LabelledField id="k-reason" label="原因" required error={errors['reason']}>
            <Input id="k-reason" maxLength={200} value={reason} onChange={(event) => setReason(event.target.value)} />
          </LabelledField>
        </>
      )}
    </Dialog>
  )
}
