import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Checkbox, Input } from 'antd'
import { useState, type ReactElement } from 'react'
import { get, post, put, sentenceOf } from '../../../web/api.ts'
import { useMe } from '../../../web/session.ts'
import { LabelledField } from '../../../web/ui/FieldInput.tsx'
import { LinkButton } from '../../../web/ui/LinkButton.tsx'
import { Card, Page } from '../../../web/ui/Page.tsx'
import { Empty, Loaded, Notice } from '../../../web/ui/states.tsx'
import { StatusTag } from '../../../web/ui/values.tsx'
import { fromText, toText } from '../format/bytes.ts'
import { noblePrimitives as primitives } from '../format/primitives-noble.ts'
import { recoveryCode, seedOf } from '../format/recovery.ts'
import { scrutineerScalar } from '../format/scrutineer.ts'
import './booth.css'
import type { Duty } from '../contract.ts'

/** A scrutineer's keys: made before the box opens, kept on a sheet, given back to open it. */
export function ScrutinyPage(): ReactElement {
  const me = useMe()
  const duties = useQuery({
    queryKey: ['scrutiny'],
    queryFn: () => get<{ duties: Duty[] }>('/api/scrutiny').then((answer) => answer.duties),
    refetchInterval: 10_000,
  })
  return (
    <Page title="我的监票" help="电子票箱由监票人的密钥锁住：发票前各自生成，投票结束后两人以上到齐才能打开。" narrow>
      <Loaded query={duties}>
        {(rows) =>
          rows.length === 0 ? (
            <Card>
              <Empty title="现在没有要您监票的电子投票">
                被推选为监票人、计票人以后，会议准备好选票时会出现在这里。
              </Empty>
            </Card>
          ) : (
            <div className="stack">
              {[...Map.groupBy(rows, (row) => row.subjectPath)].map(([subject, own]) => (
                <Meeting key={subject} place={`${me.data?.personId ?? 0}-${subject}`} duties={own} />
              ))}
            </div>
          )
        }
      </Loaded>
      <Lost />
    </Page>
  )
}

const storeName = (place: string): string => `zhijia-scrutineer-${place}`
const readSeed = (place: string): Uint8Array | null => fromText(localStorage.getItem(storeName(place)) ?? '') || null

/** All votes of one meeting: one key sheet serves them. */
function Meeting({ place, duties }: { place: string; duties: readonly Duty[] }): ReactElement {
  const queries = useQueryClient()
  const [seed, setSeed] = useState(() => readSeed(place))
  const [making, setMaking] = useState(false)
  const refresh = (): void => void queries.invalidateQueries({ queryKey: ['scrutiny'] })
  const waiting = duties.filter((duty) => duty.state === 'waiting')
  const toOpen = duties.filter((duty) => duty.state === 'closed' && duty.made && !duty.opened)
  const missing = waiting.some((duty) => !duty.made)
  return (
    <Card title={duties[0]!.title} aside={<span className="faint">{duties[0]!.heldOn}</span>}>
      <div className="stack">
        <ul className="stack" style={{ gap: 8 }}>
          {duties.map((duty) => (
            <li key={duty.voteId} className="spread">
              <span>{duties.length > 1 ? duty.title : says(duty)}</span>
              <DutyTag duty={duty} />
            </li>
          ))}
        </ul>
        {waiting.length > 0 && !making && (
          <Button type={missing ? 'primary' : 'default'} onClick={() => setMaking(true)}>
            {missing ? '生成我的密钥' : '重新生成密钥'}
          </Button>
        )}
        {making && (
          <MakeKey
            known={missing && duties.some((duty) => duty.made) ? seed : null}
            duties={waiting}
            done={(made) => {
              localStorage.setItem(storeName(place), toText(made))
              setSeed(made)
              setMaking(false)
              refresh()
            }}
          />
        )}
        {toOpen.length > 0 && <OpenBox duties={toOpen} seed={seed} done={refresh} />}
        {duties.some((duty) => duty.state === 'published') && (
          <div>
            <LinkButton to={`/votes/${duties.find((duty) => duty.state === 'published')!.voteId}/publication`}>
              查看公布的结果
            </LinkButton>
          </div>
        )}
      </div>
    </Card>
  )
}

function says(duty: Duty): string {
  if (duty.state === 'waiting') return `已有 ${duty.keys} 人生成密钥，至少 ${duty.threshold + 1} 人才能开始发票。`
  if (duty.state === 'open') return '正在投票。请保管好密钥单，投票结束后用它开箱。'
  if (duty.state === 'closed') return `投票已结束，${duty.openedBy} 人已开箱，需要 ${duty.threshold} 人。`
  return duty.state === 'published' ? '结果已公布。' : '这次投票已作废。'
}

