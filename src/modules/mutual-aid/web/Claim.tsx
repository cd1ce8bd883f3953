import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { Button, Input } from 'antd'
import { useState, type ReactElement } from 'react'
import { field } from '../../../kernel/register/declaration.ts'
import { get, post } from '../../../web/api.ts'
import { today, useMay } from '../../../web/session.ts'
import { Dialog } from '../../../web/ui/Dialog.tsx'
import { DateInput, FieldInput, LabelledField } from '../../../web/ui/FieldInput.tsx'
import { LinkButton } from '../../../web/ui/LinkButton.tsx'
import { Card, Facts, Page } from '../../../web/ui/Page.tsx'
import { Loaded, Notice } from '../../../web/ui/states.tsx'
import { Timeline } from '../../../web/ui/Timeline.tsx'
import { moneyText, StatusTag } from '../../../web/ui/values.tsx'
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
type Verb = '同意' | '退回' | '否决' | '撤回' | '支付'

function Shown({ claim }: { claim: ClaimDetail }): ReactElement {
  const may = useMay()
  const queries = useQueryClient()
  const [verb, setVerb] = useState<Verb | null>(null)
  const { text, tone } = standing(claim)
  const officer = may('mutual-aid.write') && !claim.own
  const verbs: Verb[] = []
  if (officer && (claim.state === 'filed' || claim.state === 'examined')) verbs.push('同意', '退回', '否决')
  if (officer && claim.state === 'approved') verbs.push('支付')
  if (claim.own && claim.state === 'filed') verbs.push('撤回')
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
          <StatusTag text={text} tone={tone} /> {claim.planTitle} · {claim.unitName} · {claim.filedOn} 申请
        </span>
      }
      actions={
        <>
          {(claim.state === 'returned' || claim.state === 'refused') && (
            <LinkButton to={`/mutual-aid/file?previous=${claim.id}`}>重新提交</LinkButton>
          )}
          {verbs.map((one) => (
            <Button
              key={one}
              type={one === '同意' || one === '支付' ? 'primary' : 'default'}
              danger={one === '否决'}
              onClick={() => setVerb(one)}
            >
              {one === '同意' ? (claim.state === 'filed' ? '初审同意' : '批准') : one === '支付' ? '登记支付' : one}
            </Button>
          ))}
        </>
      }
    >
      {claim.sampled && officer && claim.state !== 'paid' && (
        <Notice tone="warn">这件申请被抽中复查（约十件抽一件，由编号决定），请核对原件。</Notice>
      )}
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
            { label: '批准', value: sum(claim.approvedFen) ?? '还没有批准' },
            {
              label: '支付',
              value: claim.paidFen === null ? '还没有支付' : `${sum(claim.paidFen)}，${claim.paidOn}`,
            },
            ...(claim.adjustment ? [{ label: '调整的理由', value: claim.adjustment, whole: true }] : []),
          ]}
        />
        <ol className="steps">
          {claim.checked.payout.steps.map((step) => (
            <li key={step.text}>
              {step.text}：{moneyText(step.fen)} 元
            </li>
          ))}
        </ol>
      </Card>
      <Card title={claim.checked.passes ? '机器核对：全部符合' : '机器核对：有不符合的地方'}>
        <ol className="steps">
          {claim.checked.findings.map((finding) => (
            <li key={finding.no}>
              {finding.no}. {finding.title}：
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
      <Card title="办理记录">
        <Timeline acts={claim.acts} />
      </Card>
      {verb && verb !== '支付' && <MoveDialog claim={claim} verb={verb} close={close} />}
      {verb === '支付' && <PayDialog claim={claim} close={close} />}
    </Page>
  )
}

function MoveDialog({
  claim,
  verb,
  close,
}: {
  claim: ClaimDetail
  verb: Exclude<Verb, '支付'>
  close: () => void
}): ReactElement {
  const [words, setWords] = useState('')
  const [amount, setAmount] = useState<unknown>(claim.checked.payout.fen)
  const approving = verb === '同意' && claim.state === 'examined'
  const needed = verb === '退回' || verb === '否决'
  return (
    <Dialog
      title={`${verb}：${claim.personName}`}
      okText={verb}
      danger={verb === '否决'}
      ready={!needed || words.trim() !== ''}
      done={`已${verb}。`}
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
            <LabelledField id="amount" label="批准金额（元）" required error={errors['amountFen']}>
              <FieldInput
                id="amount"
                field={field.money('amount', '批准金额（元）')}
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

function PayDialog({ claim, close }: { claim: ClaimDetail; close: () => void }): ReactElement {
  const [paidOn, setPaidOn] = useState<string | null>(today())
  return (
    <Dialog
      title={`登记支付：${sum(claim.approvedFen)}`}
      okText="登记"
      ready={paidOn !== null}
      done="支付已登记。"
      close={close}
      work={() => post(`/api/mutual-aid/claims/${claim.id}/payment`, { paidOn })}
    >
      {(errors) => (
        <LabelledField id="paidOn" label="到账日期" required error={errors['paidOn']}>
          <DateInput id="paidOn" label="到账日期" value={paidOn} onChange={setPaidOn} />
        </LabelledField>
      )}
    </Dialog>
  )
}
