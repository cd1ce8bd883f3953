import { Button, Input, Select } from 'antd'
import { useState, type ReactElement } from 'react'
import { post, put, remove, sentenceOf } from '../../../web/api.ts'
import { DataTable } from '../../../web/ui/DataTable.tsx'
import { Dialog } from '../../../web/ui/Dialog.tsx'
import { LabelledField } from '../../../web/ui/FieldInput.tsx'
import { PersonPicker, type Named } from '../../../web/ui/PersonPicker.tsx'
import { Empty } from '../../../web/ui/states.tsx'
import { toast } from '../../../web/ui/toast.tsx'
import { UnitPicker } from '../../../web/ui/UnitPicker.tsx'
import { StatusTag } from '../../../web/ui/values.tsx'
import { RELATIONS, relations, type Relation } from '../posts.ts'
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

function Nominate({ race, close }: { race: RaceShape; close: () => void }): ReactElement {
  const [unit, setUnit] = useState<{ id: number; name: string } | null>(null)
  const [people, setPeople] = useState<Named[]>([])
  return (
    <Dialog
      title={`登记推荐：${race.title}`}
      okText="登记"
      done="已登记。"
      ready={Boolean(unit && people.length)}
      close={close}
      work={() =>
        put(`/api/races/${race.id}/nominations`, { unitId: unit?.id, personIds: people.map((one) => one.id) })
      }
    >
      {(errors) => (
        <>
          <LabelledField id="n-unit" label="推荐单位（分会、小组）" required error={errors['unitId']}>
            <UnitPicker id="n-unit" label="推荐单位（分会、小组）" value={unit} onChange={setUnit} />
          </LabelledField>
          <LabelledField
            id="n-person"
            label="推荐的人"
            required
            error={errors['personId']}
            help="可逐个添加；同一单位再次登记会替换上一次"
          >
            <PersonPicker
              id="n-person"
              label="推荐的人"
              value={null}
              onChange={(one) => one && !people.some((known) => known.id === one.id) && setPeople([...people, one])}
              membersOnly
            />
          </LabelledField>
          <p className="row">
            {people.map((one) => (
              <button
                key={one.id}
                type="button"
                className="link"
                aria-label={`去掉${one.name}`}
                onClick={() => setPeople(people.filter((other) => other !== one))}
              >
                {one.name} ×
              </button>
            ))}
          </p>
        </>
      )}
    </Dialog>
  )
}

function ListCandidate({ race, close }: { race: RaceShape; close: () => void }): ReactElement {
  const [person, setPerson] = useState<Named | null>(null)
  return (
    <Dialog
      title={`添加候选人：${race.title}`}
      okText="添加"
      done="已列入名单。"
      ready={person !== null}
      close={close}
      work={() => post(`/api/races/${race.id}/candidates`, { personId: person?.id })}
    >
      {(errors) => (
        <LabelledField id="l-person" label="候选人" required error={errors['personId']}>
          <PersonPicker id="l-person" label="候选人" value={person} onChange={setPerson} membersOnly />
        </LabelledField>
      )}
    </Dialog>
  )
}

function Describe({ candidate, close }: { candidate: CandidateShape; close: () => void }): ReactElement {
  const [relation, setRelation] = useState<Relation>(candidate.relation ?? 'none')
  const [resume, setResume] = useState(candidate.resume ?? '')
  const [place, setPlace] = useState(candidate.place === null ? '' : String(candidate.place))
  return (
    <Dialog
      title={`${candidate.name}的声明与简历`}
      okText="保存"
      done="已保存。"
      close={close}
      work={() =>
        put(`/api/races/${candidate.raceId}/candidates/${candidate.personId}`, {
          relation,
          resume: resume.trim() || null,
          place: place.trim() ? Number(place) : null,
        })
      }
    >
      {(errors) => (
        <>
          <LabelledField
            id="c-relation"
            label="本人声明"
            required
            error={errors['relation']}
            help="由候选人本人签署；近亲属指配偶、父母、子女、兄弟姐妹、祖父母、外祖父母、孙子女、外孙子女"
          >
            <Select
              id="c-relation"
              aria-label="本人声明"
              value={relation}
              options={relations.map((value) => ({ value, label: RELATIONS[value] }))}
              onChange={setRelation}
            />
          </LabelledField>
          <LabelledField id="c-resume" label="简历" error={errors['resume']}>
            <Input.TextArea
              id="c-resume"
              rows={3}
              maxLength={1000}
              value={resume}
              onChange={(event) => setResume(event.target.value)}
            />
          </LabelledField>
          <LabelledField
            id="c-place"
            label="笔画次序更正"
            error={errors['place']}
            help="名单已按姓氏笔画排列；次序有误时填写应排的位次"
          >
            <Input id="c-place" inputMode="numeric" value={place} onChange={(event) => setPlace(event.target.value)} />
          </LabelledField>
        </>
      )}
    </Dialog>
  )
}
