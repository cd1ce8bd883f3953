import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { get } from '../../../web/api.ts'
import { Loaded } from '../../../web/ui/states.tsx'
import { MODES } from '../../ballots/words.ts'
import { DUTIES } from '../words.ts'
import './congress.css'
import type { Live } from './shapes.ts'

export const useLive = (id: string) =>
  useQuery({
    queryKey: ['congress', 'live', id],
    queryFn: () => get<Live>(`/api/congress/sessions/${id}/live`),
    refetchInterval: 3_000,
  })

/** The hall's screen: what happens now, who is here, what is being voted and what came of it. Readable from the last row. */
export function Hall(): ReactElement {
  const { id } = useParams({ strict: false }) as { id: string }
  const live = useLive(id)
  return (
    <main className="hall">
      <Loaded query={live}>
        {(now) => (
          <>
            <header>
              <h1>{now.title}</h1>
              <p>{now.unitName}</p>
            </header>
            <section aria-live="polite" className="hall-now">
              <p className="hall-label">
                {now.state === 'closed'
                  ? '会议已经闭会'
                  : now.current
                    ? '现在进行'
                    : now.state === 'open'
                      ? '请代表签到入场'
                      : '会议尚未开始'}
              </p>
              {now.current && (
                <>
                  <h2>{now.current.title}</h2>
                  <p>
                    {DUTIES[now.current.duty]}
                    {now.current.reporter && ` · ${now.current.reporter}报告`}
                  </p>
                </>
              )}
              {now.words && <h2>{now.words}</h2>}
              {now.held && now.held.state !== 'ended' && (
                <div className={`hall-vote ${now.held.state === 'done' ? 'good' : ''}`}>
                  {now.held.state === 'preparing' && <p>{now.held.title}：准备中</p>}
                  {now.held.state === 'open' && (
                    <>
                      <p>{now.held.title}正在进行</p>
                      {now.held.byPhone ? (
                        <p>
                          手机打开“我的投票”
                          {now.held.code && (
                            <>
                              ，会场码 <b className="hall-ballot">{now.held.code}</b>
                            </>
                          )}
                        </p>
                      ) : (
                        now.held.door === null && <p>请领取纸质票，填好后投入票箱</p>
                      )}
                      {now.held.door && <p>{now.held.door.words}</p>}
                    </>
                  )}
                  {now.held.lines.map((line) => (
                    <p key={line}>{line}</p>
                  ))}
                </div>
              )}
              {now.vote && (
                <div className={`hall-vote ${now.vote.passed === null ? '' : now.vote.passed ? 'good' : 'bad'}`}>
                  {now.vote.outcome === null ? (
                    <>
                      <p>
                        正在表决：{MODES[now.vote.mode]}，在场 {now.vote.present} 人
                      </p>
                      {now.ballotCode && (
                        <p>
                          手机打开“我的投票”，会场码 <b className="hall-ballot">{now.ballotCode}</b>
                        </p>
                      )}
                    </>
                  ) : (
                    <>
                      <h3>{now.vote.outcome}</h3>
                      {now.vote.items.map((item) => (
                        <p key={item.label}>
                          {now.vote!.items.length > 1 && `${item.label}：`}赞成 {item.yes}　不赞成 {item.no}　弃权{' '}
                          {item.abstain}
                        </p>
                      ))}
                    </>
                  )}
                </div>
              )}
            </section>
            <footer>
              <div>
                <b>{now.expected}</b> 应到
              </div>
              <div>
                <b>{now.present}</b> 在场
              </div>
              {now.gate && (
                <div className={now.gate.holds ? 'good' : 'bad'}>
                  {now.gate.holds ? '达到三分之二' : `还差 ${now.gate.needed - now.present} 人到三分之二`}
                </div>
              )}
              {now.hallCode && (
                <div>
                  手机签到码 <b>{now.hallCode}</b>
                </div>
              )}
            </footer>
          </>
        )}
      </Loaded>
    </main>
  )
}
