import { Button, Input } from 'antd'
import { useState, type ReactElement } from 'react'
import { post } from '../../../web/api.ts'
import { today } from '../../../web/session.ts'
import { Dialog } from '../../../web/ui/Dialog.tsx'
import { DateInput, LabelledField } from '../../../web/ui/FieldInput.tsx'
import { LinkButton } from '../../../web/ui/LinkButton.tsx'
import { useRefresh } from './Election.tsx'
import type { DetailShape } from './shapes.ts'

interface Deed {
  path: string
  title: string
  help: string
  /** What has to be filled in. */
  asks: readonly ('day' | 'document' | 'words')[]
  /** Asked for, not demanded. */
  optional?: readonly ('document' | 'words')[]
  labels?: { day?: string; document?: string }
  done?: string
  body?: Record<string, unknown>
  primary?: boolean
  danger?: boolean
}

/** An approved election of delegates is found invalid by two: one proposes, another confirms. */
function annulments(open: DetailShape['annulment'], may: DetailShape['may']): Deed[] {
  if (open?.state !== 'proposed')
    return may.write
      ? [
          {
            path: 'annulment',
            title: '认定无效',
            help: '已批复的代表选举，经查实无效的，写明理由和认定文件。须由另一人确认；确认后由此产生的代表席位自决定之日起终止，记录全部保留。',
            asks: ['day', 'document', 'words'],
            labels: { day: '决定日期', document: '认定文件文号' },
            done: '已提出，等待另一人确认。',
            danger: true,
          },
        ]
      : []
  const drop: Deed = {
    path: 'annulment/answer',
    title: open.mine ? '撤回认定' : '不予确认',
    help: '选举结果和代表席位继续有效。',
    asks: ['words'],
    body: { confirm: false },
  }
  if (open.mine) return [drop]
  if (!may.answerAnnulment) return []
  return [
    {
      path: 'annulment/answer',
      title: '确认无效',
      help: `${open.proposedName}提出：${open.reason}（${open.document}）。请核对文件。确认后代表席位自 ${open.decidedOn} 起终止，不能恢复。`,
      asks: [],
      body: { confirm: true },
      done: '已确认，代表席位已终止。',
      danger: true,
    },
    drop,
  ]
}

/** What may be done with the election now, by this reader. */
function deedsOf({ election, may, annulment }: DetailShape): Deed[] {
  const end: Deed = {
    path: 'end',
    title: '终止',
    help: '终止后不能恢复，已填写的内容保留。',
    asks: ['words'],
    danger: true,
  }
  // Without the upper union in the system its answer on paper is entered here, by its number.
  const answer = (path: string, verbs: readonly ('同意' | '退回' | '否决')[]): Deed[] =>
    may.approve || may.write
      ? verbs.map((verb) => ({
          path,
          title: may.approve
            ? verb === '同意'
              ? '批复同意'
              : verb
            : verb === '同意'
              ? '登记上级批复'
              : `登记上级${verb}`,
          help: may.approve ? '以上一级工会的名义批复。' : '批复由上一级工会作出；这里登记收到的书面批复，须填写文号。',
          asks:
            verb === '同意'
              ? (['document'] as const)
              : may.approve
                ? (['words'] as const)
                : (['document', 'words'] as const),
          ...(may.approve && path === 'plan-answer' && verb === '同意' && { optional: ['document'] as const }),
          body: { verb },
          primary: verb === '同意',
        }))
      : []
  if (election.state === 'review')
    return [
      ...answer('plan-answer', ['同意', '退回']),
      ...(may.write ? [{ path: 'withdraw', title: '撤回', help: '撤回后可以修改方案。', asks: [] }] : []),
    ]
  const annul: Deed = {
    path: 'annul',
    title: '认定无效',
    help: '宣布以后发现违反规定、结果不能成立的，写明理由认定无效。记录全部保留；已经入席的代表席位随之撤回。',
    asks: ['words'],
    danger: true,
  }
  if (election.state === 'reported')
    return [...answer('result-answer', ['同意', '否决']), ...(may.write ? [annul] : [])]
  if (election.state === 'approved' && election.kind === 'delegates') return annulments(annulment, may)
  if (!may.write) return []
  if (election.state === 'plan')
    return [{ path: 'submit', title: '上报方案', help: '上报后由上一级工会批复。', asks: [], primary: true }, end]
  if (election.state === 'preparing')
    return [
      {
        path: 'publicity',
        title: '公示候选人',
        help: '公示后名单不能再改。委员候选人公示不少于五个工作日。',
        asks: ['day'],
        primary: true,
      },
      end,
    ]
  if (election.state === 'publicity')
    return [
      { path: 'convene', title: '召开选举大会', help: '公示期满、无异议后召开会议。', asks: [], primary: true },
      { path: 'reopen-list', title: '收回名单修改', help: '修改后须重新公示。', asks: ['words'] },
      end,
    ]
  if (election.state === 'meeting')
    return [
      { path: 'announce', title: '宣布结果', help: '当场宣布各项选举有效和当选人名单。', asks: [], primary: true },
      { ...end, title: '记为无效', help: '如实保留全部记录，选举无效，应当重新组织。' },
    ]
  if (election.state === 'announced')
    return [
      {
        path: 'report',
        title: '上报结果',
        help: '上一级工会自接到报告之日起十五日内批复；逾期不答复不等于批准。',
        asks: [],
        primary: true,
      },
      annul,
    ]
  return []
}