function DutyTag({ duty }: { duty: Duty }): ReactElement {
  if (duty.state === 'waiting')
    return duty.made ? <StatusTag text="密钥已生成" tone="good" /> : <StatusTag text="待生成密钥" tone="warn" />
  if (duty.state === 'open') return <StatusTag text="投票中" tone="info" />
  if (duty.state === 'closed')
    return duty.opened ? <StatusTag text="我已开箱" tone="good" /> : <StatusTag text="待我开箱" tone="warn" />
  return <StatusTag text={duty.state === 'published' ? '已公布' : '已作废'} />
}

/** The key sheet is shown before its public half is given: a key nobody wrote down must lock nothing. */
function MakeKey(props: { known: Uint8Array | null; duties: readonly Duty[]; done: (seed: Uint8Array) => void }) {
  const { known, duties, done } = props
  const [seed] = useState(() => known ?? primitives.random(16))
  const [kept, setKept] = useState(false)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState('')
  const give = async (): Promise<void> => {
    setBusy(true)
    setProblem('')
    try {
      for (const { voteId } of duties) {
        const publicKey = toText(primitives.publicOf(scrutineerScalar(primitives, seed, voteId)))
        await put(`/api/votes/${voteId}/secret/key`, { publicKey })
      }
      done(seed)
    } catch (error) {
      setProblem(sentenceOf(error))
      setBusy(false)
    }
  }
  return (
    <section className="stack" aria-label="密钥单">
      <p>这是您的密钥单。请抄在纸上或打印出来，由您本人保管，不要拍照发给别人，也不要交给会议工作人员：</p>
      <p className="booth-recovery">{recoveryCode(seed)}</p>
      <div className="row">
        <Button onClick={() => window.print()}>打印密钥单</Button>
      </div>
      <Checkbox checked={kept} onChange={(event) => setKept(event.target.checked)}>
        已经抄好，并会保管到结果公布
      </Checkbox>
      <div>
        <Button type="primary" disabled={!kept} loading={busy} onClick={() => void give()}>
          用这把密钥锁票箱
        </Button>
      </div>
      {problem && (
        <div role="alert">
          <Notice tone="bad">{problem}</Notice>
        </div>
      )}
    </section>
  )
}

function OpenBox(props: { duties: readonly Duty[]; seed: Uint8Array | null; done: () => void }): ReactElement {
  const { duties, seed, done } = props
  const [code, setCode] = useState('')
  const [typing, setTyping] = useState(seed === null)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState('')
  const open = async (): Promise<void> => {
    const used = typing ? seedOf(code) : seed
    if (!used) return setProblem('密钥不对：应是 26 个字母和数字，请对照密钥单。')
    setBusy(true)
    setProblem('')
    try {
      for (const { voteId } of duties)
        await post(`/api/votes/${voteId}/secret/key`, { secret: toText(scrutineerScalar(primitives, used, voteId)) })
      done()
    } catch (error) {
      setProblem(sentenceOf(error))
      setTyping(true)
    }
    setBusy(false)
  }
  return (
    <form
      className="stack"
      aria-label="开箱"
      onSubmit={(event) => {
        event.preventDefault()
        void open()
      }}
    >
      <p>投票已经结束。交出密钥以后，这次投票的票就能打开；密钥会随结果公布，只对这一次投票有用。</p>
      {typing && (
        <LabelledField id="scrutineer-code" label="密钥单上的 26 个字母和数字" required>
          <Input
            id="scrutineer-code"
            value={code}
            autoComplete="off"
            onChange={(event) => setCode(event.target.value)}
          />
        </LabelledField>
      )}
      {problem && (
        <div role="alert">
          <Notice tone="bad">{problem}</Notice>
        </div>
      )}
      <div className="row">
        <Button type="primary" htmlType="submit" loading={busy}>
          {typing ? '开箱' : '用本机的密钥开箱'}
        </Button>
        {!typing && <Button onClick={() => setTyping(true)}>改用密钥单</Button>}
      </div>
    </form>
  )
}

function Lost(): ReactElement {
  return (
    <details className="booth-note">
      <summary>密钥单丢了怎么办</summary>
      <ul className="stack" style={{ gap: 6, marginTop: 8 }}>
        <li>还没有开始发票：重新生成一次，旧的自动作废。</li>
        <li>已经开始发票：不能再换。请马上告诉总监票人，由其他监票人开箱；三人中有两人的密钥就能打开。</li>
        <li>剩下的密钥不够两人：这次的票谁也打不开，只能作废，重新投票。所以请多一人生成密钥，各自保管。</li>
        <li>密钥被别人看到：两人的密钥凑在一起能提前看到结果，请告诉总监票人，记入会议记录。</li>
      </ul>
    </details>
  )
}
