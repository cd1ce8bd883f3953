import { Button } from 'antd'
import { useState, type ReactElement } from 'react'
import { post, remove, sentenceOf } from '../../../web/api.ts'
import { DataTable } from '../../../web/ui/DataTable.tsx'
import { Empty } from '../../../web/ui/states.tsx'
import { toast } from '../../../web/ui/toast.tsx'
import { StatusTag } from '../../../web/ui/values.tsx'
import { RELATIONS } from '../posts.ts'
import { Describe, ListCandidate, Nominate } from './candidate-dialogs.tsx'
import { useRefresh } from './Election.tsx'
import type { CandidateShape, DetailShape, RaceShape } from './shapes.ts'

type Asking = { kind: 'nominate' | 'list'; race: RaceShape } | { kind: 'describe'; candidate: CandidateShape }

/** Recommendations of the groups and the list of candidates, contest by contest, in stroke order. */
export function Candidates({ detail }: { detail: DetailShape }): ReactElement {
  const [asking, setAsking] = useState<Asking | null>(null)
  const refresh = useRefresh(detail.election.id)
  const close = (): void => {
    setAsking(null)
    refresh()
  }
  const { state } = detail.election
  return (
    <div className="election-pane stack">
      {detail.races.map((race) => {
        const assembly = detail.sittings.find((sitting) => sitting.id === race.sittingId)?.kind === 'assembly'
        const open =
          detail.may.write &&
          race.standing === 'unopened' &&
          (state === 'preparing' || (state === 'meeting' && !assembly))
        const listed = detail.candidates.filter((one) => one.raceId === race.id)
        return (
          <section key={race.id}>
            <div className="spread">
              <h2>
                {race.title}
                <span className="faint after">
                  应选 {race.seats} 名，候选人 {listed.length} 名
                </span>
              </h2>
              {open && (
                <span className="row">
                  {state === 'preparing' && race.post !== 'recall' && (
                    <Button
                      onClick={() => setAsking({ kind: 'nominate', race })}
                      aria-label={`登记推荐：${race.title}`}
                    >
                      登记推荐
                    </Button>
                  )}
                  <Button onClick={() => setAsking({ kind: 'list', race })} aria-label={`添加候选人：${race.title}`}>
                    添加候选人
                  </Button>
                </span>
              )}
            </div>
            <Nominees detail={detail} race={race} open={open} />
            <DataTable
              caption={`${race.title}候选人`}
              rows={listed}
              rowKey={(row) => row.personId}
              columns={[
                { id: 'name', title: '姓名', lead: true, render: (row) => row.name },
                { id: 'unit', title: '单位', render: (row) => row.unitName },
                { id: 'votes', title: '推荐单位', number: true, width: 90, render: (row) => row.nominations || '' },
                {
                  id: 'relation',
                  title: '回避情况声明',
                  wrap: true,
                  render: (row) =>
                    row.relation === null ? (
                      <StatusTag text="未声明" tone="warn" />
                    ) : (
                      <StatusTag
                        text={RELATIONS[row.relation]}
                        tone={row.barredBy ? 'bad' : row.relation === 'none' ? 'good' : 'warn'}
                      />
                    ),
                },
                { id: 'resume', title: '简历', wrap: true, render: (row) => row.resume ?? '' },
              ]}
              renderActions={(row) =>
                detail.may.write &&
                ['preparing', 'publicity', 'meeting'].includes(state) && (
                  <span className="row">
                    <button
                      type="button"
                      className="link"
                      aria-label={`登记${row.name}的声明`}
                      onClick={() => setAsking({ kind: 'describe', candidate: row })}
                    >
                      声明与简历
                    </button>
                    {open && (
                      <button
                        type="button"
                        className="link"
                        aria-label={`撤下${row.name}`}
                        onClick={() =>
                          void remove(`/api/races/${race.id}/candidates/${row.personId}`)
                            .then(refresh)
                            .catch((error: unknown) => toast(sentenceOf(error), 'bad'))
                        }
                      >
                        撤下
                      </button>
                    )}
                  </span>
                )
              }
              empty={
                <Empty small title="还没有候选人">
                  {['plan', 'review'].includes(state)
                    ? '方案批复以后推荐候选人。'
                    : '按推荐结果添加候选人，并登记每人的回避情况声明。'}
                </Empty>
              }
            />
          </section>
        )
      })}
      {asking?.kind === 'nominate' && <Nominate race={asking.race} close={close} />}
      {asking?.kind === 'list' && <ListCandidate race={asking.race} close={close} />}
      {asking?.kind === 'describe' && <Describe candidate={asking.candidate} close={close} />}
    </div>
  )
}

function Nominees({
  detail,
  race,
  open,
}: {
  detail: DetailShape
  race: RaceShape
  open: boolean
}): ReactElement | null {
  const refresh = useRefresh(detail.election.id)
  const rows = detail.nominees.filter((one) => one.raceId === race.id)
  if (!rows.length) return null
  return (
    <ul className="stack" style={{ gap: 4, margin: '4px 0 10px' }} aria-label={`${race.title}推荐情况`}>
      {rows.map((one) => (
        <li key={one.personId} className="row">
          <b>{one.name}</b>
          <span className="faint">
            {one.units.length} 个单位推荐：{one.units.join('、')}
          </span>
          {open &&
            !detail.candidates.some((listed) => listed.raceId === race.id && listed.personId === one.personId) && (
              <button
                type="button"
                className="link"
                onClick={() =>
                  void post(`/api/races/${race.id}/candidates`, { personId: one.personId })
                    .then(refresh)
                    .catch((error: unknown) => toast(sentenceOf(error), 'bad'))
                }
              >
                列为候选人
              </button>
            )}
        </li>
      ))}
    </ul>
  )
}
