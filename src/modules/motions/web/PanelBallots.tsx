import { Button, Input } from 'antd'
import { useState, type ReactElement } from 'react'
import { post } from '../../../web/api.ts'
import { ChoiceField } from '../../../web/ui/ChoiceField.tsx'
import { Dialog } from '../../../web/ui/Dialog.tsx'
import { LabelledField, parseNumber } from '../../../web/ui/FieldInput.tsx'
import { LinkButton } from '../../../web/ui/LinkButton.tsx'
import { Card } from '../../../web/ui/Page.tsx'
import { PersonPicker, type Named } from '../../../web/ui/PersonPicker.tsx'
import { Empty } from '../../../web/ui/states.tsx'
import { Verdict } from '../../../web/ui/Verdict.tsx'
import type { BoxState } from '../../ballots/contract.ts'
import { MOTION_AWARDS, UNIT_AWARD } from '../words.ts'
import { useRefresh } from './Deeds.tsx'
import type { PanelShape } from './shapes.ts'

/** The ballots of the delegates: counted by two, announced by whoever leads the choice. */
export function PanelBallots({ panel }: { panel: PanelShape }): ReactElement {
  const [announcing, setAnnouncing] = useState<number | null>(null)
  const [opening, setOpening] = useState<number | null>(null)
  const [calling, setCalling] = useState<number | null>(null)
  const refresh = useRefresh()
  if (panel.ballots.length === 0)
    return (
      <Card>
        <Empty small title="还没有投票">
          大会签到开始以后发票，由到会代表评选；两名监票人分别录入，一致后宣布。
        </Empty>
      </Card>
    )
  return (
    <>
      {panel.ballots.map(({ award, vote, result, box }) => (
        <Card
          key={vote.id}
          title={`${award}${vote.round > 1 ? `（第 ${vote.round} 次投票）` : ''}`}
          aside={
            ['issuing', 'draft'].includes(vote.state) &&
            panel.leads && (
              <span className="row">
                <Button onClick={() => setCalling(vote.id)}>作废</Button>
                {vote.mode === 'secret' && <LinkButton to={`/votes/${vote.id}`}>票箱</LinkButton>}
                {vote.mode === 'paper' && <LinkButton to={`/votes/${vote.id}/count`}>录入计票</LinkButton>}
                {vote.state === 'draft' && (
                  <Button type="primary" onClick={() => setOpening(vote.id)}>
                    开始发票
                  </Button>
                )}
                {vote.state === 'issuing' && (vote.mode === 'paper' || box === 'published') && (
                  <Button type="primary" onClick={() => setAnnouncing(vote.id)}>
                    宣布计票
                  </Button>
                )}
              </span>
            )
          }
        >
          {result ? <Verdict result={result} /> : <p className="faint">{standingOf(vote.state, box)}</p>}
        </Card>
      ))}
      {opening !== null && (
        <Dialog
          title="开始发票"
          okText="开始发票"
          done="票箱已打开，代表可以用手机领票。"
          close={() => {
            setOpening(null)
            refresh()
          }}
          work={() => post(`/api/motion-panels/${panel.id}/ballots/${opening}/open`)}
        >
          {() => (
            <p>
              至少三名监票人先在“我的监票”里生成密钥。开始后，此刻在场的代表在“我的投票”里凭大屏幕上的会场码领票、投票；在“票箱”里关箱、开箱并公布后，回到这里宣布。
            </p>
          )}
        </Dialog>
      )}
      {calling !== null && <CallOff panel={panel} voteId={calling} close={() => (setCalling(null), refresh())} />}
      {announcing !== null && (
        <Dialog
          title="宣布计票"
          okText="宣布"
          done="计票结果已宣布。"
          close={() => {
            setAnnouncing(null)
            refresh()
          }}
          work={() => post(`/api/motion-panels/${panel.id}/ballots/${announcing}/announce`)}
        >
          {() => <p>得票超过有效票半数的，按票数多少评出；票数相等的再次投票。宣布后不能修改。</p>}
        </Dialog>
      )}
    </>
  )
}

/** What a ballot waits for. */
const standingOf = (state: string, box: BoxState | null): string =>
  state === 'void'
    ? '这次投票已作废。'
    : state === 'draft'
      ? '等监票人生成密钥，然后开始发票。'
      : box === 'open'
        ? '代表正在用手机投票。'
        : box === 'closed'
          ? '票箱已关，等监票人开箱公布。'
          : '投票、计票中。'

