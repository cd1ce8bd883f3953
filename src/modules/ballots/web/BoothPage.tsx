import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { Button, Input } from 'antd'
import { useState, type ReactElement } from 'react'
import { get, sentenceOf } from '../../../web/api.ts'
import { Loaded } from '../../../web/ui/states.tsx'
import { recoveryCode, seedOf } from '../format/recovery.ts'
import { BallotPaper } from './BallotPaper.tsx'
import { drawPapers, type PaperAnswer } from './booth-deeds.ts'
import { BoothLimits } from './BoothLimits.tsx'
import { newSeed, readKept, seedBytes, type Kept } from './booth-store.ts'
import './booth.css'

/** Where one votes: a plain form, wide as a phone. With a paper already drawn it asks the server nothing any more. */
export function BoothPage(): ReactElement {
  const voteId = Number(useParams({ strict: false })['id'])
  const [kept, setKept] = useState<Kept | null>(() => readKept(voteId))
  const paper = useQuery({
    queryKey: ['paper', voteId],
    queryFn: () => get<PaperAnswer>(`/api/votes/${voteId}/paper`),
    enabled: kept === null,
    retry: false,
  })
  return (
    <main className="booth">
      {kept ? (
        <>
          <h1>{kept.title}</h1>
          {kept.sheets.map((sheet, at) => (
            <BallotPaper key={sheet.eid} voteId={voteId} kept={kept} at={at} keepIt={setKept} />
          ))}
          <RecoveryNote kept={kept} />
        </>
      ) : (
        <Loaded query={paper}>
          {(answer) => (
            <>
              <h1>{answer.title}</h1>
              <Draw voteId={voteId} paper={answer} drew={setKept} />
            </>
          )}
        </Loaded>
      )}
      <BoothLimits />
    </main>
  )
}

function Draw(props: { voteId: number; paper: PaperAnswer; drew: (kept: Kept) => void }): ReactElement {
  const { voteId, paper, drew } = props
  const [seed] = useState(newSeed)
  const [code, setCode] = useState('')
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState('')
  const again = paper.drawn === 'booth'
  if (paper.papers[0]?.state !== 'open') return <p className="booth-note">这次投票已经结束，不能再领票。</p>
  if (paper.drawn && !again) return <p className="booth-note">您已经领了纸质票，请在会场投票。</p>
  const draw = async (): Promise<void> => {
    const used = again ? seedOf(code) : seed
    if (!used) return setProblem('恢复码不对：应是 26 个字母和数字，请对照抄下的纸条。')
    setBusy(true)
    setProblem('')
    await drawPapers(voteId, paper, used).then(drew, (error: unknown) => setProblem(sentenceOf(error)))
    setBusy(false)
  }
  return (
    <section aria-label="领票">
      {again ? (
        <label className="booth-code">
          您的选票已经领过。换了手机或清除过数据的，请输入领票时抄下的恢复码：
          <Input value={code} onChange={(event) => setCode(event.target.value)} autoComplete="off" size="large" />
        </label>
      ) : (
        <>
          <p>第一步：请把恢复码抄在纸上。手机坏了或换手机时，凭它才能继续投票。</p>
          <p className="booth-recovery" aria-label="恢复码">
            {recoveryCode(seed)}
          </p>
        </>
      )}
      <Button type="primary" size="large" block loading={busy} onClick={() => void draw()}>
        {again ? '找回选票' : '已抄好，领票'}
      </Button>
      <p role="alert" className="booth-problem">
        {problem}
      </p>
    </section>
  )
}

function RecoveryNote({ kept }: { kept: Kept }): ReactElement {
  return (
    <details className="booth-note">
      <summary>恢复码和名册凭据</summary>
      <p className="booth-recovery">{recoveryCode(seedBytes(kept))}</p>
      <p>名册凭据（公布后核对本人的领票记录）：</p>
      {kept.sheets.map((sheet) => (
        <code key={sheet.eid}>{JSON.stringify({ reference: kept.reference, salt: sheet.salt })}</code>
      ))}
      <p>异议期过后请销毁恢复码：知道它的人就能知道您投了什么。</p>
    </details>
  )
}
