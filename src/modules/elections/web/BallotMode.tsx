import { Button, Input, Radio } from 'antd'
import { useState, type ReactElement } from 'react'
import { put } from '../../../web/api.ts'
import { Dialog } from '../../../web/ui/Dialog.tsx'
import { LabelledField } from '../../../web/ui/FieldInput.tsx'
import { LinkButton } from '../../../web/ui/LinkButton.tsx'
import { useRefresh } from './Election.tsx'
import type { DetailShape, SittingShape } from './shapes.ts'

type Way = 'paper' | 'hall' | 'remote'

/** How a sitting votes, in a sentence, with the change where it still may be changed and the way to the electronic box. */
export function BallotModeLine(props: { detail: DetailShape; sitting: SittingShape }): ReactElement {
  const { detail, sitting } = props
  const [asking, setAsking] = useState(false)
  const refresh = useRefresh(detail.election.id)
  const races = detail.races.filter((race) => race.sittingId === sitting.id)
  const votes = detail.ballots.filter(
    ({ raceId, vote }) => vote.mode === 'secret' && races.some((race) => race.id === raceId) && vote.state !== 'void',
  )
  const open =
    detail.may.write &&
    ['preparing', 'publicity', 'meeting'].includes(detail.election.state) &&
    races.every((race) => !['draft', 'counting', 'settled'].includes(race.standing))
  return (
    <p className="row">
      <span>投票方式：{wordsOf(sitting)}。</span>
      {open && (
        <Button size="small" onClick={() => setAsking(true)} aria-label={`${sitting.title}投票方式`}>
          更改
        </Button>
      )}
      {votes.map(({ vote }) => (
        <LinkButton key={vote.id} size="small" to={`/votes/${vote.id}`} aria-label={`电子票箱：${vote.title}`}>
          电子票箱
          {votes.length > 1 &&
            `（${races.find((race) => votes.some((one) => one.vote.id === vote.id && one.raceId === race.id))?.title}）`}
        </LinkButton>
      ))}
      {asking && (
        <ChooseMode
          sitting={sitting}
          close={() => {
            setAsking(false)
            refresh()
          }}
        />
      )}
    </p>
  )
}

const wordsOf = ({ secret }: SittingShape): string =>
  secret === null
    ? '纸质票'
    : secret.venue === 'hall'
      ? '会场内无记名电子投票，也可领纸质票'
      : `场外无记名电子投票（${secret.allowed?.document ?? ''}，${secret.allowed?.name ?? ''}确认）`

function ChooseMode({ sitting, close }: { sitting: SittingShape; close: () => void }): ReactElement {
  const [way, setWay] = useState<Way>(sitting.secret?.venue ?? 'paper')
  const [document, setDocument] = useState(sitting.secret?.allowed?.document ?? '')
  return (
    <Dialog
      title={`${sitting.title}投票方式`}
      okText="确定"
      done="投票方式已确定。"
      ready={way !== 'remote' || document.trim() !== ''}
      close={close}
      work={() =>
        put(`/api/sittings/${sitting.id}/ballot-mode`, {
          mode: way === 'paper' ? 'paper' : 'secret',
          ...(way !== 'paper' && { venue: way }),
          ...(way === 'remote' && { document: document.trim() }),
        })
      }
    >
      {(errors) => (
        <>
          <Radio.Group
            value={way}
            onChange={(event) => setWay(event.target.value as Way)}
            aria-label="投票方式"
            options={[
              { value: 'paper', label: '纸质票' },
              { value: 'hall', label: '会场内无记名电子投票' },
              { value: 'remote', label: '场外无记名电子投票' },
            ]}
          />
          {way !== 'paper' && (
            <p>
              应到会不足 10
              人的保不住秘密，只能用纸质票。电子票箱由监票人、计票人的密钥锁住，至少三人生成密钥，两人开箱；
              开始发票后名册、规则和投票方式一起锁定。
            </p>
          )}
          {way === 'remote' && (
            <>
              <p>
                没有找到允许在会场以外进行无记名投票的原文。会议通过的选举办法允许、上一级工会书面同意的，请填写文号，由您具名确认；否则请在会场投票。
              </p>
              <LabelledField id="mode-document" label="依据文号" required error={errors['document']}>
                <Input
                  id="mode-document"
                  maxLength={120}
                  value={document}
                  onChange={(event) => setDocument(event.target.value)}
                />
              </LabelledField>
            </>
          )}
        </>
      )}
    </Dialog>
  )
}
