import { Button, Input } from 'antd'
import { useState, type ReactElement } from 'react'
import { sentenceOf } from '../../../web/api.ts'
import { timeText } from '../../../web/ui/values.tsx'
import { recoveryCode, seedOf } from '../format/recovery.ts'
import { drawPapers, type Ask, type PaperAnswer } from './booth-deeds.ts'
import { canKeep, newSeed, type Kept } from './booth-store.ts'

/** Taking the paper (领票): the recovery code first, then one press. In the hall with the code of its screen. */
export function Draw(props: {
  paper: PaperAnswer
  /** @param hall digits of the hall's screen, empty where it needs none */
  ask: (hall: string) => Ask
  drew: (kept: Kept) => void
}): ReactElement {
  const { paper, ask, drew } = props
  const [seed] = useState(newSeed)
  const [recovery, setRecovery] = useState('')
  const [hall, setHall] = useState('')
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState('')
  const again = paper.drawn === 'booth'
  if (paper.papers[0]?.state !== 'open') return <p className="booth-note">这次投票已经结束，不能再领票。</p>
  if (paper.drawn && !again)
    return (
      <p className="booth-note">
        {paper.drawn === 'kiosk'
          ? '您已在投票站登记，请在投票站投票。一人一票，不能再用手机领。'
          : '您已经领了纸质票，请在会场投票。一人一票，不能再用手机领。'}
      </p>
    )
  const draw = async (): Promise<void> => {
    const used = again ? seedOf(recovery) : seed
    if (!used) return setProblem('恢复码不对：应是 26 个字母和数字，请对照抄下的纸条。')
    if (!canKeep())
      return setProblem('这个浏览器不能保存选票（可能是无痕浏览），领了也会丢。请换普通窗口或系统浏览器再领票。')
    setBusy(true)
    setProblem('')
    await drawPapers(ask(hall.trim()), paper, used)
      .then(drew)
      .catch((error: unknown) => setProblem(sentenceOf(error)))
    setBusy(false)
  }
  return (
    <form
      aria-label="领票"
      onSubmit={(event) => {
        event.preventDefault()
        void draw()
      }}
    >
      {again ? (
        <>
          <label className="booth-code" htmlFor="recovery">
            您的选票已经领过。换了手机或清除过数据的，请输入领票时抄下的恢复码：
          </label>
          <Input
            id="recovery"
            value={recovery}
            onChange={(event) => setRecovery(event.target.value)}
            autoComplete="off"
            size="large"
          />
          <p className="booth-note">
            已经投过的，找回后再投会提示“已经投出”，以先投的为准。没有恢复码就找不回这张票；不是您本人领的，请马上告诉监票人。
          </p>
        </>
      ) : (
        <>
          {paper.venue === 'hall' && (
            <>
              <label className="booth-code" htmlFor="hall">
                会场码（大屏幕上的六位数字，每分钟更换）
              </label>
              <Input
                id="hall"
                value={hall}
                onChange={(event) => setHall(event.target.value)}
                inputMode="numeric"
                autoComplete="off"
                maxLength={7}
                size="large"
              />
            </>
          )}
          <Recovery seed={seed} meeting={paper.profile === 'meeting'} />
          {paper.profile !== 'meeting' && <Hours paper={paper} />}
        </>
      )}
      <Button type="primary" size="large" block htmlType="submit" loading={busy}>
        {again ? '找回选票' : '领票'}
      </Button>
      <p role="alert" className="booth-problem">
        {problem}
      </p>
    </form>
  )
}

/** In a meeting, where one votes at once on the same phone, the code is in the second row; over days it comes first. */
function Recovery({ seed, meeting }: { seed: Uint8Array; meeting: boolean }): ReactElement {
  const [copied, setCopied] = useState(false)
  const code = recoveryCode(seed)
  const body = (
    <>
      <p className="booth-recovery">{code}</p>
      <Button
        onClick={() =>
          void navigator.clipboard.writeText(code).then(
            () => setCopied(true),
            () => setCopied(false),
          )
        }
      >
        {copied ? '已复制' : '复制恢复码'}
      </Button>
    </>
  )
  return meeting ? (
    <details className="booth-note">
      <summary>恢复码（领票后要换手机才用得到）</summary>
      {body}
    </details>
  ) : (
    <section aria-label="恢复码" className="booth-note">
      <p>请先把恢复码抄在纸上或保存好。手机坏了、换了手机，凭它才能继续投票。</p>
      {body}
    </section>
  )
}

/** Why one draws now and votes later: drawn and cast in one go, the hours alone would give most voters away. */
function Hours({ paper }: { paper: PaperAnswer }): ReactElement {
  const { notes } = JSON.parse(paper.papers[0]!.opening) as { notes: Record<string, unknown> }
  const from = typeof notes['castFrom'] === 'string' ? notes['castFrom'] : null
  const to = typeof notes['castTo'] === 'string' ? notes['castTo'] : null
  return (
    <p className="booth-note">
      {from && `${timeText(from)} 起投票。`}
      {to && `${timeText(to)} 截止。`}
      先领票，隔一段时间再投，最好在会场或公共网络上投：领了马上投，看着服务器的人可以从时间上猜出是谁的票。
    </p>
  )
}
