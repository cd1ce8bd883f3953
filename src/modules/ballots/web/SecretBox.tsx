import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState, type ReactElement } from 'react'
import { get, post } from '../../../web/api.ts'
import { Dialog } from '../../../web/ui/Dialog.tsx'
import { LabelledField } from '../../../web/ui/FieldInput.tsx'
import { LinkButton } from '../../../web/ui/LinkButton.tsx'
import { Card, Facts } from '../../../web/ui/Page.tsx'
import { PersonPicker, type Named } from '../../../web/ui/PersonPicker.tsx'
import { Loaded } from '../../../web/ui/states.tsx'
import { StatusTag, timeText } from '../../../web/ui/values.tsx'
import type { BoxState, Standing } from '../contract.ts'
import type { VoteShape } from './shapes.ts'
import { drawnText } from './Station.tsx'

const STATES: Readonly<Record<BoxState, [string, '' | 'good' | 'warn' | 'bad' | 'info']>> = {
  waiting: ['待发票', 'warn'],
  open: ['投票中', 'info'],
  closed: ['已关箱，待开箱', 'warn'],
  published: ['已公布', 'good'],
  void: ['已作废', 'bad'],
}

/** The electronic box of a vote, for its officers and tellers: keys, papers drawn, closing and opening. */
export function SecretBox({ vote }: { vote: VoteShape }): ReactElement {
  const queries = useQueryClient()
  const [asking, setAsking] = useState<'close' | 'publish' | null>(null)
  const standing = useQuery({
    queryKey: ['vote', vote.id, 'secret'],
    queryFn: () => get<Standing>(`/api/votes/${vote.id}/secret`),
    refetchInterval: (query) => (query.state.data?.state === 'published' ? false : 5_000),
  })
  const close = (): void => {
    setAsking(null)
    void queries.invalidateQueries({ queryKey: ['vote', vote.id] })
  }
  return (
    <Loaded query={standing}>
      {(now) => (
        <Card title="电子票箱" aside={<StatusTag text={STATES[now.state][0]} tone={STATES[now.state][1]} />}>
          <div className="stack">
            <Facts items={factsOf(now)} />
            <div className="row">
              {now.state === 'open' && now.terms?.venue === 'hall' && (
                <LinkButton to={`/votes/${vote.id}/hall`}>大屏幕会场码</LinkButton>
              )}
              {now.state === 'open' && now.may.station && (
                <LinkButton to={`/votes/${vote.id}/station`}>投票站</LinkButton>
              )}
              {(now.state === 'waiting' || now.state === 'closed') && (now.terms?.threshold ?? 0) > 0 && (
                <LinkButton to="/scrutiny">我的监票</LinkButton>
              )}
              {now.may.run && now.state === 'open' && (
                <LinkButton to={`/votes/${vote.id}/voter-codes`}>打印领票码</LinkButton>
              )}
              {now.may.run && now.state === 'open' && (
                <Button type="primary" onClick={() => setAsking('close')}>
                  关闭票箱
                </Button>
              )}
              {now.may.run && now.state === 'closed' && (
                <Button type="primary" onClick={() => setAsking('publish')}>
                  开箱计票并公布
                </Button>
              )}
              {now.state === 'published' && (
                <LinkButton type="primary" to={`/votes/${vote.id}/publication`}>
                  公布的票和结果
                </LinkButton>
              )}
            </div>
          </div>
          {now.may.run &&
            now.writeIns.map(({ label, yes }) => (
              <NameWriteIn key={label} voteId={vote.id} label={label} yes={yes} done={close} />
            ))}
          {asking === 'close' && (
            <Dialog
              title="关闭票箱"
              okText="关闭票箱"
              done="票箱已关闭。"
              close={close}
              work={() => post(`/api/votes/${vote.id}/secret/close`)}
            >
              {() => (
                <p>{drawnText(now)}关闭以后不能再领票、投票，也不能再打开。已领票还没投的人，请先提醒他们投票。</p>
              )}
            </Dialog>
          )}
          {asking === 'publish' && (
            <Dialog
              title="开箱计票并公布"
              okText="开箱计票并公布"
              done="已经公布。"
              close={close}
              work={() => post(`/api/votes/${vote.id}/secret/publish`)}
            >
              {() => (
                <p>
                  公布全部选票（不含姓名）和结果，任何人都可以重新核对。有纸质票的，请先由两人录入计票；电子票不足{' '}
                  {now.fewest} 张的不能公布。
                </p>
              )}
            </Dialog>
          )}
        </Card>
      )}
    </Loaded>
  )
}

/** A name written in that the roll doesn't tell apart: somebody says who is meant. */
function NameWriteIn(props: { voteId: number; label: string; yes: number; done: () => void }): ReactElement {
  const { voteId, label, yes, done } = props
  const [asking, setAsking] = useState(false)
  const [person, setPerson] = useState<Named | null>(null)
  return (
    <p className="row">
      <span>
        另选“{label}” {yes} 票，名册上没有或不止一位同名的人。
      </span>
      <Button size="small" onClick={() => setAsking(true)} aria-label={`选定${label}本人`}>
        选定本人
      </Button>
      {asking && (
        <Dialog
          title={`另选的“${label}”`}
          okText="确定"
          done="已确定。"
          ready={person !== null}
          close={() => {
            setAsking(false)
            done()
          }}
          work={() => post(`/api/votes/${voteId}/write-ins`, { label, personId: person?.id })}
        >
          {(errors) => (
            <LabelledField id="write-in-person" label="本人" required error={errors['personId']}>
              <PersonPicker id="write-in-person" label="本人" value={person} onChange={setPerson} membersOnly />
            </LabelledField>
          )}
        </Dialog>
      )}
    </p>
  )
}

function factsOf(now: Standing): { label: string; value: string; whole?: boolean }[] {
  const { terms } = now
  const opened = now.keys.filter((key) => key.opened)
  const made = now.keys.filter((key) => key.made)
  return [
    {
      label: '地点',
      value:
        terms === null
          ? ''
          : terms.venue === 'hall'
            ? '会场内（凭大屏幕会场码领票）'
            : `场外（依据 ${terms.allowed?.document ?? ''}，${terms.allowed?.office ?? ''} ${terms.allowed?.name ?? ''}确认）`,
    },
    { label: '领票', value: now.state === 'waiting' ? '还没有开始发票' : drawnText(now) },
    ...(now.castFrom || now.castTo
      ? [
          {
            label: '投票时间',
            value: `${now.castFrom ? timeText(now.castFrom) : ''} 至 ${now.castTo ? timeText(now.castTo) : ''}`,
          },
        ]
      : []),
    ...(terms && terms.threshold > 0
      ? [
          {
            label: '监票人密钥',
            value:
              now.state === 'closed' || now.state === 'published'
                ? `${opened.map((key) => key.name).join('、') || '还没有人'}已开箱，需要 ${terms.threshold} 人`
                : `${made.map((key) => key.name).join('、') || '还没有人'}已生成，至少 ${terms.threshold + 1} 人`,
          },
        ]
      : []),
    ...now.eids.map((eid) => ({ label: '公告编号', value: eid, whole: true })),
  ]
}
