import { Button, Input } from 'antd'
import { useState, type ReactElement } from 'react'
import { post } from '../../../web/api.ts'
import { Dialog } from '../../../web/ui/Dialog.tsx'
import { LabelledField, parseNumber } from '../../../web/ui/FieldInput.tsx'
import { LinkButton } from '../../../web/ui/LinkButton.tsx'
import { Empty } from '../../../web/ui/states.tsx'
import { StatusTag } from '../../../web/ui/values.tsx'
import { Verdict } from '../../../web/ui/Verdict.tsx'
import { AnnounceCount } from './Announce.tsx'
import { useRefresh } from './Election.tsx'
import type { DetailShape, RaceShape } from './shapes.ts'

const STANDINGS: Readonly<Record<RaceShape['standing'], [string, '' | 'good' | 'warn' | 'bad' | 'info']>> = {
  unopened: ['未发票', ''],
  draft: ['待发票', ''],
  counting: ['计票中', 'info'],
  tied: ['得票相等，须再次投票', 'warn'],
  short: ['当选人不足', 'warn'],
  void: ['投票无效', 'bad'],
  settled: ['已有结果', 'good'],
}

/** Every contest with its ballots, verdicts and what comes next. */
export function Results({ detail }: { detail: DetailShape }): ReactElement {
  const [asking, setAsking] = useState<{ kind: 'close' | 'again' | 'reduce'; race: RaceShape } | null>(null)
  const refresh = useRefresh(detail.election.id)
  const close = (): void => {
    setAsking(null)
    refresh()
  }
  const acting = detail.may.write && detail.election.state === 'meeting'
  return (
    <div className="election-pane stack">
      {detail.races.map((race) => {
        const ballots = detail.ballots.filter((ballot) => ballot.raceId === race.id)
        const open = ballots.at(-1)
        const elected = detail.elected.filter((one) => one.raceId === race.id)
        return (
          <section key={race.id} className="stack" style={{ gap: 10 }} aria-label={race.title}>
            <div className="spread">
              <h2 className="row">
                {race.title}
                <StatusTag text={STANDINGS[race.standing][0]} tone={STANDINGS[race.standing][1]} />
              </h2>
              <span className="row">
                {open && race.standing === 'counting' && (
                  <LinkButton to={`/votes/${open.vote.id}/count`}>录入计票</LinkButton>
                )}
                {open && <LinkButton to={`/votes/${open.vote.id}`}>名册</LinkButton>}
                {acting && race.standing === 'counting' && (
                  <Button
                    type="primary"
                    onClick={() => setAsking({ kind: 'close', race })}
                    aria-label={`宣布计票：${race.title}`}
                  >
                    宣布计票
                  </Button>
                )}
                {acting && ['tied', 'short', 'void'].includes(race.standing) && (
                  <Button type="primary" onClick={() => setAsking({ kind: 'again', race })}>
                    再次投票
                  </Button>
                )}
                {acting && race.standing === 'short' && (
                  <Button onClick={() => setAsking({ kind: 'reduce', race })}>减少名额</Button>
                )}
              </span>
            </div>
            {elected.length > 0 && (
              <p>
                当选：<b>{elected.map((one) => one.name).join('、')}</b>
                {race.reducedTo !== null &&
                  `（名额由 ${race.seats} 名减为 ${race.reducedTo} 名，${race.consented} 人同意）`}
              </p>
            )}
            {ballots.length === 0 && (
              <Empty small title="还没有投票">
                签到、准备选票并开始发票以后，由两人分别录入计票。
              </Empty>
            )}
            {ballots
              .filter((ballot) => ballot.result)
              .map((ballot) => (
                <div key={ballot.vote.id}>
                  {ballots.length > 1 && <h3>第 {ballot.vote.round} 次投票</h3>}
                  <Verdict result={ballot.result!} />
                </div>
              ))}
          </section>
        )
      })}
      {asking?.kind === 'close' && <AnnounceCount race={asking.race} close={close} />}
      {asking?.kind === 'again' && <Again race={asking.race} close={close} />}
      {asking?.kind === 'reduce' && <Reduce race={asking.race} close={close} />}
    </div>
  )
}

function Again({ race, close }: { race: RaceShape; close: () => void }): ReactElement {
  const says = {
    tied: '只就得票相等的候选人再次投票，得赞成票多的当选。',
    short: '就没有当选的候选人，为空缺的名额再次投票。',
    void: '原候选人重新投票，上一次的记录保留。',
  }[race.standing as 'tied' | 'short' | 'void']
  return (
    <Dialog
      title={`再次投票：${race.title}`}
      okText="开始再次投票"
      done="可以发票。"
      close={close}
      work={() => post(`/api/races/${race.id}/next-ballot`)}
    >
      {() => <p>{says}选票发给现在签到在场的人。</p>}
    </Dialog>
  )
}

function Reduce({ race, close }: { race: RaceShape; close: () => void }): ReactElement {
  const [yes, setYes] = useState('')
  return (
    <Dialog
      title={`减少名额：${race.title}`}
      okText="减少名额"
      done="已减少名额。"
      ready={yes.trim() !== ''}
      close={close}
      work={() => post(`/api/races/${race.id}/reduce`, { yes: parseNumber('integer', yes) ?? yes })}
    >
      {(errors) => (
        <>
          <p>须经应到会过半数同意，并且仍在规定的委员人数以内。</p>
          <LabelledField id="r-yes" label="同意人数" required error={errors['yes']}>
            <Input id="r-yes" inputMode="numeric" value={yes} onChange={(event) => setYes(event.target.value)} />
          </LabelledField>
        </>
      )}
    </Dialog>
  )
}
