import { useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState, type ReactElement } from 'react'
import { post, remove } from '../../../web/api.ts'
import { DataTable } from '../../../web/ui/DataTable.tsx'
import { Card } from '../../../web/ui/Page.tsx'
import { Empty } from '../../../web/ui/states.tsx'
import { StatusTag } from '../../../web/ui/values.tsx'
import { AGREEMENTS, DUTIES } from '../words.ts'
import { Ask } from './Ask.tsx'
import { ItemDialog } from './ItemDialog.tsx'
import type { ItemRow, SessionDetail } from './shapes.ts'
import { ItemTag } from './tags.tsx'

type Asking =
  | { kind: 'item'; item: ItemRow | null }
  | { kind: 'vote' | 'conclude' | 'drop' | 'shortfall'; item: ItemRow }
  | { kind: 'now' }

/** The agenda and what may be done with each item. */
export function Agenda({ detail }: { detail: SessionDetail }): ReactElement {
  const { session, items, may, votes } = detail
  const [asking, setAsking] = useState<Asking | null>(null)
  const queries = useQueryClient()
  const open = session.state === 'open'
  const editable = may.write && (open || session.state === 'preparing')
  const close = (): void => {
    setAsking(null)
    void queries.invalidateQueries({ queryKey: ['congress'] })
  }
  const running = (item: ItemRow) => votes.find((one) => one.itemId === item.id && one.vote.state === 'issuing')
  const called = (item: ItemRow): boolean => votes.some((one) => one.itemId === item.id && one.vote.state !== 'void')
  return (
    <>
      <div className="toolbar">
        {editable && (
          <Button type={items.length ? 'default' : 'primary'} onClick={() => setAsking({ kind: 'item', item: null })}>
            添加议题
          </Button>
        )}
        {open && may.run && <Button onClick={() => setAsking({ kind: 'now' })}>设定“现在进行”</Button>}
        <Button href={`/api/congress/sessions/${session.id}/agenda-sheet`} target="_blank">
          打印议程
        </Button>
      </div>
      <Card flush>
        <DataTable
          caption="议程"
          rows={items}
          rowKey={(row) => row.id}
          columns={[
            { id: 'no', title: '序', width: 50, number: true, render: (_, index) => index + 1 },
            {
              id: 'title',
              title: '议题',
              lead: true,
              wrap: true,
              render: (row) => (
                <>
                  {row.title} {row.id === session.currentItemId && <StatusTag text="现在进行" tone="info" />}
                  {row.elected.length > 0 && <div className="faint">当选：{row.elected.join('、')}</div>}
                  {row.heldAt && (
                    <div>
                      <Link to={`/${row.heldAt}` as never}>{row.duty === 'elect' ? '打开选举' : '打开评议'}</Link>
                    </div>
                  )}
                  {row.heldResult && (
                    <div className="faint">{[...row.heldResult.lines, ...row.heldResult.verdict].join('')}</div>
                  )}
                  {row.words && <div className="faint">{row.words}</div>}
                </>
              ),
            },
            { id: 'duty', title: '大会职权', width: 110, render: (row) => DUTIES[row.duty] },
            {
              id: 'about',
              title: '说明',
              wrap: true,
              render: (row) =>
                [
                  row.agreement && AGREEMENTS[row.agreement],
                  row.important && '重要事项，无记名',
                  row.duty === 'elect' && row.seats !== null && `应选 ${row.seats} 人`,
                  row.confirmsTitle && `确认：${row.confirmsTitle}`,
                  row.reporter && `${row.reporter}报告`,
                ]
                  .filter(Boolean)
                  .join('；'),
            },
            { id: 'outcome', title: '结果', width: 100, render: (row) => <ItemTag outcome={row.outcome} /> },
          ]}
          {...((editable || (open && may.run)) && {
            renderActions: (row: ItemRow) => {
              const vote = running(row)
              if (row.state === 'done') return null
              return (
                <>
                  {open && may.run && !vote && row.duty !== 'hear' && !row.heldAt && (
                    <button type="button" className="link" onClick={() => setAsking({ kind: 'vote', item: row })}>
                      付诸表决
                    </button>
                  )}
                  {open && may.run && !vote && row.duty !== 'pass' && (row.duty !== 'elect' || row.heldAt) && (
                    <button type="button" className="link" onClick={() => setAsking({ kind: 'conclude', item: row })}>
                      办结
                    </button>
                  )}
                  {open && may.run && !vote && row.duty === 'elect' && !row.heldAt && row.elected.length > 0 && (
                    <button type="button" className="link" onClick={() => setAsking({ kind: 'shortfall', item: row })}>
                      到此为止
                    </button>
                  )}
                  {vote && <span className="faint">正在表决，见“表决”</span>}
                  {editable && !called(row) && (
                    <>
                      <button type="button" className="link" onClick={() => setAsking({ kind: 'item', item: row })}>
                        修改
                      </button>
                      <button
                        type="button"
                        className="link danger"
                        onClick={() => setAsking({ kind: 'drop', item: row })}
                      >
                        移出
                      </button>
                    </>
                  )}
                </>
              )
            },
          })}
          empty={
            <Empty title="议程还是空的">
              逐项列出议题，写明大会行使哪一项职权：听取报告、审议建议、审议通过、审查监督、民主选举或民主评议。
            </Empty>
          }
        />
      </Card>
      {asking && <AgendaDialog asking={asking} detail={detail} close={close} />}
    </>
  )
}

