import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { useState, type ReactElement } from 'react'
import { get, post } from '../../api.ts'
import { useMay, useScope } from '../../session.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { LabelledField } from '../../ui/FieldInput.tsx'
import { Empty, Loaded } from '../../ui/states.tsx'
import { UnitPicker } from '../../ui/UnitPicker.tsx'
import { StatusTag } from '../../ui/values.tsx'
import { MoveDialog, Moves, PaperPage, type Move, type Verb } from './Papers.tsx'
import { emptyPerson, personBody, PersonFields } from './PersonFields.tsx'

interface Application {
  id: number
  name: string
  unitName: string
  staffNo: string | null
  idLast4: string | null
  words: string | null
  state: keyof typeof states
  submittedOn: string
}
const states = {
  submitted: ['待小组（分会）意见', 'warn'],
  seconded: ['待委员会批准', 'warn'],
  returned: ['已退回补充', 'info'],
  admitted: ['已入会', 'good'],
  rejected: ['未批准', 'bad'],
  withdrawn: ['已撤回', ''],
} as const
const verbs: Record<Application['state'], readonly Verb[]> = {
  submitted: ['同意', '退回', '否决'],
  seconded: ['同意', '退回', '否决'],
  returned: ['提交', '撤回'],
  admitted: [],
  rejected: [],
  withdrawn: [],
}

/** Joining: application → the group's opinion → the committee's decision. */
export function Applications(): ReactElement {
  const may = useMay()
  const queries = useQueryClient()
  const [move, setMove] = useState<Move | null>(null)
  const [adding, setAdding] = useState(false)
  const applications = useQuery({
    queryKey: ['applications'],
    queryFn: () =>
      get<{ applications: Application[] }>('/api/members/applications').then((answer) => answer.applications),
  })
  return (
    <PaperPage
      title="入会申请"
      help="申请 → 小组（分会）签意见 → 委员会批准。批准即登记入会。"
      actions={
        <Button type="primary" onClick={() => setAdding(true)}>
          代填申请
        </Button>
      }
    >
      <Loaded query={applications}>
        {(rows) => (
          <DataTable
            caption="入会申请"
            rows={rows}
            rowKey={(row) => row.id}
            columns={[
              { id: 'name', title: '姓名', lead: true, render: (row) => row.name },
              { id: 'unit', title: '申请加入', render: (row) => row.unitName },
              { id: 'no', title: '工号', render: (row) => row.staffNo ?? '' },
              { id: 'id', title: '证件尾号', render: (row) => row.idLast4 ?? '' },
              { id: 'on', title: '申请日期', width: 110, render: (row) => row.submittedOn },
              { id: 'words', title: '申请理由', render: (row) => row.words ?? '' },
              {
                id: 'state',
                title: '状态',
                render: (row) => <StatusTag text={states[row.state][0]} tone={states[row.state][1]} />,
              },
            ]}
            renderActions={(row) =>
              may('members.approve') && (
                <Moves
                  verbs={verbs[row.state]}
                  onPick={(verb) =>
                    setMove({ address: `/api/members/applications/${row.id}/acts`, verb, title: row.name })
                  }
                />
              )
            }
            empty={<Empty title="没有入会申请">会员在手机上填的、干事代填的申请都列在这里。</Empty>}
          />
        )}
      </Loaded>
      {move && <MoveDialog move={move} close={() => setMove(null)} />}
      {adding && (
        <Apply
          close={() => {
            setAdding(false)
            void queries.invalidateQueries({ queryKey: ['applications'] })
          }}
        />
      )}
    </PaperPage>
  )
}

function Apply({ close }: { close: () => void }): ReactElement {
  const scope = useScope()
  const [unit, setUnit] = useState<{ id: number; name: string } | null>({ id: scope.unitId, name: scope.unitName })
  const [draft, setDraft] = useState(emptyPerson)
  const [words, setWords] = useState('')
  return (
    <Dialog
      title="入会申请"
      okText="提交申请"
      done="申请已提交。"
      ready={Boolean(unit && draft.name.trim() && draft.idNo.trim())}
      close={close}
      work={() => {
        const { employment: _employment, bank: _bank, ...body } = personBody(draft)
        return post('/api/members/applications', {
          ...body,
          unitId: unit?.id,
          words: words.trim() || null,
          source: 'desk',
        })
      }}
    >
      {(errors) => (
        <>
          <LabelledField id="a-unit" label="加入哪个单位的工会" required error={errors['unitId']}>
            <UnitPicker id="a-unit" label="单位" value={unit} onChange={setUnit} />
          </LabelledField>
          <PersonFields value={draft} onChange={setDraft} errors={errors} />
          <LabelledField id="a-words" label="申请理由" error={errors['words']}>
            <Input.TextArea
              id="a-words"
              autoSize={{ minRows: 2 }}
              maxLength={1000}
              value={words}
              onChange={(event) => setWords(event.target.value)}
            />
          </LabelledField>
        </>
      )}
    </Dialog>
  )
}
