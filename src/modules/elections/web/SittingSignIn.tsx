import { useMutation, useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { get, post } from '../../../web/api.ts'
import { DataTable } from '../../../web/ui/DataTable.tsx'
import { ShortList } from '../../../web/ui/ShortList.tsx'
import { Empty, Loaded, Problem } from '../../../web/ui/states.tsx'
import { useRefresh } from './Election.tsx'
import type { SittingShape } from './shapes.ts'

interface Member {
  personId: number
  name: string
  unitName: string
  present: boolean
}

/** Who is expected at a sitting, and who has come. */
export function SittingSignIn({
  sitting,
  electionId,
  open,
}: {
  sitting: SittingShape
  electionId: number
  open: boolean
}): ReactElement {
  const refresh = useRefresh(electionId)
  const members = useQuery({
    queryKey: ['sitting', sitting.id],
    queryFn: () => get<{ members: Member[] }>(`/api/sittings/${sitting.id}/members`).then((answer) => answer.members),
  })
  const sign = useMutation({
    mutationFn: (change: { personIds: number[]; present: boolean }) =>
      post(`/api/sittings/${sitting.id}/present`, change),
    onSuccess: refresh,
  })
  return (
    <>
      {sign.error && <Problem error={sign.error} />}
      <Loaded query={members}>
        {(rows) => (
          <ShortList
            rows={rows}
            label="查找姓名或单位"
            matches={(row, text) => row.name.includes(text) || row.unitName.includes(text)}
            aside={(found, text) => {
              const absent = found.filter((row) => !row.present).map((row) => row.personId)
              return (
                open &&
                absent.length > 0 && (
                  <Button onClick={() => sign.mutate({ personIds: absent, present: true })}>
                    {text ? `列出的 ${absent.length} 人签到` : `全部签到（${absent.length} 人）`}
                  </Button>
                )
              )
            }}
          >
            {(shown) => (
              <DataTable
                caption={`${sitting.title}签到`}
                rows={shown}
                rowKey={(row) => row.personId}
                columns={[
                  { id: 'name', title: '姓名', lead: true, render: (row) => row.name },
                  { id: 'unit', title: '单位', render: (row) => row.unitName },
                  { id: 'here', title: '到会', width: 90, render: (row) => (row.present ? '已签到' : '') },
                ]}
                renderActions={(row) =>
                  open && (
                    <button
                      type="button"
                      className="link"
                      aria-label={`${row.name}${row.present ? '取消签到' : '签到'}`}
                      onClick={() => sign.mutate({ personIds: [row.personId], present: !row.present })}
                    >
                      {row.present ? '取消' : '签到'}
                    </button>
                  )
                }
                empty={<Empty small title="没有符合的人" />}
              />
            )}
          </ShortList>
        )}
      </Loaded>
    </>
  )
}
