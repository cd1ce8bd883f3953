import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { get } from '../../../web/api.ts'
import { Loaded } from '../../../web/ui/states.tsx'
import './booth.css'
import type { HallScreen } from '../contract.ts'

/** The hall's screen during a secret vote: where to go and the code of this minute. How anybody voted is not here. */
export function HallCodePage(): ReactElement {
  const { id } = useParams({ strict: false }) as { id: string }
  const hall = useQuery({
    queryKey: ['vote', id, 'hall'],
    queryFn: () => get<HallScreen>(`/api/votes/${id}/hall`),
    refetchInterval: 2_000,
  })
  return (
    <main className="hall-code">
      <Loaded query={hall}>
        {(now) => (
          <>
            <h1>{now.title}</h1>
            {now.state === 'open' && now.code ? (
              <>
                <div className="hall-row">
                  <img src={now.qr} alt="打开“我的投票”的二维码" />
                  <div>
                    <p>手机打开“我的投票”，输入会场码领票</p>
                    <p className="digits">
                      <span className="sr-only">会场码</span>
                      {now.code}
                    </p>
                    <p>{now.secondsLeft} 秒后更换</p>
                  </div>
                </div>
                <p>
                  应到会 {now.expected} 人，已领票 {now.drawn} 人。没有手机的，请到投票站。
                </p>
                <p className="hall-eid">公告编号 {now.eids.join('、')}</p>
              </>
            ) : (
              <p>
                {now.state === 'waiting'
                  ? '还没有开始发票'
                  : now.state === 'open'
                    ? '正在投票'
                    : now.state === 'closed'
                      ? '投票结束，监票人正在开箱计票'
                      : now.state === 'published'
                        ? '结果已经公布'
                        : '这次投票已作废'}
              </p>
            )}
          </>
        )}
      </Loaded>
    </main>
  )
}
