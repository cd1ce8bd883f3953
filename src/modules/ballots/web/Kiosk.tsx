import { useParams } from '@tanstack/react-router'
import { Button, Input } from 'antd'
import { useEffect, useState, type ReactElement } from 'react'
import { get, post, sentenceOf } from '../../../web/api.ts'
import { BallotPaper } from './BallotPaper.tsx'
import { drawPapers, type PaperAnswer } from './booth-deeds.ts'
import { BoothLimits } from './BoothLimits.tsx'
import { newSeed, type Kept } from './booth-store.ts'
import './booth.css'

/** Seconds until the screen is clean again: after a vote, and where somebody walked away. */
const afterVoting = 20
const afterNothing = 180

/**
 * The station's own device. Nothing is stored on it: seed, choice and receipt live in this component, and go with it. The
 * next voter meets an empty screen.
 */
export function KioskPage(): ReactElement {
  const { id } = useParams({ strict: false }) as { id: string }
  const [round, setRound] = useState(0)
  // Fetched before anybody votes: a request right after a ballot would tell the server its minute.
  useEffect(() => void import('qrcode'), [])
  return <OneVoter key={round} voteId={Number(id)} next={() => setRound(round + 1)} />
}

function OneVoter({ voteId, next }: { voteId: number; next: () => void }): ReactElement {
  const [slip, setSlip] = useState('')
  // Made once per voter: a broken line asks again with the same numbers.
  const [seed] = useState(newSeed)
  const [kept, setKept] = useState<Kept | null>(null)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState('')
  const done = kept?.sheets.every(({ receipt }) => receipt) ?? false
  const left = useCountdown(done ? afterVoting : afterNothing, kept !== null || slip !== '', next)
  const draw = async (): Promise<void> => {
    setBusy(true)
    setProblem('')
    try {
      const paper = await get<Pick<PaperAnswer, 'title' | 'boxUrl' | 'papers'>>(`/api/votes/${voteId}/station/paper`)
      const given = {
        ...paper,
        name: '',
        reference: '',
        papers: paper.papers.map((one) => ({ ...one, salt: '' })),
      }
      setKept(
        await drawPapers((papers) => post(`/api/votes/${voteId}/station/draw`, { code: slip, papers }), given, seed),
      )
    } catch (error) {
      setProblem(sentenceOf(error))
    }
    setBusy(false)
  }
  return (
    <main className="booth">
      <h1>{kept ? kept.title : '投票机'}</h1>
      {kept ? (
        <>
          {kept.sheets.map((sheet, at) => (
            <BallotPaper key={sheet.eid} kept={kept} at={at} keepIt={setKept} station />
          ))}
          {done ? (
            <>
              <p role="status">需要回执的请现在打印。{left} 秒后自动清屏，本机什么也不留。</p>
              <Button size="large" block onClick={() => window.print()}>
                打印回执
              </Button>
              <Button type="primary" size="large" block onClick={next}>
                清屏，下一位
              </Button>
            </>
          ) : (
            left <= 30 && <p role="status">没有操作，{left} 秒后清屏。已抽的领票条不能再用，请先投票。</p>
          )}
        </>
      ) : (
        <form
          aria-label="领票"
          onSubmit={(event) => {
            event.preventDefault()
            void draw()
          }}
        >
          <p>请先在投票站登记，再从箱里抽一张领票条。</p>
          <label className="booth-code" htmlFor="slip">
            领票条上的十个字母和数字
          </label>
          <Input
            id="slip"
            value={slip}
            onChange={(event) => setSlip(event.target.value)}
            autoComplete="off"
            size="large"
          />
          <p role="alert" className="booth-problem">
            {problem}
          </p>
          <Button type="primary" size="large" block htmlType="submit" loading={busy}>
            领票
          </Button>
        </form>
      )}
      <BoothLimits />
    </main>
  )
}

/** Seconds left; a touch or a key gives the time back. */
function useCountdown(seconds: number, running: boolean, over: () => void): number {
  const [left, setLeft] = useState(seconds)
  useEffect(() => setLeft(seconds), [seconds])
  useEffect(() => {
    if (!running) return
    const tick = setInterval(() => setLeft((now) => now - 1), 1000)
    const stir = (): void => setLeft(seconds)
    for (const kind of ['pointerdown', 'keydown'] as const) window.addEventListener(kind, stir)
    return () => {
      clearInterval(tick)
      for (const kind of ['pointerdown', 'keydown'] as const) window.removeEventListener(kind, stir)
    }
  }, [running, seconds])
  useEffect(() => {
    if (left <= 0) over()
  }, [left, over])
  return Math.max(0, left)
}
