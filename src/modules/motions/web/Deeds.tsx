import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState, type ReactElement } from 'react'
import { post, sentenceOf } from '../../../web/api.ts'
import { LinkButton } from '../../../web/ui/LinkButton.tsx'
import { toast } from '../../../web/ui/toast.tsx'
import { DeedDialog, type Deed } from './deed-dialogs.tsx'
import { MOTION_STATES, STEPS, VERDICTS } from '../words.ts'
import type { MotionShape } from './shapes.ts'

/** Refreshes what a deed on motions may have changed. */
export function useRefresh(): () => void {
  const queries = useQueryClient()
  return () => {
    for (const key of [
      'motion',
      'motions',
      'todos',
      'suggestions',
      'suggestion',
      'panel',
      'panels',
      'motion-statistics',
      'motion-options',
    ])
      void queries.invalidateQueries({ queryKey: [key] })
  }
}

/** What the reader may do with a motion now; a sentence where nothing is to be done. */
export function Deeds({ motion }: { motion: MotionShape }): ReactElement {
  const [deed, setDeed] = useState<Deed | null>(null)
  const refresh = useRefresh()
  const navigate = useNavigate()
  const { may } = motion
  const straight = (name: string, done: string, body: object = {}): void => {
    void post(`/api/motions/${motion.id}/${name}`, body)
      .then(() => {
        toast(done)
        refresh()
        if (name === 'drop') void navigate({ to: '/motions' as never })
      })
      .catch((error: unknown) => toast(sentenceOf(error), 'bad'))
  }
  const button = (title: string, kind: Deed['kind'], primary = false, assignmentId?: number): ReactElement => (
    <Button
      key={title}
      {...(primary && { type: 'primary' as const })}
      onClick={() => setDeed({ kind, ...(assignmentId && { assignmentId }) })}
    >
      {title}
    </Button>
  )
  const agreed = motion.seconders.filter((one) => one.agreed).length
  const buttons = [
    may.submit && (
      <Button key="submit" type="primary" onClick={() => straight('submit', '已提交，请等提案小组审查。')}>
        提交
      </Button>
    ),
    may.change && button('邀请附议人', 'seconders'),
    may.change && (
      <LinkButton key="change" to={`/motions/${motion.id}/edit`}>
        修改
      </LinkButton>
    ),
    may.change && (
      <Button key="drop" danger onClick={() => straight('drop', '已放弃。')}>
        放弃
      </Button>
    ),
    may.second && (
      <Button key="second" type="primary" onClick={() => straight('second', '已附议。', { agreed: true })}>
        同意附议
      </Button>
    ),
    may.second && (
      <Button key="no" onClick={() => straight('second', '已答复。', { agreed: false })}>
        不附议
      </Button>
    ),
    may.withdraw && (
      <Button key="withdraw" onClick={() => straight('withdraw', '已撤回，可以修改后再提交。')}>
        撤回
      </Button>
    ),
    may.sort && button('立案', 'file', true),
    may.merge && button('并案', 'merge'),
    may.sort && button('转作意见', 'opinion'),
    may.sort && button('退回修改', 'return'),
    may.sort && button('不立案', 'reject'),
    may.transfer && button('交办', 'transfer', true),
    ...(may.handle.length ? handling(motion, button) : []),
    may.verdict && button('评价答复', 'verdict', true),
    may.close && button('直接办结', 'close'),
    may.urge && button('催办', 'urge'),
    may.outcome && button('登记后续落实', 'outcome'),
  ].filter(Boolean)
  // Whose turn it is: where it isn't the reader's, the page says whom one waits for.
  const mine = may.submit || may.second || may.sort || may.transfer || may.handle.length > 0 || may.verdict
  return (
    <div className="motion-deeds">
      {buttons}
      {!mine && <span className="quiet">{waitingFor(motion)}</span>}
      {may.submit && agreed < motion.minSeconders && (
        <span className="faint">
          附议 {agreed} 名，还差 {motion.minSeconders - agreed} 名{motion.closesOn && `；${motion.closesOn} 截止`}
        </span>
      )}
      {deed && <DeedDialog motion={motion} deed={deed} close={() => setDeed(null)} done={refresh} />}
    </div>
  )
}

/** A department answers for itself; the union, which may answer for each, says for which. */
function handling(
  motion: MotionShape,
  button: (title: string, kind: Deed['kind'], primary?: boolean, assignmentId?: number) => ReactElement,
): ReactElement[] {
  return motion.assignments
    .filter((one) => motion.may.handle.includes(one.id))
    .flatMap((one) => {
      const whose = motion.may.handle.length > 1 ? `（${one.department}）` : ''
      return [
        button(`${one.part === 'lead' ? '答复' : '会签意见'}${whose}`, 'reply', true, one.id),
        button(`办理计划${whose}`, 'plan', false, one.id),
        button(`报进展${whose}`, 'progress', false, one.id),
        button(`转办${whose}`, 'hand-on', false, one.id),
        ...(one.part === 'lead' ? [button(`退回${whose}`, 'send-back', false, one.id)] : []),
      ]
    })
}

function waitingFor(motion: MotionShape): string {
  const said = motion.verdicts.at(-1)
  switch (motion.state) {
    case 'received':
      return '提案小组正在审查，结果会通知您。'
    case 'filed':
      return '已立案，等分管领导批示交办。'
    case 'handling':
      return `${motion.assignments.find((one) => one.open)?.department ?? '承办部门'}正在办理，${motion.dueOn} 前答复。`
    case 'replied':
      return '已答复，等提案人评价。'
    case 'closed':
      return said ? `已办结，提案人评价：${VERDICTS[said.verdict]}。` : '已办结。'
    default:
      return STEPS.some((step) => step.states.includes(motion.state)) ? `${MOTION_STATES[motion.state].title}。` : ''
  }
}
