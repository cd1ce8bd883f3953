import { useMutation, useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { Button, Input } from 'antd'
import { useState, type ReactElement } from 'react'
import { get, post, sentenceOf } from '../../../web/api.ts'
import { Loaded } from '../../../web/ui/states.tsx'
import { recoveryCode } from '../format/recovery.ts'
import { BallotPaper } from './BallotPaper.tsx'
import { askAsMyself, askByCode, type Ask, type PaperAnswer } from './booth-deeds.ts'
import { BoothLimits } from './BoothLimits.tsx'
import { forget, keep, keptOn, seedBytes, type Kept } from './booth-store.ts'
import { Draw } from './Draw.tsx'
import './booth.css'

/** Where one votes: a plain form, wide as a phone. With a paper already drawn it asks the server nothing any more. */
export function BoothPage(): ReactElement {
  const voteId = Number(useParams({ strict: false })['id'])
  return <Booth voteId={voteId}>{(drew) => <MyPaper voteId={voteId} drew={drew} />}</Booth>
}

/** For those without an account: the code on their own slip instead of signing in. */
export function CodeBoothPage(): ReactElement {
  const voteId = Number(useParams({ strict: false })['id'])
  return <Booth voteId={voteId}>{(drew) => <PaperByCode voteId={voteId} drew={drew} />}</Booth>
}

/** The papers on this phone first; `children` fetch one where there is none. */
function Booth(props: { voteId: number; children: (drew: (kept: Kept) => void) => ReactElement }): ReactElement {
  const { voteId } = props
  // Two people's papers on one phone: which one is told by who signs in.
  const [kept, setKept] = useState<Kept | null>(() => (keptOn(voteId).length === 1 ? keptOn(voteId)[0]! : null))
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
        props.children(keepIt)
      )}
      <BoothLimits />
      <p className="booth-note">
        <Link to={'/my-votes' as never}>返回我的投票</Link>
      </p>
    </main>
  )
}

function MyPaper({ voteId, drew }: { voteId: number; drew: (kept: Kept) => void }): ReactElement {
  const paper = useQuery({
    queryKey: ['paper', voteId],
    queryFn: () => get<PaperAnswer>(`/api/votes/${voteId}/paper`),
    retry: false,
    gcTime: 0,
  })
  return (
    <Loaded query={paper}>
      {(answer) => <Take voteId={voteId} paper={answer} ask={(hall) => askAsMyself(voteId, hall)} drew={drew} />}
    </Loaded>
  )
}

function PaperByCode({ voteId, drew }: { voteId: number; drew: (kept: Kept) => void }): ReactElement {
  const [code, setCode] = useState('')
  const look = useMutation({
    mutationFn: () => post<PaperAnswer>(`/api/votes/${voteId}/code/paper`, { code }),
  })
  if (look.data)
    return <Take voteId={voteId} paper={look.data} ask={(hall) => askByCode(voteId, code, hall)} drew={drew} />
  return (
    <form
      aria-label="领票码"
      onSubmit={(event) => {
        event.preventDefault()
        look.mutate()
      }}
    >
      <h1>凭领票码投票</h1>
      <label className="booth-code" htmlFor="voter-code">
        发给您本人的领票码（十个字母和数字）
      </label>
      <Input
        id="voter-code"
        value={code}
        onChange={(event) => setCode(event.target.value)}
        autoComplete="off"
        size="large"
      />
      <p role="alert" className="booth-problem">
        {look.error && sentenceOf(look.error)}
      </p>
      <Button type="primary" size="large" block htmlType="submit" loading={look.isPending}>
        下一步
      </Button>
    </form>
  )
}

/** A paper that is on this phone already is opened, not drawn again. */
function Take(props: {
  voteId: number
  paper: PaperAnswer
  ask: (hall: string) => Ask
  drew: (kept: Kept) => void
}): ReactElement {
  const { voteId, paper, ask, drew } = props
  const own = keptOn(voteId).find((one) => one.reference === paper.reference)
  return (
    <>
      <h1>{paper.title}</h1>
      <p className="booth-whose">{paper.name}</p>
      {own ? (
        <Button type="primary" size="large" block onClick={() => drew(own)}>
          打开我的选票
        </Button>
      ) : (
        <Draw paper={paper} ask={ask} drew={drew} />
      )}
    </>
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
