import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState, type ReactElement } from 'react'
import { field } from '../../../../kernel/register/declaration.ts'
import { get, post } from '../../../../web/api.ts'
import { today } from '../../../../web/session.ts'
import { Attachments } from '../../../../web/ui/Attachments.tsx'
import { LinkButton } from '../../../../web/ui/LinkButton.tsx'
import { Card, Facts, Page } from '../../../../web/ui/Page.tsx'
import { Loaded, Notice } from '../../../../web/ui/states.tsx'
import { Timeline } from '../../../../web/ui/Timeline.tsx'
import { moneyText } from '../../../../web/ui/values.tsx'
import { FORMS, METHODS } from '../../spending-kinds.ts'
import { AskDialog } from '../AskDialog.tsx'
import { sourcePath } from '../paths.ts'
import { processPath } from '../process-paths.ts'
import { HandDialog } from './HandDialog.tsx'
import type { RequestDetail } from './shapes.ts'
import { Tag } from './Spending.tsx'
import { Verdicts } from './Verdicts.tsx'
import '../processes.css'

/** One request: what it is for, what the rules and the budget say, whose turn it is. */
export function RequestPage(): ReactElement {
  const { id } = useParams({ strict: false }) as { id: string }
  const request = useQuery({
    queryKey: ['funds-request', id],
    queryFn: () => get<RequestDetail>(`/api/funds/spending/${id}`),
  })
  return <Loaded query={request}>{(data) => <Shown request={data} />}</Loaded>
}

function Shown({ request }: { request: RequestDetail }): ReactElement {
  const [verb, setVerb] = useState<string | null>(null)
  const { room, officer } = request
  const people = [
    request.person && `${request.person}`,
    request.people !== null && `${request.people} 人`,
    request.participants !== null && `参加 ${request.participants} 人`,
  ].filter(Boolean)
  return (
    <Page
      title={request.purpose}
      crumbs={[
        officer ? { title: '支出与报销', to: processPath.spending } : { title: '我的报销', to: processPath.mine },
      ]}
      actions={
        <>
          <Button href={processPath.printRequest(request.id)} target="_blank">
            打印
          </Button>
          {request.editable && <LinkButton to={processPath.editRequest(request.id)}>修改</LinkButton>}
          {request.moves.map((move) => (
            <Button
              key={move}
              {...(['同意', '提交', '会签'].includes(move) ? { type: 'primary' as const } : {})}
              {...(move === '否决' || move === '终止' ? { danger: true } : {})}
              onClick={() => setVerb(move)}
            >
              {move === '同意' && request.state === 'approved' ? '付款' : move}
            </Button>
          ))}
        </>
      }
    >
      <div className="stack">
        {request.state === 'draft' && <Notice tone="warn">还没有提交。上传票据照片后点“提交”。</Notice>}
        {request.state === 'returned' && (
          <Notice tone="warn">申请被退回，请按意见修改后重新提交：{request.acts.at(-1)?.words}</Notice>
        )}
        {request.handedTo && <Notice>这一步已转给{request.handedTo.name}办理。</Notice>}
        {request.cosigners.length > 0 && (
          <Notice>等{request.cosigners.map((one) => one.name).join('、')}会签，会签后才能审批。</Notice>
        )}
        {request.payment && (
          <Notice tone="good">
            {request.payment.paidOn} 由{request.payment.paidName}付款，凭证{' '}
            <Link to={`/funds/vouchers/${request.payment.voucherId}` as never}>{request.payment.voucherNumber}</Link>
          </Notice>
        )}
        <Card title="申请" aside={<Tag state={request.state} title={request.stateTitle} />}>
          <Facts
            items={[
              { label: '金额', value: `${moneyText(request.amountFen)} 元（${request.capitals}）` },
              { label: '种类', value: request.kindTitle },
              { label: '申请单位', value: request.unitName },
              { label: '经办人', value: `${request.createdName}，${request.requestedOn}` },
              { label: '收款人', value: `${request.payee}（${METHODS[request.method]}）` },
              { label: '科目', value: `${request.account}（${request.accountCode}）` },
              { label: '发放形式', value: FORMS[request.form] },
              ...(request.project ? [{ label: '项目', value: request.project }] : []),
              ...(request.source
                ? [{ label: '来源', value: <a href={sourcePath(request.source)}>打开这笔支出的来源</a> }]
                : []),
              ...(request.holiday ? [{ label: '节日', value: request.holiday }] : []),
              ...(people.length ? [{ label: '人员', value: people.join('，') }] : []),
              ...(request.minutes ? [{ label: '会议纪要', value: `${request.minutes}（${request.minutesOn}）` }] : []),
              ...(request.invoices.length
                ? [
                    {
                      label: '发票',
                      whole: true,
                      value: request.invoices
                        .map(
                          (one) =>
                            `${one.number}，${moneyText(one.amountFen)} 元${one.seller ? `，${one.seller}` : ''}`,
                        )
                        .join('；'),
                    },
                  ]
                : []),
            ]}
          />
        </Card>
        <Card title="票据和附件" flush>
          <Attachments objectKind="funds-request" objectId={request.id} mayChange={request.editable} />
        </Card>
        <Card title="审批依据">
          <p>{request.required.sentence}</p>
          {room && request.state !== 'paid' && (
            <p>
              {room.budgetId === null
                ? '本年预算还没有生效，按上年同类支出从严掌握。'
                : room.lineId === null
                  ? '本年预算里没有这个科目，批准前须先调整预算。'
                  : `预算 ${moneyText(room.lineFen)} 元，除本申请外还剩 ${moneyText(room.leftFen)} 元。`}
            </p>
          )}
          <Verdicts verdicts={request.verdicts} />
        </Card>
        <Card title="办理过程">
          <Timeline acts={request.acts} />
        </Card>
      </div>
      {(verb === '转办' || verb === '加签') && <HandDialog request={request} verb={verb} close={() => setVerb(null)} />}
      {verb && verb !== '转办' && verb !== '加签' && <Deed request={request} verb={verb} close={() => setVerb(null)} />}
    </Page>
  )
}

