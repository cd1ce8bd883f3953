import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Select } from 'antd'
import { useState, type ReactElement } from 'react'
import { get, post, Refusal } from '../../../web/api.ts'
import { DataTable } from '../../../web/ui/DataTable.tsx'
import { LinkButton } from '../../../web/ui/LinkButton.tsx'
import { Empty, Loaded, Notice, Problem } from '../../../web/ui/states.tsx'
import { StatusTag } from '../../../web/ui/values.tsx'
import { CATEGORIES, KINDS, type Category } from '../../congress/words.ts'
import type { SeatingShape } from '../contract.ts'

/** Elected delegates and the seats of the running term that wait for them. */
export function Seats({ electionId, state }: { electionId: number; state: string }): ReactElement {
  const seating = useQuery({
    queryKey: ['election', electionId, 'seats', state],
    queryFn: () => get<SeatingShape>(`/api/elections/${electionId}/seats`),
  })
  return (
    <div className="election-pane stack">
      <Loaded query={seating}>{(shown) => <Seating electionId={electionId} shown={shown} />}</Loaded>
    </div>
  )
}

type Said = Readonly<
  Record<number, { category?: Category; constituencyId?: number; replacesId?: number | null } | undefined>
>
const categories = Object.entries(CATEGORIES).map(([value, label]) => ({ value: value as Category, label }))

function Seating({ electionId, shown }: { electionId: number; shown: SeatingShape }): ReactElement {
  const queries = useQueryClient()
  const [said, setSaid] = useState<Said>({})
  const say = (personId: number, more: NonNullable<Said[number]>): void =>
    setSaid((before) => ({ ...before, [personId]: { ...before[personId], ...more } }))
  const seating = useMutation({
    mutationFn: () =>
      post(`/api/elections/${electionId}/seats`, {
        seats: shown.waiting.map(({ personId }) => ({ personId, ...said[personId] })),
      }),
    onSuccess: () => {
      for (const key of ['election', 'congress']) void queries.invalidateQueries({ queryKey: [key] })
    },
  })
  const errors = seating.error instanceof Refusal ? seating.error.fields : {}
  const congress = shown.body === 'staff' ? '职工代表大会' : '会员代表大会'
  return (
    <>
      {shown.term ? (
        <div className="row">
          <span>
            入席第 {shown.term.ordinal} 届{KINDS[shown.term.kind]}。姓名、得票和当选日期取自本次计票，不用再登记。
          </span>
          <LinkButton to={`/congress/terms/${shown.term.id}`}>打开这一届</LinkButton>
        </div>
      ) : (
        <Notice tone="warn">本单位还没有{congress}的届次。请先建立届次、划定选举单位，当选的代表才有席位可入。</Notice>
      )}
      {shown.seats.length > 0 && (
        <DataTable
          caption="已入席的代表"
          empty={null}
          rows={shown.seats}
          rowKey={(row) => row.personId}
          columns={[
            { id: 'name', title: '姓名', lead: true, render: (row) => row.name },
            { id: 'unit', title: '选举单位', render: (row) => row.constituency },
            { id: 'after', title: '接替', render: (row) => row.replacesName ?? '' },
            {
              id: 'state',
              title: '席位',
              wrap: true,
              render: (row) =>
                row.annulledFor ? (
                  <>
                    <StatusTag text="已撤回" tone="bad" /> <span className="faint">{row.annulledFor}</span>
                  </>
                ) : (
                  <StatusTag text="已入席" tone="good" />
                ),
            },
          ]}
        />
      )}
      {shown.waiting.length > 0 ? (
        <DataTable
          caption="等待入席的当选人"
          empty={null}
          rows={shown.waiting}
          rowKey={(row) => row.personId}
          columns={[
            { id: 'name', title: '当选人', lead: true, render: (row) => row.name },
            { id: 'votes', title: '得票', number: true, render: (row) => row.votes },
            {
              id: 'unit',
              title: '选举单位',
              wrap: true,
              render: (row) => (
                <>
                  <Select
                    aria-label={`${row.name}的选举单位`}
                    style={{ minWidth: 150 }}
                    disabled={!shown.may || !shown.term}
                    value={said[row.personId]?.constituencyId ?? row.constituencyId}
                    placeholder={row.unitName}
                    options={shown.constituencies.map((one) => ({
                      value: one.id,
                      label: `${one.name}（${one.seated}/${one.seats}）`,
                    }))}
                    onChange={(constituencyId) => say(row.personId, { constituencyId, replacesId: null })}
                  />
                  <Wrong text={errors[`constituency.${row.personId}`]} />
                </>
              ),
            },
            {
              id: 'category',
              title: '人员类别',
              wrap: true,
              render: (row) => (
                <>
                  <Select
                    aria-label={`${row.name}的人员类别`}
                    style={{ minWidth: 150 }}
                    disabled={!shown.may || !shown.term}
                    value={said[row.personId]?.category ?? row.category}
                    placeholder="请选择"
                    options={categories}
                    onChange={(category) => say(row.personId, { category })}
                  />
                  <Wrong text={errors[`category.${row.personId}`]} />
                </>
              ),
            },
            {
              id: 'after',
              title: '接替',
              render: (row) => (
                <Select
                  aria-label={`${row.name}接替谁的席位`}
                  style={{ minWidth: 130 }}
                  allowClear
                  disabled={!shown.may || !shown.term}
                  value={said[row.personId]?.replacesId ?? null}
                  placeholder="新增席位"
                  options={shown.vacated
                    .filter(
                      (seat) => seat.constituencyId === (said[row.personId]?.constituencyId ?? row.constituencyId),
                    )
                    .map((seat) => ({ value: seat.id, label: `${seat.name}（${seat.toOn} 离任）` }))}
                  onChange={(replacesId: number | null | undefined) =>
                    say(row.personId, { replacesId: replacesId ?? null })
                  }
                />
              ),
            },
          ]}
        />
      ) : (
        shown.seats.length === 0 && (
          <Empty small title="还没有当选的代表">
            宣布结果以后，当选人在这里入席。
          </Empty>
        )
      )}
      {seating.error && <Problem error={seating.error} />}
      {shown.may && shown.term && shown.waiting.length > 0 && (
        <div className="row">
          <Button type="primary" loading={seating.isPending} onClick={() => seating.mutate()}>
            当选代表入席
          </Button>
          <Button
            onClick={() =>
              shown.waiting
                .filter((one) => !(said[one.personId]?.category ?? one.category))
                .forEach((one) => say(one.personId, { category: 'front-line' }))
            }
          >
            其余都是一线职工
          </Button>
        </div>
      )}
    </>
  )
}

const Wrong = ({ text }: { text: string | undefined }): ReactElement | null =>
  text ? (
    <span role="alert" className="field-error">
      {text}
    </span>
  ) : null
