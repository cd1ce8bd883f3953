import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { useRef, useState, type ReactElement } from 'react'
import { get, post } from '../../../web/api.ts'
import { DataTable } from '../../../web/ui/DataTable.tsx'
import { Card } from '../../../web/ui/Page.tsx'
import { ShortList } from '../../../web/ui/ShortList.tsx'
import { Empty, Problem } from '../../../web/ui/states.tsx'
import { toast } from '../../../web/ui/toast.tsx'
import { StatusTag, timeText } from '../../../web/ui/values.tsx'
import { HOWS } from '../words.ts'
import { Ask } from './Ask.tsx'
import type { Attendance, SessionDetail } from './shapes.ts'
import { GateLine } from './tags.tsx'

/** The sign-in desk: a field that takes whatever is scanned or said, the roll beside it, everybody's coming and going. */
export function SignIn({ detail: { session, may, gate } }: { detail: SessionDetail }): ReactElement {
  const queries = useQueryClient()
  const field = useRef<HTMLInputElement>(null)
  const [text, setText] = useState('')
  const [error, setError] = useState<unknown>(null)
  const [leaving, setLeaving] = useState<Attendance | null>(null)
  const at = `/api/congress/sessions/${session.id}`
  const open = session.state === 'open'
  const roll = useQuery({
    queryKey: ['congress', 'attendance', session.id],
    queryFn: () => get<{ attendance: Attendance[] }>(`${at}/attendance`).then((answer) => answer.attendance),
    refetchInterval: open ? 5_000 : false,
  })
  const move = async (sent: object): Promise<void> => {
    setError(null)
    try {
      const { names } = await post<{ names: string[] }>(`${at}/passages`, sent)
      toast(
        'direction' in sent && sent.direction === 'out' ? `${names.join('、')} 已离场` : `${names.join('、')} 已签到`,
      )
      setText('')
    } catch (refusal) {
      setError(refusal)
    }
    await queries.invalidateQueries({ queryKey: ['congress'] })
    field.current?.focus()
  }
  return (
    <>
      {gate && <GateLine gate={gate} />}
      <div className="toolbar">
        {open && may.signIn && (
          <form
            className="row"
            onSubmit={(event) => {
              event.preventDefault()
              if (text.trim()) void move({ text: text.trim() })
            }}
          >
            <Input
              ref={(input) => {
                field.current = input?.input ?? null
              }}
              aria-label="会员号、工号、代表证号或扫会员卡"
              placeholder="会员号、工号、代表证号，或扫会员卡"
              style={{ width: 300 }}
              value={text}
              onChange={(event) => setText(event.target.value)}
            />
            <Button type="primary" htmlType="submit">
              签到
            </Button>
          </form>
        )}
        <Button href={`${at}/sign-in-sheet`} target="_blank">
          打印签到表
        </Button>
        {may.export && <Button href={`${at}/attendance.xlsx`}>导出签到记录</Button>}
      </div>
      {error !== null && <Problem error={error} />}
      <ShortList
        rows={roll.data ?? []}
        label="在名单里查找"
        matches={(one, wanted) =>
          one.name.includes(wanted) || one.constituency.includes(wanted) || one.staffNo === wanted
        }
      >
        {(shown) => (
          <Card flush>
            <DataTable
              caption="应到名单"
              rows={roll.data && shown}
              rowKey={(row) => row.personId}
              columns={[
                { id: 'no', title: '代表证号', number: true, width: 90, render: (row) => row.number },
                { id: 'name', title: '姓名', lead: true, width: 110, render: (row) => row.name },
                { id: 'from', title: '选举单位', render: (row) => row.constituency },
                {
                  id: 'state',
                  title: '到会',
                  width: 110,
                  render: (row) =>
                    row.present ? (
                      <StatusTag text="在场" tone="good" />
                    ) : row.firstIn ? (
                      <StatusTag text="已离场" tone="warn" />
                    ) : row.leave ? (
                      <StatusTag text="请假" />
                    ) : (
                      <StatusTag text={open ? '未到' : '缺席'} />
                    ),
                },
                {
                  id: 'passages',
                  title: '进出',
                  wrap: true,
                  render: (row) =>
                    [
                      row.leave && `请假：${row.leave}`,
                      ...row.passages.map(
                        (one) =>
                          `${timeText(one.at).slice(11)} ${one.direction === 'in' ? '到' : '离'}（${HOWS[one.how]}）`,
                      ),
                    ]
                      .filter(Boolean)
                      .join('，'),
                },
              ]}
              {...(open &&
                may.signIn && {
                  renderActions: (row: Attendance) => (
                    <>
                      <button
                        type="button"
                        className="link"
                        onClick={() => void move({ personIds: [row.personId], direction: row.present ? 'out' : 'in' })}
                      >
                        {row.present ? '离场' : '签到'}
                      </button>
                      {!row.firstIn && !row.leave && (
                        <button type="button" className="link" onClick={() => setLeaving(row)}>
                          请假
                        </button>
                      )}
                    </>
                  ),
                })}
              empty={
                <Empty title={session.state === 'preparing' ? '还没有开始签到' : '名单里没有这个人'}>
                  {session.state === 'preparing' ? '开始签到时，应到名单按现任代表锁定。' : '换个姓名或选举单位查找。'}
                </Empty>
              }
            />
          </Card>
        )}
      </ShortList>
      {leaving && (
        <Ask
          title={`${leaving.name}请假`}
          okText="登记"
          questions={[{ id: 'reason', label: '原因', kind: 'text', required: true }]}
          work={({ reason }) => post(`${at}/leaves`, { personId: leaving.personId, reason })}
          done="已登记请假"
          close={() => {
            setLeaving(null)
            void queries.invalidateQueries({ queryKey: ['congress'] })
          }}
        />
      )}
    </>
  )
}
