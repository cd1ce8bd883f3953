import { useMutation, useQuery } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { useState, type ReactElement } from 'react'
import { get, post, put, Refusal } from '../../../web/api.ts'
import { DataTable } from '../../../web/ui/DataTable.tsx'
import { Dialog } from '../../../web/ui/Dialog.tsx'
import { LabelledField } from '../../../web/ui/FieldInput.tsx'
import { PersonPicker, type Named } from '../../../web/ui/PersonPicker.tsx'
import { Empty, Loaded, Notice, Problem } from '../../../web/ui/states.tsx'
import { useRefresh } from './Election.tsx'
import { BallotModeLine } from './BallotMode.tsx'
import type { DetailShape, SittingShape } from './shapes.ts'

interface Member {
  personId: number
  name: string
  unitName: string
  present: boolean
}

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
        <SignIn
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

function SignIn({
  sitting,
  electionId,
  open,
}: {
  sitting: SittingShape
  electionId: number
  open: boolean
}): ReactElement {
  const refresh = useRefresh(electionId)
  const [text, setText] = useState('')
  const members = useQuery({
    queryKey: ['sitting', sitting.id],
    queryFn: () => get<{ members: Member[] }>(`/api/sittings/${sitting.id}/members`).then((answer) => answer.members),
  })
  const sign = useMutation({
    mutationFn: (change: { personIds: number[]; present: boolean }) =>
      post(`/api/sittings/${sitting.id}/present`, change),
    onSuccess: refresh,
  })
  return (
    <>
      {sign.error && <Problem error={sign.error} />}
      <Loaded query={members}>
        {(rows) => {
          const shown = rows.filter((row) => row.name.includes(text.trim()) || row.unitName.includes(text.trim()))
          const absent = shown.filter((row) => !row.present).map((row) => row.personId)
          return (
            <>
              <div className="row">
                <Input
                  aria-label="查找姓名或单位"
                  placeholder="查找姓名或单位"
                  style={{ maxWidth: 240 }}
                  value={text}
                  onChange={(event) => setText(event.target.value)}
                />
                {open && absent.length > 0 && (
                  <Button onClick={() => sign.mutate({ personIds: absent, present: true })}>
                    {text.trim() ? `列出的 ${absent.length} 人签到` : `全部签到（${absent.length} 人）`}
                  </Button>
                )}
              </div>
              <DataTable
                caption={`${sitting.title}签到`}
                rows={shown.slice(0, 500)}
                rowKey={(row) => row.personId}
                columns={[
                  { id: 'name', title: '姓名', lead: true, render: (row) => row.name },
                  { id: 'unit', title: '单位', render: (row) => row.unitName },
                  { id: 'here', title: '到会', width: 90, render: (row) => (row.present ? '已签到' : '') },
                ]}
                renderActions={(row) =>
                  open && (
                    <button
                      type="button"
                      className="link"
                      aria-label={`${row.name}${row.present ? '取消签到' : '签到'}`}
                      onClick={() => sign.mutate({ personIds: [row.personId], present: !row.present })}
                    >
                      {row.present ? '取消' : '签到'}
                    </button>
                  )
                }
                empty={<Empty small title="没有符合的人" />}
              />
            </>
          )
        }}
      </Loaded>
    </>
  )
}

function Tellers({
  sitting,
  known,
  close,
}: {
  sitting: SittingShape
  known: DetailShape['tellers']
  close: () => void
}): ReactElement {
  const [supervising, setSupervising] = useState<Named[]>(
    known.filter((one) => one.duty !== '计票人').map((one) => ({ id: one.personId, name: one.name })),
  )
  const [counting, setCounting] = useState<Named[]>(
    known.filter((one) => one.duty === '计票人').map((one) => ({ id: one.personId, name: one.name })),
  )
  return (
    <Dialog
      title={`${sitting.title}监票人、计票人`}
      okText="确定"
      done="已确定。"
      ready={supervising.length + counting.length >= 2}
      close={close}
      work={() =>
        put(`/api/sittings/${sitting.id}/tellers`, {
          tellers: [
            ...supervising.map((one, index) => ({ personId: one.id, duty: index === 0 ? '总监票人' : '监票人' })),
            ...counting.map((one) => ({ personId: one.id, duty: '计票人' })),
          ],
        })
      }
    >
      {() => (
        <>
          <p>从不是候选人的会员（代表）中推选，由会议通过。第一位监票人为总监票人。</p>
          <People id="t-supervise" label="监票人" people={supervising} change={setSupervising} />
          <People id="t-count" label="计票人" people={counting} change={setCounting} />
        </>
      )}
    </Dialog>
  )
}

function People({
  id,
  label,
  people,
  change,
}: {
  id: string
  label: string
  people: readonly Named[]
  change: (people: Named[]) => void
}): ReactElement {
  return (
    <LabelledField id={id} label={label}>
      <>
        <PersonPicker
          id={id}
          label={label}
          value={null}
          onChange={(one) => one && !people.some((known) => known.id === one.id) && change([...people, one])}
          membersOnly
        />
        <span className="row">
          {people.map((one) => (
            <button
              key={one.id}
              type="button"
              className="link"
              aria-label={`去掉${label}${one.name}`}
              onClick={() => change(people.filter((other) => other !== one))}
            >
              {one.name} ×
            </button>
          ))}
        </span>
      </>
    </LabelledField>
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
