import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { Button, Input, Select } from 'antd'
import { useState, type ReactElement } from 'react'
import { get, post, sentenceOf } from '../../../web/api.ts'
import { today } from '../../../web/session.ts'
import type { ActRow } from '../../../web/shapes.ts'
import { Attachments } from '../../../web/ui/Attachments.tsx'
import { Dialog } from '../../../web/ui/Dialog.tsx'
import { DateInput, LabelledField, parseNumber } from '../../../web/ui/FieldInput.tsx'
import { Card, Facts, Page } from '../../../web/ui/Page.tsx'
import { Loaded } from '../../../web/ui/states.tsx'
import { Timeline } from '../../../web/ui/Timeline.tsx'
import { toast } from '../../../web/ui/toast.tsx'
import { MoneyText, StatusTag } from '../../../web/ui/values.tsx'
import { GRADES, SUGGESTION_KINDS, SUGGESTION_STATES } from '../words.ts'
import { useRefresh } from './Deeds.tsx'
import type { SuggestionShape } from './shapes.ts'
import './motions.css'

interface Shape extends SuggestionShape {
  acts: ActRow[]
  scores: { panelId: number; title: string; scored: number; points: number; judges: number }[]
  may: { withdraw: boolean; decide: boolean; change: boolean; attach: boolean }
}

/** One suggestion: what was proposed, how it was judged, and what it changed. */
export function SuggestionDetail(): ReactElement {
  const { id } = useParams({ strict: false }) as { id: string }
  const suggestion = useQuery({
    queryKey: ['suggestion', Number(id)],
    queryFn: () => get<Shape>(`/api/suggestions/${id}`),
  })
  return <Loaded query={suggestion}>{(found) => <Shown suggestion={found} />}</Loaded>
}

function Shown({ suggestion }: { suggestion: Shape }): ReactElement {
  const [asking, setAsking] = useState<'adopt' | 'decline' | 'change' | null>(null)
  const refresh = useRefresh()
  const { may } = suggestion
  const state = SUGGESTION_STATES[suggestion.state]
  const withdraw = (): void => {
    void post(`/api/suggestions/${suggestion.id}/withdraw`)
      .then(() => {
        toast('已撤回。')
        refresh()
      })
      .catch((error: unknown) => toast(sentenceOf(error), 'bad'))
  }
  return (
    <Page
      title={suggestion.title}
      crumbs={[{ title: '合理化建议', to: '/suggestions' }]}
      help={
        <span className="row">
          <StatusTag text={state.title} tone={state.tone} />
          {SUGGESTION_KINDS[suggestion.kind]}
          {suggestion.grade && <StatusTag text={suggestion.grade} tone="good" />}
        </span>
      }
      actions={
        <>
          {may.withdraw && <Button onClick={withdraw}>撤回</Button>}
          {may.decide && <Button onClick={() => setAsking('decline')}>不采纳</Button>}
          {may.decide && (
            <Button type="primary" onClick={() => setAsking('adopt')}>
              采纳
            </Button>
          )}
          {may.change && (
            <Button type="primary" onClick={() => setAsking('change')}>
              登记实施结果
            </Button>
          )}
        </>
      }
    >
      <div className="stack" style={{ gap: 14 }}>
        {suggestion.changed && (
          <Card title="采纳以后改变了什么" aside={<span className="faint">{suggestion.changedOn} 起</span>}>
            <p className="motion-words">{suggestion.changed}</p>
            {suggestion.benefitFen !== null && (
              <p>
                计算年效益 <MoneyText fen={suggestion.benefitFen} />
              </p>
            )}
          </Card>
        )}
        <Card title="内容">
          <Facts
            items={[
              { label: '建议人', value: suggestion.proposerName },
              { label: '分会（小组）', value: suggestion.branch },
              { label: '内容类别', value: suggestion.category },
              { label: '活动', value: suggestion.callName ?? '日常建议' },
              { label: '收到', value: suggestion.receivedOn },
              ...(suggestion.rewardFen ? [{ label: '奖励', value: <MoneyText fen={suggestion.rewardFen} /> }] : []),
              { label: '现状和问题', value: <span className="motion-words">{suggestion.body}</span>, whole: true },
              ...(suggestion.remedy
                ? [{ label: '怎样改', value: <span className="motion-words">{suggestion.remedy}</span>, whole: true }]
                : []),
              ...(suggestion.reason ? [{ label: '评审意见', value: suggestion.reason, whole: true }] : []),
            ]}
          />
        </Card>
        {suggestion.scores.length > 0 && (
          <Card title="评审打分">
            {suggestion.scores.map((one) => (
              <p key={one.panelId}>
                {one.title}：{one.scored}/{one.judges} 名评委打分，合计 {one.points} 分
              </p>
            ))}
          </Card>
        )}
        <Card title="附件" flush>
          <Attachments objectKind="suggestion" objectId={suggestion.id} mayChange={may.attach} />
        </Card>
        <Card title="办理记录">
          <Timeline acts={suggestion.acts} />
        </Card>
      </div>
      {asking === 'change' && <AskChange id={suggestion.id} close={() => setAsking(null)} done={refresh} />}
      {(asking === 'adopt' || asking === 'decline') && (
        <AskDecision
          id={suggestion.id}
          adopted={asking === 'adopt'}
          graded={suggestion.grade}
          close={() => setAsking(null)}
          done={refresh}
        />
      )}
    </Page>
  )
}