const words = (required: boolean) => field.longtext('words', required ? '理由' : '意见', { required })

function Deed({ request, verb, close }: { request: RequestDetail; verb: string; close: () => void }): ReactElement {
  const queries = useQueryClient()
  const paying = verb === '同意' && request.state === 'approved'
  const refresh = async (): Promise<void> => {
    for (const key of ['funds-request', 'funds-spending', 'todos', 'funds-budget'])
      await queries.invalidateQueries({ queryKey: [key] })
  }
  const send = async (values: Record<string, unknown>): Promise<void> => {
    await (paying
      ? post(`/api/funds/spending/${request.id}/payment`, {
          paidOn: values['paidOn'],
          reference: values['reference'] || null,
          expected: request.state,
        })
      : post(`/api/funds/spending/${request.id}/acts`, {
          verb,
          expected: request.state,
          ...(values['words'] ? { words: values['words'] } : {}),
        }))
    await refresh()
  }
  return (
    <AskDialog
      title={`${paying ? '付款' : verb}：${request.purpose}，${moneyText(request.amountFen)} 元`}
      okText={paying ? '确认付款' : `确认${verb}`}
      done={paying ? '已付款，凭证已记账。' : '已办理。'}
      danger={verb === '否决' || verb === '终止'}
      initial={paying ? { paidOn: today() } : {}}
      fields={
        paying
          ? [
              field.date('paidOn', '付款日期', { required: true }),
              field.text('reference', '银行回单号', { help: '转账填写，便于对账。' }),
            ]
          : [words(['退回', '否决', '终止'].includes(verb))]
      }
      send={send}
      close={close}
    >
      {() =>
        paying && (
          <p>
            付给 <b>{request.payee}</b>，{METHODS[request.method]}。付款后自动记账，不能撤销。
          </p>
        )
      }
    </AskDialog>
  )
}
