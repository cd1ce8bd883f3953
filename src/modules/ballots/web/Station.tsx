import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { Button, Input } from 'antd'
import { useState, type ReactElement } from 'react'
import { get, post } from '../../../web/api.ts'
import { DataTable } from '../../../web/ui/DataTable.tsx'
import { Dialog } from '../../../web/ui/Dialog.tsx'
import { LinkButton } from '../../../web/ui/LinkButton.tsx'
import { Card, Page } from '../../../web/ui/Page.tsx'
import { Empty, Loaded } from '../../../web/ui/states.tsx'
import { StatusTag } from '../../../web/ui/values.tsx'
import { channelTitle } from '../words.ts'
import type { Standing, StationLine } from '../contract.ts'
import type { VoteAnswer } from './shapes.ts'

/** The clerk's desk: who comes without a phone is looked up and marked, for paper or for the kiosk. */
export function StationPage(): ReactElement {
  const { id } = useParams({ strict: false }) as { id: string }
  const vote = useQuery({ queryKey: ['vote', id], queryFn: () => get<VoteAnswer>(`/api/votes/${id}`) })
  const secret = useQuery({
    queryKey: ['vote', id, 'secret'],
    queryFn: () => get<Standing>(`/api/votes/${id}/secret`),
    refetchInterval: 5_000,
  })
  return (
    <Loaded query={vote}>
      {({ vote: { title } }) => (
        <Page
          title="投票站"
          help={title}
          narrow
          actions={
            <>
              <LinkButton to={`/votes/${id}/kiosk`}>打开投票机</LinkButton>
              {secret.data?.may.run && <LinkButton to={`/votes/${id}/slips`}>打印领票条</LinkButton>}
            </>
          }
        >
          <Loaded query={secret}>
            {(now) => (
              <div className="stack">
                <Card title="领票情况">
                  <p>{drawnText(now)}</p>
                </Card>
                {now.state === 'open' ? (
                  <Desk id={id} stations={now.stations} />
                ) : (
                  <Card>
                    <Empty title={now.state === 'waiting' ? '还没有开始发票' : '发票已经结束'} />
                  </Card>
                )}
              </div>
            )}
          </Loaded>
        </Page>
      )}
    </Loaded>
  )
}

export const drawnText = (now: Pick<Standing, 'drawn' | 'notDrawn'>): string =>
  [...now.drawn.map((one) => `${howDrawn(one.channel)} ${one.papers} 人`), `未领票 ${now.notDrawn} 人`].join('，') +
  '。'

const howDrawn = (channel: string): string =>
  channel === 'booth' ? '手机领票' : channel === 'kiosk' ? '投票机' : `${channelTitle(channel)}纸质票`

function Desk({ id, stations }: { id: string; stations: readonly string[] }): ReactElement {
  const queries = useQueryClient()
  const [text, setText] = useState('')
  const [asked, setAsked] = useState('')
  const [marking, setMarking] = useState<{ line: StationLine; channel: string } | null>(null)
  const found = useQuery({
    queryKey: ['vote', id, 'station', asked],
    queryFn: () =>
      get<{ lines: StationLine[] }>(`/api/votes/${id}/station/roll?q=${encodeURIComponent(asked)}`).then(
        (answer) => answer.lines,
      ),
    enabled: asked !== '',
  })
  return (
    <Card title="登记领票">
      <div className="stack">
        <p>核对本人证件后登记。登记以后不能撤销，也不能再用别的方式领票。</p>
        <form
          className="row"
          role="search"
          onSubmit={(event) => {
            event.preventDefault()
            setAsked(text.trim())
          }}
        >
          <Input
            aria-label="姓名或工号"
            placeholder="姓名或工号"
            style={{ maxWidth: 240 }}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
          <Button htmlType="submit">查找</Button>
        </form>
        {asked !== '' && (
          <Loaded query={found}>
            {(lines) => (
              <DataTable
                caption="名册"
                rows={lines}
                rowKey={(row) => row.personId}
                columns={[
                  { id: 'name', title: '姓名', lead: true, render: (row) => row.name },
                  { id: 'unit', title: '单位', render: (row) => row.unitName },
                  { id: 'no', title: '工号', render: (row) => row.staffNo ?? '' },
                  {
                    id: 'drawn',
                    title: '领票',
                    render: (row) => row.drawn !== null && <StatusTag text={howDrawn(row.drawn)} tone="good" />,
                  },
                ]}
                renderActions={(row) =>
                  row.drawn === null && (
                    <span className="row">
                      {stations.map((channel) => (
                        <button
                          key={channel}
                          type="button"
                          className="link"
                          aria-label={`${channel === 'kiosk' ? '投票机' : `${channelTitle(channel)}纸质票`}：${row.name}`}
                          onClick={() => setMarking({ line: row, channel })}
                        >
                          {channel === 'kiosk' ? '投票机' : `${channelTitle(channel)}纸质票`}
                        </button>
                      ))}
                    </span>
                  )
                }
                empty={<Empty small title="名册上没有这个人" />}
              />
            )}
          </Loaded>
        )}
      </div>
      {marking && (
        <Dialog
          title={`登记领票：${marking.line.name}`}
          okText="登记"
          done={marking.channel === 'kiosk' ? '已登记，请本人从箱里抽一张领票条。' : '已登记，请发给纸质票。'}
          close={() => {
            setMarking(null)
            void queries.invalidateQueries({ queryKey: ['vote', id] })
          }}
          work={() =>
            post(`/api/votes/${id}/station/marks`, { personId: marking.line.personId, channel: marking.channel })
          }
        >
          {() => (
            <p>
              {marking.line.name}（{marking.line.unitName}）领{howDrawn(marking.channel)}。登记以后不能撤销。
            </p>
          )}
        </Dialog>
      )}
    </Card>
  )
}