export function Deeds({ detail }: { detail: DetailShape }): ReactElement {
  const [doing, setDoing] = useState<Deed | null>(null)
  const refresh = useRefresh(detail.election.id)
  return (
    <>
      {detail.election.state === 'plan' && detail.may.write && (
        <LinkButton to={`/elections/${detail.election.id}/plan`}>修改方案</LinkButton>
      )}
      {deedsOf(detail).map((deed) => (
        <Button
          key={deed.title}
          {...(deed.primary && { type: 'primary' as const })}
          {...(deed.danger && { danger: true })}
          onClick={() => setDoing(deed)}
        >
          {deed.title}
        </Button>
      ))}
      {doing && (
        <DoDeed
          detail={detail}
          deed={doing}
          close={() => {
            setDoing(null)
            refresh()
          }}
        />
      )}
    </>
  )
}

function DoDeed({ detail, deed, close }: { detail: DetailShape; deed: Deed; close: () => void }): ReactElement {
  const [day, setDay] = useState<string | null>(today())
  const [document, setDocument] = useState('')
  const [words, setWords] = useState('')
  const must = (field: 'document' | 'words'): boolean => deed.asks.includes(field) && !deed.optional?.includes(field)
  const ready =
    (!must('document') || document.trim() !== '') &&
    (!must('words') || words.trim() !== '') &&
    (!deed.asks.includes('day') || day !== null)
  return (
    <Dialog
      title={deed.title}
      okText={deed.title}
      done={deed.done ?? '已办理。'}
      {...(deed.danger && { danger: true })}
      ready={ready}
      close={close}
      work={() =>
        post(`/api/elections/${detail.election.id}/${deed.path}`, {
          ...deed.body,
          ...(deed.asks.includes('day') && { on: day }),
          ...(document.trim() && { document: document.trim() }),
          ...(words.trim() && { words: words.trim() }),
        })
      }
    >
      {(errors) => (
        <>
          <p>{deed.help}</p>
          {deed.asks.includes('day') && (
            <LabelledField id="d-day" label={deed.labels?.day ?? '公示起始日'} required error={errors['on']}>
              <DateInput id="d-day" label={deed.labels?.day ?? '公示起始日'} value={day} onChange={setDay} />
            </LabelledField>
          )}
          {deed.asks.includes('document') && (
            <LabelledField
              id="d-document"
              label={deed.labels?.document ?? '批复文号'}
              required={must('document')}
              error={errors['document']}
            >
              <Input id="d-document" value={document} onChange={(event) => setDocument(event.target.value)} />
            </LabelledField>
          )}
          {deed.asks.includes('words') && (
            <LabelledField id="d-words" label="理由" required={must('words')} error={errors['words']}>
              <Input id="d-words" maxLength={400} value={words} onChange={(event) => setWords(event.target.value)} />
            </LabelledField>
          )}
        </>
      )}
    </Dialog>
  )
}
