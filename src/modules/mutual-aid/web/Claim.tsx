import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { Button, Input } from 'antd'
import { useState, type ReactElement } from 'react'
import { field } from '../../../kernel/register/declaration.ts'
import { get, post } from '../../../web/api.ts'
import { today, useMay } from '../../../web/session.ts'
import { Dialog } from '../../../web/ui/Dialog.tsx'
import { FieldInput, LabelledField } from '../../../web/ui/FieldInput.tsx'
import { LinkButton } from '../../../web/ui/LinkButton.tsx'
import { Card, Facts, Page } from '../../../web/ui/Page.tsx'
import { Loaded, Notice } from '../../../web/ui/states.tsx'
import { Timeline } from '../../../web/ui/Timeline.tsx'
import { moneyText, StatusTag } from '../../../web/ui/values.tsx'
import { Attachments } from '../../../web/ui/Attachments.tsx'
import { AppealDialog, BankReturnDialog, PayDialog, SampleDialog } from './ClaimDeeds.tsx'
import { standing, type ClaimDetail } from './shapes.ts'

/** One claim: the machine's findings by number, the arithmetic, the four sums, and who decided. */
export function Claim(): ReactElement {
  const { id } = useParams({ strict: false }) as { id: string }
  const claim = useQuery({
    queryKey: ['mutual-aid-claim', id],
    queryFn: () => get<ClaimDetail>(`/api/mutual-aid/claims/${id}`),
  })
  return <Loaded query={claim}>{(shown) => <Shown claim={shown} />}</Loaded>
}

const sum = (fen: number | null): string | null => (fen === null ? null : `${moneyText(fen)} 元`)
type Verb = '同意' | '退回' | '否决' | '撤回' | '支付' | '退汇' | '抽查' | '申诉'