function CallOff({ panel, voteId, close }: { panel: PanelShape; voteId: number; close: () => void }): ReactElement {
  const [reason, setReason] = useState('')
  return (
    <Dialog
      title="作废这次投票"
      okText="作废"
      danger
      done="已作废。"
      ready={reason.trim() !== ''}
      close={close}
      work={() => post(`/api/motion-panels/${panel.id}/ballots/${voteId}/void`, { reason: reason.trim() })}
    >
      {(errors) => (
        <LabelledField id="o-reason" label="原因" required error={errors['reason']}>
          <Input id="o-reason" maxLength={200} value={reason} onChange={(event) => setReason(event.target.value)} />
        </LabelledField>
      )}
    </Dialog>
  )
}

export function CallBallot({ panel, close }: { panel: PanelShape; close: () => void }): ReactElement {
  const [award, setAward] = useState<string>(MOTION_AWARDS[0])
  const [mode, setMode] = useState<'paper' | 'secret'>('paper')
  const [seats, setSeats] = useState('1')
  const [tellers, setTellers] = useState<Named[]>([])
  return (
    <Dialog
      title="发票评选"
      okText={mode === 'paper' ? '开始发票' : '准备电子票'}
      done={mode === 'paper' ? '可以发票。' : '请监票人生成密钥。'}
      ready={tellers.length >= (mode === 'paper' ? 2 : 3) && seats.trim() !== ''}
      close={close}
      work={() =>
        post(`/api/motion-panels/${panel.id}/ballots`, {
          award,
          seats: parseNumber('integer', seats) ?? seats,
          tellerIds: tellers.map((one) => one.id),
          mode,
        })
      }
    >
      {(errors) => (
        <>
          <p>选票发给此刻在场的代表，列出还没有评上的参评项目。上一次票数相等的，只列相等的几项。</p>
          <ChoiceField
            id="v-award"
            label="评什么"
            error={errors['award']}
            value={award}
            options={[...MOTION_AWARDS, UNIT_AWARD].map((value) => ({ value, label: value }))}
            onChange={setAward}
          />
          <ChoiceField
            id="v-mode"
            label="投票方式"
            error={errors['mode']}
            help="都不记名。电子票由三名监票人的密钥封存，在场不足十人的用纸质票"
            value={mode}
            options={[
              { value: 'paper', label: '纸质票，两人分别计票' },
              { value: 'secret', label: '会场内手机投票（电子票箱）' },
            ]}
            onChange={setMode}
          />
          <LabelledField id="v-seats" label="评几项" required error={errors['seats']}>
            <Input id="v-seats" inputMode="numeric" value={seats} onChange={(event) => setSeats(event.target.value)} />
          </LabelledField>
          <LabelledField
            id="v-tellers"
            label={`监票人、计票人（至少${mode === 'paper' ? '两' : '三'}名）`}
            required
            error={errors['tellerIds']}
          >
            <>
              <PersonPicker
                id="v-tellers"
                label="监票人、计票人（至少两名）"
                membersOnly
                unitId={panel.unitId}
                value={null}
                onChange={(one) => one && setTellers([...tellers.filter((other) => other.id !== one.id), one])}
              />
              <span className="row">
                {tellers.map((one) => (
                  <button
                    key={one.id}
                    type="button"
                    className="link"
                    aria-label={`去掉${one.name}`}
                    onClick={() => setTellers(tellers.filter((other) => other !== one))}
                  >
                    {one.name} ×
                  </button>
                ))}
              </span>
            </>
          </LabelledField>
        </>
      )}
    </Dialog>
  )
}

export function FinishByBallot({ panel, close }: { panel: PanelShape; close: () => void }): ReactElement {
  const chosen = panel.entries.filter((entry) => entry.award)
  return (
    <Dialog
      title="结束评选"
      okText="结束并登记"
      done="已登记。"
      ready={chosen.length > 0}
      close={close}
      work={() => post(`/api/motion-panels/${panel.id}/finish`)}
    >
      {() => (
        <>
          <p>评选结束后不能再投票，结果登记为优秀提案评选。</p>
          <ul>
            {chosen.map((entry) => (
              <li key={entry.id}>
                {entry.award}：{entry.title}
              </li>
            ))}
          </ul>
        </>
      )}
    </Dialog>
  )
}
