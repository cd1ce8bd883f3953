import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState, type ReactElement } from 'react'
import { get } from '../../../web/api.ts'
import { Loaded } from '../../../web/ui/states.tsx'
import { recoveryCode } from '../format/recovery.ts'
import { BallotPaper } from './BallotPaper.tsx'
import { type PaperAnswer } from './booth-deeds.ts'
import { BoothLimits } from './BoothLimits.tsx'
import { forget, keep, keptOn, seedBytes, type Kept } from './booth-store.ts'
import { Draw } from './Draw.tsx'
import './booth.css'

/** Where one votes: a plain form, wide as a phone. With a paper already drawn it asks the server nothing any more. */
export function BoothPage(): ReactElement {
  const voteId = Number(useParams({ strict: false })['id'])
  // Two people's papers on one phone: which one is told by who signs in.
  const [kept, setKept] = useState<Kept | null>(() => (keptOn(voteId).length === 1 ? keptOn(voteId)[0]! : null))
  const paper = useQuery({
    queryKey: ['paper', voteId],
    queryFn: () => get<PaperAnswer>(`/api/votes/${voteId}/paper`),
    enabled: kept === null,
    retry: false,
    gcTime: 0,
  })
  const keepIt = (next: Kept): void => {
    keep(voteId, next)
    setKept(next)
  }
  return (
    <main className="booth">
      {kept ? (
        <>
          <h1>{kept.title}</h1>
          <p className="booth-whose">
            {kept.name}的选票
            <button type="button" className="link" onClick={() => setKept(null)}>
              不是本人
            </button>
          </p>
          {kept.sheets.map((sheet, at) => (
            <BallotPaper key={sheet.eid} kept={kept} at={at} keepIt={keepIt} />
          ))}
          <Voucher voteId={voteId} kept={kept} />
        </>
      ) : (
        <Loaded query={paper}>
          {(answer) => {
            const own = keptOn(voteId).find((one) => one.reference === answer.reference)
            return (
              <>
                <h1>{answer.title}</h1>
                <p className="booth-whose">{answer.name}</p>
                {own ? (
                  <Button type="primary" size="large" block onClick={() => setKept(own)}>
                    打开我的选票
                  </Button>
                ) : (
                  <Draw voteId={voteId} paper={answer} drew={keepIt} />
                )}
              </>
            )
          }}
        </Loaded>
      )}
      <BoothLimits />
      <p className="booth-note">
        <Link to={'/my-votes' as never}>返回我的投票</Link>
      </p>
    </main>
  )
}

/** What one needs afterwards; on a phone that others use too, it can be wiped off. */
function Voucher({ voteId, kept }: { voteId: number; kept: Kept }): ReactElement {
  const [sure, setSure] = useState(false)
  const [gone, setGone] = useState(false)
  const done = kept.sheets.every(({ receipt }) => receipt)
  const file = JSON.stringify(kept.sheets.flatMap(({ receipt }) => receipt ?? []))
  if (gone)
    return (
      <p role="status" className="booth-note">
        本机上的选票资料已清除。
      </p>
    )
  return (
    <details className="booth-note">
      <summary>公告编号、恢复码、名册凭据，清除本机资料</summary>
      <p>公告编号（应与大屏幕、公告上的一样）：</p>
      {kept.sheets.map((sheet) => (
        <code key={sheet.eid}>{sheet.eid}</code>
      ))}
      <p>恢复码（换手机时用）：</p>
      <p className="booth-recovery">{recoveryCode(seedBytes(kept))}</p>
      <p>名册凭据（公布后核对本人的领票记录）：</p>
      {kept.sheets.map((sheet) => (
        <code key={sheet.eid}>{JSON.stringify({ reference: kept.reference, salt: sheet.salt })}</code>
      ))}
      <p>异议期过后请销毁恢复码：知道它的人就能知道您投了什么。</p>
      {done && (
        <>
          <p>多人共用的手机，请先保存回执，再清除。清除后本机查不到这张票。</p>
          <a href={`data:application/json,${encodeURIComponent(file)}`} download="回执.json">
            保存回执
          </a>
          <Button
            danger
            block
            onClick={() => {
              if (!sure) return setSure(true)
              forget(voteId, kept)
              setGone(true)
            }}
          >
            {sure ? '确认清除' : '清除本机资料'}
          </Button>
        </>
      )}
    </details>
  )
}