function Shown({ claim }: { claim: ClaimDetail }): ReactElement {
  const may = useMay()
  const queries = useQueryClient()
  const [verb, setVerb] = useState<Verb | null>(null)
  const { text, tone } = standing(claim)
  const refusal =
    claim.state === 'returned' || claim.state === 'refused'
      ? claim.acts.findLast((done) => (done.verb === '退回' || done.verb === '否决') && done.words)
      : undefined
  const officer = may('mutual-aid.write') && !claim.own
  const verbs: Verb[] = []
  if (officer && (claim.state === 'filed' || claim.state === 'examined')) verbs.push('同意', '退回', '否决')
  if (officer && claim.state === 'appealed') verbs.push('同意', '否决')
  const looked = claim.reviews.at(-1)?.outcome === 'sound'
  if (officer && claim.state === 'approved' && claim.sampled && !looked) verbs.push('抽查')
  if (officer && claim.state === 'approved' && (!claim.sampled || looked)) verbs.push('支付')
  if (officer && claim.state === 'paid' && claim.paidThrough === 'account') verbs.push('退汇')
  if (claim.own && claim.state === 'filed') verbs.push('撤回')
  if (claim.appealBy && claim.appealBy >= today() && (claim.own || officer)) verbs.push('申诉')
  const title = (one: Verb): string => {
    if (one === '支付') return '登记支付'
    if (one === '退汇') return '登记退汇'
    if (one === '抽查') return '登记抽查'
    if (claim.state === 'appealed') return one === '同意' ? '申诉成立' : '申诉不成立'
    if (one === '同意') return claim.state === 'filed' ? '初审同意' : '批准'
    return one
  }
  const close = (): void => {
    setVerb(null)
    for (const key of ['mutual-aid-claim', 'mutual-aid-claims', 'todos'])
      void queries.invalidateQueries({ queryKey: [key] })
  }
  return (
    <Page
      title={`${claim.personName}的互助申请`}
      crumbs={[{ title: '互助理赔', to: '/mutual-aid/claims' }]}
      help={
        <span className="row">
          <StatusTag text={text} tone={tone} /> {claim.planTitle} · {claim.unitName} ·{' '}
          <span className="nowrap">{claim.filedOn} 申请</span>
        </span>
      }
      actions={
        <>
          {(claim.state === 'returned' || claim.state === 'refused') && claim.nextId === null && (
            <LinkButton to={`/mutual-aid/file?previous=${claim.id}`}>重新提交</LinkButton>
          )}
          {verbs.map((one) => (
            <Button
              key={one}
              type={one === '同意' || one === '支付' ? 'primary' : 'default'}
              danger={one === '否决'}
              onClick={() => setVerb(one)}
            >
              {title(one)}
            </Button>
          ))}
        </>
      }
    >
      {claim.sampled && officer && claim.state !== 'paid' && (
        <Notice tone="warn">这件申请被抽中复查（约十件抽一件，由编号决定），请核对原件。</Notice>
      )}
      {refusal && (
        <Notice tone="warn">
          {refusal.verb}的理由：{refusal.words}
        </Notice>
      )}
      {claim.nextId && (
        <Notice>
          这件申请已经重新提交。<Link to={`/mutual-aid/claims/${claim.nextId}` as never}>看新的申请</Link>
        </Notice>
      )}
      {claim.appealBy && (
        <Notice>
          对结果有异议的，可以在 {claim.appealBy} 前申诉一次，由没有办理过的人决定；有新材料的，重新提交。
        </Notice>
      )}
      {claim.appeal && (
        <Notice tone={claim.appeal.outcome === 'granted' ? 'good' : 'warn'}>
          {claim.appeal.appealedOn} 申诉：{claim.appeal.grounds}。
          {claim.appeal.outcome === null
            ? '等待决定。'
            : `${claim.appeal.decidedOn} ${claim.appeal.outcome === 'granted' ? '申诉成立，重新审批' : '申诉不成立，维持原决定'}。`}
        </Notice>
      )}
      {claim.reviews.map((review) => (
        <Notice key={review.words} tone={review.outcome === 'sound' ? 'good' : 'bad'}>
          {review.on} {review.by}抽查：{review.outcome === 'sound' ? '属实' : '有问题'}。{review.words}
        </Notice>
      ))}
      {claim.returns.map((back) => (
        <Notice key={back.id} tone="warn">
          {back.paidOn} 支付的 {moneyText(back.amountFen)} 元在 {back.returnedOn} 被银行退回：{back.reason}。
          {may('funds.read') ? (
            <>
              凭证 <Link to={`/funds/vouchers/${back.paidVoucherId}` as never}>{back.paidVoucherNo}</Link>、
              <Link to={`/funds/vouchers/${back.voucherId}` as never}>{back.voucherNo}</Link>。
            </>
          ) : (
            claim.own && claim.state === 'approved' && '请与工会核对您的收款账号。'
          )}
        </Notice>
      ))}
      {claim.previousId && (
        <Notice>
          这是重新提交的申请。<Link to={`/mutual-aid/claims/${claim.previousId}` as never}>看原来的申请</Link>
        </Notice>
      )}
      <Card title="金额">
        <Facts
          items={[
            { label: '申请', value: sum(claim.claimedFen) },
            { label: '计算', value: sum(claim.checked.payout.fen) },
            {
              label: '初审',
              value: sum(claim.examinedFen) ?? (claim.approvedFen === null ? '还没有初审' : '按申诉决定'),
            },
            { label: '批准', value: sum(claim.approvedFen) ?? '还没有批准' },
            {
              label: '支付',
              value:
                claim.paidFen === null
                  ? '还没有支付'
                  : `${sum(claim.paidFen)}，${claim.paidOn}，${claim.paidThrough === 'account' ? '经工会账户' : '承办机构直接支付'}`,
            },
            ...(claim.voucherId && may('funds.read')
              ? [
                  {
                    label: '凭证',
                    value: <Link to={`/funds/vouchers/${claim.voucherId}` as never}>{claim.voucherNo}</Link>,
                  },
                ]
              : []),
            ...(claim.adjustment ? [{ label: '调整的理由', value: claim.adjustment, whole: true }] : []),
          ]}
        />
        <ol className="stack" style={{ gap: 6, maxWidth: 560 }}>
          {claim.checked.payout.steps.map((step) => (
            <li key={step.text} className="spread">
              <span>{step.text}</span>
              <span>{moneyText(step.fen)} 元</span>
            </li>
          ))}
        </ol>
      </Card>
      <Card title={claim.checked.passes ? '机器核对：全部符合' : '机器核对：有不符合的地方'}>
        <ol className="stack" style={{ gap: 6, maxWidth: 560 }}>
          {claim.checked.findings.map((finding) => (
            <li key={finding.no} className="spread">
              <span>
                {finding.no}. {finding.title}
              </span>
              <StatusTag text={finding.text} tone={finding.holds ? 'good' : 'bad'} />
            </li>
          ))}
        </ol>
      </Card>
      <Card title="申请内容">
        <Facts
          items={[
            { label: '原因', value: [claim.cause, claim.category].filter(Boolean).join('：') },
            { label: '发生日期', value: claim.eventOn },
            { label: '医院', value: claim.hospital },
            { label: '住院天数', value: `${claim.days} 天` },
            { label: '总费用', value: sum(claim.totalFen) },
            { label: '个人自付', value: sum(claim.ownFen) },
            { label: '票据号码', value: claim.invoiceNo },
            { label: '材料', value: claim.papers.join('、'), whole: true },
          ]}
        />
      </Card>
      <Card title="材料和照片" flush>
        <Attachments
          objectKind="mutual-aid-claim"
          objectId={claim.id}
          mayChange={claim.own ? claim.state === 'filed' : officer && !['paid', 'withdrawn'].includes(claim.state)}
        />
      </Card>
      <Card title="办理记录">
        <Timeline acts={claim.acts} />
      </Card>
      {verb === '支付' && <PayDialog claim={claim} close={close} />}
      {verb === '退汇' && <BankReturnDialog claim={claim} close={close} />}
      {verb === '抽查' && <SampleDialog claim={claim} close={close} />}
      {verb === '申诉' && <AppealDialog claim={claim} close={close} />}
      {verb && isMove(verb) && <MoveDialog claim={claim} verb={verb} title={title(verb)} close={close} />}
    </Page>
  )
}