function AgendaDialog({
  asking,
  detail,
  close,
}: {
  asking: Asking
  detail: SessionDetail
  close: () => void
}): ReactElement {
  const { session, items } = detail
  const at = `/api/congress/sessions/${session.id}`
  if (asking.kind === 'now')
    return (
      <Ask
        title="现在进行"
        okText="显示到大屏"
        initial={{ itemId: session.currentItemId ?? undefined, words: session.currentWords ?? '' }}
        questions={[
          {
            id: 'itemId',
            label: '议题',
            kind: 'choice',
            options: items.map((item) => ({ value: item.id, label: item.title })),
          },
          { id: 'words', label: '补充一句话', kind: 'text', help: '如“休会二十分钟”“请各代表团分组讨论”' },
        ]}
        work={(values) => post(`${at}/now`, values)}
        done="大屏和手机已更新"
        close={close}
      />
    )
  const { item } = asking
  if (asking.kind === 'item') return <ItemDialog item={item} detail={detail} close={close} />
  if (asking.kind === 'drop')
    return (
      <Ask
        title="移出议程"
        okText="移出"
        danger
        note={`把“${item!.title}”移出本次会议议程。`}
        questions={[]}
        work={() => remove(`/api/congress/items/${item!.id}`)}
        done="已移出"
        close={close}
      />
    )
  if (asking.kind === 'conclude')
    return (
      <Ask
        title={`办结：${item!.title}`}
        okText="办结"
        {...(item!.heldAt && { note: '收发票数和结果从那里取来，写进纪要；评议结果只在您有权查看时写入。' })}
        questions={[
          { id: 'words', label: '审议意见', kind: 'long', help: '代表们的主要意见和建议，写进纪要' },
          { id: 'changeWords', label: '修改情况', kind: 'text', help: '协商后改动了哪些条款' },
        ]}
        work={(values) => post(`/api/congress/items/${item!.id}/conclude`, values)}
        done="已办结"
        close={close}
      />
    )
  if (asking.kind === 'shortfall')
    return (
      <Ask
        title="当选人不足，到此为止"
        okText="确认"
        note={`已当选：${item!.elected.join('、')}。空缺的名额不再选举。`}
        questions={[{ id: 'reason', label: '大会的决定', kind: 'text', required: true }]}
        work={(values) => post(`/api/congress/items/${item!.id}/accept-shortfall`, values)}
        done="已记录"
        close={close}
      />
    )
  const secret = item!.important || item!.duty === 'elect' || item!.duty === 'appraise'
  return (
    <Ask
      title={`付诸表决：${item!.title}`}
      okText="核对到会人数，开始表决"
      note="以此刻在场的人数判断是否达到三分之二；名单和规则随即锁定。"
      initial={{ mode: secret ? 'paper' : 'hands' }}
      questions={[
        {
          id: 'mode',
          label: '表决方式',
          kind: 'choice',
          required: true,
          options: [
            { value: 'paper', label: '无记名投票（纸质票）' },
            ...(item!.duty === 'elect' || item!.duty === 'appraise'
              ? []
              : [{ value: 'secret', label: '无记名电子投票（会场内，也可领纸质票）' }]),
            ...(secret
              ? []
              : [
                  { value: 'hands', label: '举手表决' },
                  { value: 'named', label: '记名表决' },
                ]),
          ],
        },
        {
          id: 'tellerIds',
          label: '监票人、计票人',
          kind: 'people',
          help: '从不是候选人的代表中推选；第一位为总监票人。两人分别录入票数，一致才算数。',
        },
      ]}
      work={(values) => post(`/api/congress/items/${item!.id}/votes`, values)}
      done="已开始表决"
      close={close}
    />
  )
}
