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
import { MOTION_AWARDS, UNIT_AWARD } from '../words.ts'
import { useRefresh } from './Deeds.tsx'
import type { PanelShape } from './shapes.ts'

/** The ballots of the delegates: counted by two, announced by whoever leads the choice. */
export function PanelBallots({ panel }: { panel: PanelShape }): ReactElement {
  const [announcing, setAnnouncing] = useState<number | null>(null)
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
      {panel.ballots.map(({ award, vote, result }) => (
        <Card
          key={vote.id}
          title={`${award}${vote.round > 1 ? `（第 ${vote.round} 次投票）` : ''}`}
          aside={
            vote.state === 'issuing' &&
            panel.leads && (
              <span className="row">
                <LinkButton to={`/votes/${vote.id}/count`}>录入计票</LinkButton>
                <Button type="primary" onClick={() => setAnnouncing(vote.id)}>
                  宣布计票
                </Button>
              </span>
            )
          }
        >
          {result ? (
            <Verdict result={result} />
          ) : (
            <p className="faint">{vote.state === 'void' ? '这次投票已作废。' : '投票、计票中。'}</p>
          )}
        </Card>
      ))}
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

export function CallBallot({ panel, close }: { panel: PanelShape; close: () => void }): ReactElement {
  const [award, setAward] = useState<string>(MOTION_AWARDS[0])
  const [seats, setSeats] = useState('1')
  const [tellers, setTellers] = useState<Named[]>([])
  return (
    <Dialog
      title="发票评选"
      okText="开始发票"
      done="可以发票。"
      ready={tellers.length >= 2 && seats.trim() !== ''}
      close={close}
      work={() =>
        post(`/api/motion-panels/${panel.id}/ballots`, {
          award,
          seats: parseNumber('integer', seats) ?? seats,
          tellerIds: tellers.map((one) => one.id),
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
          <LabelledField id="v-seats" label="评几项" required error={errors['seats']}>
            <Input id="v-seats" inputMode="numeric" value={seats} onChange={(event) => setSeats(event.target.value)} />
          </LabelledField>
          <LabelledField id="v-tellers" label="监票人、计票人（至少两名）" required error={errors['tellerIds']}>
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