const MOVES = ['同意', '退回', '否决', '撤回'] as const
type MoveVerb = (typeof MOVES)[number]
const isMove = (verb: Verb): verb is MoveVerb => (MOVES as readonly string[]).includes(verb)

function MoveDialog({
  claim,
  verb,
  title,
  close,
}: {
  claim: ClaimDetail
  verb: MoveVerb
  title: string
  close: () => void
}): ReactElement {
  const [words, setWords] = useState('')
  const [amount, setAmount] = useState<unknown>(claim.examinedFen ?? claim.checked.payout.fen)
  const examining = claim.state === 'filed'
  const approving = verb === '同意' && (examining || claim.state === 'examined')
  const label = examining ? '初审金额（元）' : '批准金额（元）'
  const needed = verb === '退回' || verb === '否决'
  return (
    <Dialog
      title={`${title}：${claim.personName}`}
      okText={title}
      danger={verb === '否决'}
      ready={!needed || words.trim() !== ''}
      done={`${title}，已办理。`}
      close={close}
      work={() =>
        post(`/api/mutual-aid/claims/${claim.id}/moves`, {
          verb,
          ...(words.trim() && { words }),
          ...(approving && { amountFen: amount }),
        })
      }
    >
      {(errors) => (
        <>
          {approving && (
            <LabelledField id="amount" label={label} required error={errors['amountFen']}>
              <FieldInput
                id="amount"
                field={field.money('amount', label)}
                value={amount}
                onChange={setAmount}
                invalid={Boolean(errors['amountFen'])}
              />
            </LabelledField>
          )}
          <LabelledField id="words" label={needed ? '理由' : '意见'} required={needed} error={errors['words']}>
            <Input.TextArea
              id="words"
              maxLength={300}
              autoSize={{ minRows: 2 }}
              value={words}
              onChange={(event) => setWords(event.target.value)}
            />
          </LabelledField>
        </>
      )}
    </Dialog>
  )
}
