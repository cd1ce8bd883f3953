import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState, type ReactElement } from 'react'
import { get, post } from '../../../web/api.ts'
import { LinkButton } from '../../../web/ui/LinkButton.tsx'
import { Card, Page } from '../../../web/ui/Page.tsx'
import { Empty, Loaded } from '../../../web/ui/states.tsx'
import { timeText } from '../../../web/ui/values.tsx'
import { DUTIES, HOWS } from '../words.ts'
import { Ask } from './Ask.tsx'
import './congress.css'
import type { MySessionDetail, SessionRow } from './shapes.ts'
import { ItemTag, SessionState } from './tags.tsx'

/** The congresses in which the reader sits. */
export function Mine(): ReactElement {
  const mine = useQuery({
    queryKey: ['congress', 'mine'],
    queryFn: () => get<{ sessions: SessionRow[] }>('/api/congress/mine'),
  })
  return (
    <Page title="我的大会" help="您当代表的会议：现在进行到哪里、议程、文件和自己的签到。" narrow>
      <Loaded query={mine}>
        {({ sessions }) =>
          sessions.length === 0 ? (
            <Card>
              <Empty title="现在没有您参加的大会">当选职工代表或会员代表后，会议通知发出时会出现在这里。</Empty>
            </Card>
          ) : (
            <>
              {sessions.map((session) => (
                <Card
                  key={session.id}
                  title={<Link to={`/congress/mine/${session.id}` as never}>{session.title}</Link>}
                  aside={<SessionState state={session.state} />}
                >
                  <p className="quiet">
                    {session.startsOn}　{session.place}
                  </p>
                </Card>
              ))}
            </>
          )
        }
      </Loaded>
    </Page>
  )
}

/** One page for the phone in the hall. */
export function MySession(): ReactElement {
  const { id } = useParams({ strict: false }) as { id: string }
  const queries = useQueryClient()
  const [asking, setAsking] = useState<'in' | 'out' | 'leave' | null>(null)
  const mine = useQuery({
    queryKey: ['congress', 'mine', id],
    queryFn: () => get<MySessionDetail>(`/api/congress/mine/${id}`),
    refetchInterval: (query) => (query.state.data?.session.state === 'open' ? 5_000 : false),
  })
  const close = (): void => {
    setAsking(null)
    void queries.invalidateQueries({ queryKey: ['congress'] })
  }
  return (
    <Loaded query={mine}>
      {({ session, live, items, papers, own, leave }) => (
        <Page
          title={session.title}
          crumbs={[{ title: '我的大会', to: '/congress/mine' }]}
          help={`${session.startsOn}　${session.place ?? ''}`}
          narrow
        >
          <section className="my-now" aria-live="polite">
            <p className="hall-label">
              {session.state === 'open' ? '现在进行' : session.state === 'closed' ? '已经闭会' : '筹备中'}
            </p>
            <h2>
              {live.current?.title ?? live.words ?? (session.state === 'open' ? '代表签到入场' : session.startsOn)}
            </h2>
            {live.current && live.words && <p>{live.words}</p>}
            {live.held?.state === 'open' && (
              <>
                {live.held.byPhone && (
                  <p>
                    <LinkButton type="primary" size="large" to="/my-votes">
                      领票投票
                    </LinkButton>
                  </p>
                )}
                {live.held.door && (
                  <div className="stack" style={{ gap: 8 }}>
                    <span>{live.held.door.words}</span>
                    <Button size="large" href={live.held.door.address}>
                      填表
                    </Button>
                  </div>
                )}
                {!live.held.byPhone && !live.held.door && <p>请领取纸质票，填好后投入票箱。</p>}
              </>
            )}
            {live.held?.lines.map((line) => (
              <p key={line}>{line}</p>
            ))}
            {live.vote?.byPhone && (
              <p>
                <LinkButton type="primary" size="large" to={`/votes/${live.vote.id}/booth`}>
                  领票投票
                </LinkButton>
              </p>
            )}
            {live.vote && !live.vote.byPhone && (
              <p>{live.vote.outcome ? `表决结果：${live.vote.outcome}` : '正在表决，请听从主持人和监票人安排'}</p>
            )}
            {live.expected > 0 && (
              <p>
                应到 {live.expected} 人，在场 {live.present} 人{live.next && `；下一项：${live.next}`}
              </p>
            )}
          </section>
          <Card title="我的签到">
            {own?.present ? (
              <p>
                您已签到（{timeText(own.firstIn!).slice(11)}，{HOWS[own.passages.at(-1)!.how]}）。
              </p>
            ) : own?.firstIn ? (
              <p>您已离场，返回时请再次签到。</p>
            ) : leave ? (
              <p>您已请假：{leave}。</p>
            ) : (
              <p>
                {session.state === 'open'
                  ? '您还没有签到。到会场后，输入大屏幕上的六位签到码，或到签到台报会员号、出示会员卡。'
                  : '会议当天在会场签到。'}
              </p>
            )}
            <div className="row" style={{ marginTop: 10 }}>
              {session.state === 'open' && own && (
                <Button
                  type={own.present ? 'default' : 'primary'}
                  onClick={() => setAsking(own.present ? 'out' : 'in')}
                >
                  {own.present ? '我要离场' : '签到'}
                </Button>
              )}
              {session.state !== 'closed' && !own?.firstIn && !leave && (
                <Button onClick={() => setAsking('leave')}>请假</Button>
              )}
            </div>
          </Card>
          <Card title="议程">
            <ol className="stack" style={{ gap: 8 }}>
              {items.map((item, index) => (
                <li key={item.id} className="spread">
                  <span>
                    {index + 1}. {item.title} <span className="faint">{DUTIES[item.duty]}</span>
                  </span>
                  <ItemTag outcome={item.outcome} />
                </li>
              ))}
            </ol>
          </Card>
          <Card title="文件">
            {papers.length === 0 ? (
              <Empty title="还没有文件" small />
            ) : (
              <ul className="stack" style={{ gap: 8 }}>
                {papers.map((paper) => (
                  <li key={paper.id}>
                    <Link to={`/congress/papers/${paper.id}` as never}>{paper.title}</Link>{' '}
                    <span className="faint">第 {paper.versions} 稿，可逐条提意见</span>
                  </li>
                ))}
              </ul>
            )}
          </Card>
          {asking === 'in' && (
            <Ask
              title="签到"
              okText="签到"
              questions={[
                { id: 'code', label: '会场签到码', kind: 'text', required: true, help: '会场大屏幕上的六位数字' },
              ]}
              work={(values) => post(`/api/congress/mine/${id}/passages`, values)}
              done="已签到"
              close={close}
            />
          )}
          {asking === 'out' && (
            <Ask
              title="离场"
              okText="离场"
              note="离场后不计入在场人数；返回时请再次签到。"
              questions={[]}
              work={() => post(`/api/congress/mine/${id}/passages`, { code: '', direction: 'out' })}
              done="已离场"
              close={close}
            />
          )}
          {asking === 'leave' && (
            <Ask
              title="请假"
              okText="请假"
              questions={[{ id: 'reason', label: '原因', kind: 'text', required: true }]}
              work={(values) => post(`/api/congress/mine/${id}/leave`, values)}
              done="已请假"
              close={close}
            />
          )}
        </Page>
      )}
    </Loaded>
  )
}
