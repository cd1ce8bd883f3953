import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { get } from '../../../web/api.ts'
import { LinkButton } from '../../../web/ui/LinkButton.tsx'
import { Card, Page } from '../../../web/ui/Page.tsx'
import { Empty, Loaded } from '../../../web/ui/states.tsx'
import { StatusTag, timeText } from '../../../web/ui/values.tsx'
import { channelTitle } from '../words.ts'
import type { Duty, MyVote } from '../contract.ts'

/** The votes one may take part in, and what became of them. */
export function MyVotesPage(): ReactElement {
  const votes = useQuery({
    queryKey: ['my-votes'],
    queryFn: () => get<{ votes: MyVote[] }>('/api/my-votes').then((answer) => answer.votes),
  })
  const duties = useQuery({
    queryKey: ['scrutiny'],
    queryFn: () => get<{ duties: Duty[] }>('/api/scrutiny').then((answer) => answer.duties),
  })
  const due = duties.data?.filter((duty) => !['published', 'void'].includes(duty.state)).length ?? 0
  return (
    <Page
      title="我的投票"
      help="轮到您投票的选举和表决。谁领了票记在名册上，投了什么谁也查不到。"
      narrow
      actions={due > 0 && <LinkButton to="/scrutiny">我的监票（{due}）</LinkButton>}
    >
      <Loaded query={votes}>
        {(rows) =>
          rows.length === 0 ? (
            <Card>
              <Empty title="现在没有要您投的票">有选举或无记名表决开始发票时，会出现在这里。</Empty>
            </Card>
          ) : (
            <div className="stack">
              {rows.map((vote) => (
                <Card key={vote.id} title={vote.title} aside={<VoteTag vote={vote} />}>
                  <div className="stack" style={{ gap: 10 }}>
                    <p className="quiet">
                      {vote.unitName} · {vote.heldOn}
                      {vote.state === 'open' && vote.castTo && ` · ${timeText(vote.castTo)} 截止`}
                    </p>
                    <Next vote={vote} />
                  </div>
                </Card>
              ))}
            </div>
          )
        }
      </Loaded>
    </Page>
  )
}

function VoteTag({ vote }: { vote: MyVote }): ReactElement {
  if (vote.state === 'published') return <StatusTag text="已公布" />
  if (vote.state !== 'open') return <StatusTag text="已结束，待公布" />
  return vote.drawn === null ? <StatusTag text="待领票" tone="warn" /> : <StatusTag text="已领票" tone="good" />
}

function Next({ vote }: { vote: MyVote }): ReactElement {
  if (vote.state === 'published')
    return (
      <p>
        <Link to={`/votes/${vote.id}/publication` as never}>查看结果，查我的票有没有计入</Link>
      </p>
    )
  if (vote.state !== 'open')
    return (
      <p>
        {vote.drawn === null ? '您没有领票。' : '您已领票。'}
        监票人开箱公布以后，可以在这里查结果和自己的票。
      </p>
    )
  if (vote.drawn !== null && vote.drawn !== 'booth')
    return (
      <p>
        {vote.drawn === 'kiosk'
          ? '您已在投票站登记，请在投票站投票。'
          : `您已领纸质票，请在${channelTitle(vote.drawn)}投票。`}
      </p>
    )
  return (
    <div className="stack" style={{ gap: 8 }}>
      <LinkButton type="primary" size="large" block to={`/votes/${vote.id}/booth`}>
        {vote.drawn === null ? '领票投票' : '打开选票'}
      </LinkButton>
      {vote.venue === 'hall' && vote.drawn === null && <p className="quiet">只在会场领票，要用大屏幕上的会场码。</p>}
    </div>
  )
}
