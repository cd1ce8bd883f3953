import { useMutation } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { useState, type ReactElement } from 'react'
import { post, Refusal } from '../../../web/api.ts'
import { Dialog } from '../../../web/ui/Dialog.tsx'
import { LabelledField } from '../../../web/ui/FieldInput.tsx'
import { Empty, Notice, Problem } from '../../../web/ui/states.tsx'
import { useRefresh } from './Election.tsx'
import { SittingSignIn } from './SittingSignIn.tsx'
import { Tellers } from './Tellers.tsx'
import { BallotModeLine } from './BallotMode.tsx'
import type { DetailShape, SittingShape } from './shapes.ts'

/** Each meeting: who is expected, who came, who counts, and the papers handed out. */
export function Sittings({ detail }: { detail: DetailShape }): ReactElement {
  const early = ['plan', 'review'].includes(detail.election.state)
  return (
    <div className="election-pane stack">
      {early ? (
        <Empty small title="方案批复以后确定名册">
          应到会名册按选举日有选举权的会员生成，保留会籍的不在其内。
        </Empty>
      ) : (
        detail.sittings.map((sitting) => <OneSitting key={sitting.id} detail={detail} sitting={sitting} />)
      )}
    </div>
  )
}

function OneSitting({ detail, sitting }: { detail: DetailShape; sitting: SittingShape }): ReactElement {
  const refresh = useRefresh(detail.election.id)
  const [asking, setAsking] = useState<'tellers' | 'issue' | null>(null)
  const races = detail.races.filter((race) => race.sittingId === sitting.id)
  const tellers = detail.tellers.filter((teller) => teller.sittingId === sitting.id)
  const opened = races.some((race) => race.standing !== 'unopened')
  const drafts = races.some((race) => race.standing === 'draft')
  const work = useMutation({
    mutationFn: (path: 'roll' | 'prepare') => post(`/api/sittings/${sitting.id}/${path}`),
    onSuccess: refresh,
  })
  const { state } = detail.election
  const live = detail.may.write && ['preparing', 'publicity', 'meeting'].includes(state)
  const need = Math.floor((2 * sitting.expected + 2) / 3)
  return (
    <section className="stack" style={{ gap: 10 }} aria-label={sitting.title}>
      <div className="spread">
        <h2>{sitting.title}</h2>
        {live && (
          <span className="row">
            {!opened && (
              <Button onClick={() => work.mutate('roll')} loading={work.isPending}>
                {sitting.frozen ? '重新生成名册' : '确定名册'}
              </Button>
            )}
            {!opened && <Button onClick={() => setAsking('tellers')}>确定监票人、计票人</Button>}
            {state === 'meeting' && sitting.frozen && races.some((race) => race.standing === 'unopened') && (
              <Button onClick={() => work.mutate('prepare')}>准备选票</Button>
            )}
            {state === 'meeting' && drafts && (
              <Button type="primary" onClick={() => setAsking('issue')}>
                开始发票
              </Button>
            )}
          </span>
        )}
      </div>
      {work.error && <Problem error={work.error} />}
      <p>
        {sitting.frozen
          ? `应到会 ${sitting.expected} 人，到会 ${sitting.present} 人，至少 ${need} 人到会方可选举。`
          : '还没有确定名册。'}
        {tellers.length > 0 && ` 监票、计票：${tellers.map((one) => `${one.name}（${one.duty}）`).join('、')}。`}
      </p>
      <BallotModeLine detail={detail} sitting={sitting} />
      {sitting.frozen && (
        <SittingSignIn
          sitting={sitting}
          electionId={detail.election.id}
          open={live && ['publicity', 'meeting'].includes(state) && !races.every((race) => race.standing === 'settled')}
        />
      )}
      {asking === 'tellers' && (
        <Tellers
          sitting={sitting}
          known={tellers}
          close={() => {
            setAsking(null)
            refresh()
          }}
        />
      )}
      {asking === 'issue' && (
        <Issue
          sitting={sitting}
          close={() => {
            setAsking(null)
            refresh()
          }}
        />
      )}
    </section>
  )
}

/** Handing out; where a rule that must hold doesn't, it can still be recorded, and is never valid. */
function Issue({ sitting, close }: { sitting: SittingShape; close: () => void }): ReactElement {
  const [despite, setDespite] = useState('')
  const [blocked, setBlocked] = useState(false)
  return (
    <Dialog
      title={`${sitting.title}开始发票`}
      okText="开始发票"
      done="名册和规则已锁定，可以发票。"
      close={close}
      work={() =>
        post(`/api/sittings/${sitting.id}/issue`, { ...(despite.trim() && { despite: despite.trim() }) }).catch(
          (error: unknown) => {
            if (error instanceof Refusal && error.code === 'gates-block') setBlocked(true)
            throw error
          },
        )
      }
    >
      {(errors) => (
        <>
          <p>
            应到会 {sitting.expected} 人，到会 {sitting.present} 人。开始发票后，名册、候选人和规则一起锁定，不能再改。
          </p>
          {blocked && (
            <>
              <Notice tone="bad">未达到规定仍要发票的，系统如实记录经过，但这次选举不能宣布有效。</Notice>
              <LabelledField id="i-despite" label="仍然发票的理由" error={errors['despite']}>
                <Input
                  id="i-despite"
                  maxLength={400}
                  value={despite}
                  onChange={(event) => setDespite(event.target.value)}
                />
              </LabelledField>
            </>
          )}
        </>
      )}
    </Dialog>
  )
}