function AskDecision({
  id,
  adopted,
  graded,
  close,
  done,
}: {
  id: number
  adopted: boolean
  graded: string | null
  close: () => void
  done: () => void
}): ReactElement {
  const [grade, setGrade] = useState<string | null>(graded)
  const [reward, setReward] = useState('')
  const [words, setWords] = useState('')
  return (
    <Dialog
      title={adopted ? '采纳建议' : '不采纳'}
      okText={adopted ? '采纳' : '不采纳'}
      done="已答复建议人。"
      close={close}
      work={() =>
        post(`/api/suggestions/${id}/decide`, {
          adopted,
          ...(grade && { grade }),
          ...(reward.trim() && { rewardFen: parseNumber('money', reward) ?? reward }),
          ...(words.trim() && { words }),
        }).then(done)
      }
    >
      {(errors) => (
        <>
          {adopted && (
            <>
              <LabelledField id="q-grade" label="等次" error={errors['grade']} help="已由评审小组评定的不用再选">
                <Select
                  id="q-grade"
                  aria-label="等次"
                  allowClear
                  value={grade}
                  options={GRADES.map((value) => ({ value, label: value }))}
                  onChange={(next: string | null) => setGrade(next ?? null)}
                />
              </LabelledField>
              <LabelledField id="q-reward" label="奖励（元）" error={errors['rewardFen']}>
                <Input
                  id="q-reward"
                  inputMode="decimal"
                  value={reward}
                  onChange={(event) => setReward(event.target.value)}
                />
              </LabelledField>
            </>
          )}
          <LabelledField
            id="q-words"
            label={adopted ? '评审意见' : '不采纳的理由'}
            required={!adopted}
            error={errors['words']}
          >
            <Input.TextArea
              id="q-words"
              aria-label={adopted ? '评审意见' : '不采纳的理由'}
              autoSize={{ minRows: 2, maxRows: 8 }}
              value={words}
              onChange={(event) => setWords(event.target.value)}
            />
          </LabelledField>
        </>
      )}
    </Dialog>
  )
}

function AskChange({ id, close, done }: { id: number; close: () => void; done: () => void }): ReactElement {
  const [changed, setChanged] = useState('')
  const [changedOn, setChangedOn] = useState<string | null>(today())
  const [benefit, setBenefit] = useState('')
  return (
    <Dialog
      title="登记实施结果"
      okText="登记"
      done="已登记。"
      close={close}
      work={() =>
        post(`/api/suggestions/${id}/change`, {
          changed,
          changedOn,
          ...(benefit.trim() && { benefitFen: parseNumber('money', benefit) ?? benefit }),
        }).then(done)
      }
    >
      {(errors) => (
        <>
          <LabelledField id="h-changed" label="改变了什么" required error={errors['changed']}>
            <Input.TextArea
              id="h-changed"
              aria-label="改变了什么"
              autoSize={{ minRows: 3, maxRows: 8 }}
              value={changed}
              onChange={(event) => setChanged(event.target.value)}
            />
          </LabelledField>
          <LabelledField id="h-on" label="实施日期" required error={errors['changedOn']}>
            <DateInput id="h-on" label="实施日期" value={changedOn} onChange={setChangedOn} />
          </LabelledField>
          <LabelledField id="h-benefit" label="年效益（元）" error={errors['benefitFen']} help="算得出来的才填">
            <Input
              id="h-benefit"
              inputMode="decimal"
              value={benefit}
              onChange={(event) => setBenefit(event.target.value)}
            />
          </LabelledField>
        </>
      )}
    </Dialog>
  )
}
