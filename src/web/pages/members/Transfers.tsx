import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState, type ReactElement } from 'react'
import { get } from '../../api.ts'
import { path } from '../../path.ts'
import { useMay } from '../../session.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { Empty, Loaded } from '../../ui/states.tsx'
import { StatusTag } from '../../ui/values.tsx'
import { MoveDialog, Moves, PaperPage, type Move, type Verb } from './Papers.tsx'

interface Transfer {
  id: number
  personId: number
  name: string
  fromUnit: string
  toUnit: string
  effectiveOn: string
  reason: string
  state: keyof typeof states
}
const states = {
  requested: ['待转出方同意', 'warn'],
  released: ['待转入方接收', 'warn'],
  done: ['已转入', 'good'],
  rejected: ['未同意', 'bad'],
  withdrawn: ['已撤回', ''],
} as const
const open: readonly Verb[] = ['同意', '否决', '撤回']

/** Transfers between units: both sides act. */
export function Transfers(): ReactElement {
  const may = useMay()
  const [move, setMove] = useState<Move | null>(null)
  const transfers = useQuery({
    queryKey: ['transfers'],
    queryFn: () => get<{ transfers: Transfer[] }>('/api/members/transfers').then((answer) => answer.transfers),
  })
  return (
    <PaperPage title="会员转移" help="转出方同意、转入方接收后生效。在会员的页面上提出转会。">
      <Loaded query={transfers}>
        {(rows) => (
          <DataTable
            caption="会员转移"
            rows={rows}
            rowKey={(row) => row.id}
            columns={[
              {
                id: 'name',
                title: '会员',
                lead: true,
                render: (row) => <Link to={path.member(row.personId) as never}>{row.name}</Link>,
              },
              { id: 'from', title: '转出', render: (row) => row.fromUnit },
              { id: 'to', title: '转入', render: (row) => row.toUnit },
              { id: 'on', title: '生效日期', width: 110, render: (row) => row.effectiveOn },
              { id: 'why', title: '理由', render: (row) => row.reason },
              {
                id: 'state',
                title: '状态',
                render: (row) => <StatusTag text={states[row.state][0]} tone={states[row.state][1]} />,
              },
            ]}
            renderActions={(row) =>
              may('members.approve') &&
              (row.state === 'requested' || row.state === 'released') && (
                <Moves
                  verbs={open}
                  onPick={(verb) =>
                    setMove({ address: `/api/members/transfers/${row.id}/acts`, verb, title: row.name })
                  }
                />
              )
            }
            empty={<Empty title="没有会员转移">在会员的页面点“转会”提出。</Empty>}
          />
        )}
      </Loaded>
      {move && <MoveDialog move={move} close={() => setMove(null)} />}
    </PaperPage>
  )
}
