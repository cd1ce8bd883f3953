import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState, type ReactElement } from 'react'
import { field } from '../../../kernel/register/declaration.ts'
import { get, post } from '../../../web/api.ts'
import { useMay } from '../../../web/session.ts'
import { DataTable } from '../../../web/ui/DataTable.tsx'
import { Dialog } from '../../../web/ui/Dialog.tsx'
import { FieldInput, LabelledField } from '../../../web/ui/FieldInput.tsx'
import { PersonPicker, type Named } from '../../../web/ui/PersonPicker.tsx'
import { Empty, Loaded, Notice } from '../../../web/ui/states.tsx'
import type { ClubRow } from '../contract.ts'

/** Groups of the retired, who leads them, who is in none. */
export function Clubs({ unitId }: { unitId: number }): ReactElement {
  const may = useMay()
  const queries = useQueryClient()
  const [adding, setAdding] = useState(false)
  const [joining, setJoining] = useState<ClubRow | null>(null)
  const clubs = useQuery({
    queryKey: ['retirees-clubs', unitId],
    queryFn: () => get<{ clubs: ClubRow[]; without: number }>('/api/retirees/clubs', { unitId }),
    enabled: unitId > 0,
  })
  const write = may('retirees.write')
  const close = (): void => {
    setAdding(false)
    setJoining(null)
    void queries.invalidateQueries({ queryKey: ['retirees-clubs'] })
  }
  const add = write && <Button onClick={() => setAdding(true)}>新建小组</Button>
  return (
    <Loaded query={clubs}>
      {({ clubs: rows, without }) => (
        <>
          {rows.length > 0 && <div className="toolbar">{add}</div>}
          {without > 0 && <Notice>还有 {without} 名退休会员没有编入小组。</Notice>}
          <DataTable
            caption="退休小组"
            rows={rows}
            rowKey={(row) => row.id}
            columns={[
              { id: 'name', title: '小组', lead: true, render: (row) => row.name },
              { id: 'leader', title: '组长', render: (row) => row.leaderName ?? '' },
              { id: 'count', title: '人数', number: true, render: (row) => `${row.people.length} 人` },
              {
                id: 'people',
                title: '组员',
                wrap: true,
                render: (row) => row.people.map((one) => one.name).join('、'),
              },
            ]}
            {...(write && {
              renderActions: (row: ClubRow) => (
                <Button size="small" onClick={() => setJoining(row)}>
                  加人
                </Button>
              ),
            })}
            empty={
              <Empty title="还没有退休小组" actions={add}>
                按居住地或原单位编组，活动可以按小组邀请。
              </Empty>
            }
          />
          {adding && <AddDialog unitId={unitId} close={close} />}
          {joining && <JoinDialog club={joining} unitId={unitId} close={close} />}
        </>
      )}
    </Loaded>
  )
}

function AddDialog({ unitId, close }: { unitId: number; close: () => void }): ReactElement {
  const [name, setName] = useState<unknown>('')
  const [leader, setLeader] = useState<Named | null>(null)
  return (
    <Dialog
      title="新建退休小组"
      okText="新建"
      done="小组已建立。"
      close={close}
      work={() => post('/api/retirees/clubs', { unitId, name: String(name ?? ''), leaderId: leader?.id ?? null })}
    >
      {(errors) => (
        <>
          <LabelledField id="name" label="小组名称" required error={errors['name']}>
            <FieldInput
              id="name"
              field={field.text('name', '小组名称')}
              value={name}
              onChange={setName}
              invalid={Boolean(errors['name'])}
            />
          </LabelledField>
          <LabelledField id="leader" label="组长" error={errors['leaderId']}>
            <PersonPicker id="leader" label="组长" value={leader} onChange={setLeader} unitId={unitId} membersOnly />
          </LabelledField>
        </>
      )}
    </Dialog>
  )
}

function JoinDialog({ club, unitId, close }: { club: ClubRow; unitId: number; close: () => void }): ReactElement {
  const [person, setPerson] = useState<Named | null>(null)
  return (
    <Dialog
      title={`编入${club.name}`}
      okText="编入"
      ready={person !== null}
      done="已编入。"
      close={close}
      work={() => post(`/api/retirees/clubs/${club.id}/members`, { personIds: [person!.id] })}
    >
      {(errors) => (
        <LabelledField id="person" label="退休会员" required error={errors['personIds']}>
          <PersonPicker id="person" label="退休会员" value={person} onChange={setPerson} unitId={unitId} membersOnly />
        </LabelledField>
      )}
    </Dialog>
  )
}
