import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Input } from 'antd'
import { useState, type ReactElement } from 'react'
import { get, post } from '../../api.ts'
import { path } from '../../path.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { LabelledField } from '../../ui/FieldInput.tsx'
import { Card, Page } from '../../ui/Page.tsx'
import { Empty, Loaded } from '../../ui/states.tsx'

interface Suspect {
  id: number
  name: string
  bornOn: string | null
  staffNo: string | null
  unitName: string
  idLast4: string | null
  phoneLast4: string | null
  joined: boolean
}
interface Group {
  why: string
  people: Suspect[]
}

/** Rows that may be one person, side by side; merging keeps every record and the whole history. */
export function Duplicates(): ReactElement {
  const queries = useQueryClient()
  const [merging, setMerging] = useState<{ kept: Suspect; merged: Suspect[] } | null>(null)
  const [reason, setReason] = useState('')
  const groups = useQuery({
    queryKey: ['duplicates'],
    queryFn: () => get<{ groups: Group[] }>('/api/members/duplicates').then((answer) => answer.groups),
  })
  return (
    <Page
      title="重复人员"
      crumbs={[{ title: '会员', to: path.members }]}
      help="可能是同一人的登记。证件号码不同的不会列在一起。合并后记录和会籍史料都保留。"
      narrow
    >
      <Loaded query={groups}>
        {(all) =>
          all.length === 0 ? (
            <div className="card">
              <Empty title="没有发现重复人员">按姓名加出生日期、电话、工号核对过。</Empty>
            </div>
          ) : (
            <>
              {all.map((group) => (
                <Card
                  key={group.people.map((one) => one.id).join('-')}
                  title={group.people[0]?.name}
                  aside={<span className="faint">{group.why}</span>}
                  flush
                >
                  <DataTable
                    caption={group.why}
                    rows={group.people}
                    rowKey={(row) => row.id}
                    columns={[
                      {
                        id: 'name',
                        title: '姓名',
                        lead: true,
                        render: (row) => <Link to={path.member(row.id) as never}>{row.name}</Link>,
                      },
                      { id: 'unit', title: '单位', render: (row) => row.unitName },
                      { id: 'born', title: '出生日期', render: (row) => row.bornOn ?? '' },
                      { id: 'no', title: '工号', render: (row) => row.staffNo ?? '' },
                      { id: 'id', title: '证件尾号', render: (row) => row.idLast4 ?? '' },
                      { id: 'phone', title: '手机尾号', render: (row) => row.phoneLast4 ?? '' },
                      { id: 'joined', title: '会籍', render: (row) => (row.joined ? '有' : '无') },
                    ]}
                    renderActions={(row) => (
                      <button
                        type="button"
                        className="link"
                        onClick={() => {
                          setReason('')
                          setMerging({ kept: row, merged: group.people.filter((one) => one.id !== row.id) })
                        }}
                      >
                        留这一个，并入其余
                      </button>
                    )}
                    empty={<></>}
                  />
                </Card>
              ))}
            </>
          )
        }
      </Loaded>
      {merging && (
        <Dialog
          title={`合并为 ${merging.kept.name}（${merging.kept.unitName}）`}
          okText="合并"
          danger
          done="已合并。"
          ready={reason.trim().length > 0}
          close={() => setMerging(null)}
          work={async () => {
            for (const one of merging.merged)
              await post('/api/members/duplicates/merge', {
                keptId: merging.kept.id,
                mergedId: one.id,
                reason: reason.trim(),
              })
            await queries.invalidateQueries()
          }}
        >
          {(errors) => (
            <>
              <p>
                并入 {merging.merged.map((one) => `${one.name}（${one.unitName}）`).join('、')}
                。台账记录归到留下的这一个，被并入的会籍不再计数。
              </p>
              <LabelledField id="merge-reason" label="依据" required error={errors['reason']}>
                <Input
                  id="merge-reason"
                  placeholder="例如 与本人核对，调动时重复登记"
                  value={reason}
                  onChange={(event) => setReason(event.target.value)}
                />
              </LabelledField>
            </>
          )}
        </Dialog>
      )}
    </Page>
  )
}
