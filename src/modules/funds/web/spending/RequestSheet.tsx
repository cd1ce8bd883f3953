import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { get } from '../../../../web/api.ts'
import { SheetPage } from '../../../../web/pages/print/SheetPage.tsx'
import { Loaded } from '../../../../web/ui/states.tsx'
import { moneyText, timeText } from '../../../../web/ui/values.tsx'
import { METHODS } from '../../spending-kinds.ts'
import type { RequestDetail } from './shapes.ts'
import '../processes.css'

/** The request as it is filed behind its voucher. */
export function RequestSheet(): ReactElement {
  const { id } = useParams({ strict: false }) as { id: string }
  const request = useQuery({
    queryKey: ['funds-request', id],
    queryFn: () => get<RequestDetail>(`/api/funds/spending/${id}`),
  })
  return (
    <SheetPage title="经费支出申请单">
      <Loaded query={request}>
        {(data) => (
          <>
            <h1 style={{ textAlign: 'center' }}>{data.bookUnitName}经费支出申请单</h1>
            <p className="spread">
              <span>第 {data.id} 号</span>
              <span>申请日期：{data.requestedOn}</span>
            </p>
            <table className="paper-table">
              <tbody>
                <Row label="申请单位" text={data.unitName} label2="经办人" text2={data.createdName} />
                <Row label="用途" text={data.purpose} label2="种类" text2={data.kindTitle} />
                <Row label="收款人" text={data.payee} label2="付款方式" text2={METHODS[data.method]} />
                <Row
                  label="科目"
                  text={`${data.account}（${data.accountCode}）`}
                  label2="项目"
                  text2={data.project ?? ''}
                />
                <tr>
                  <th>金额</th>
                  <td colSpan={3}>
                    人民币{data.capitals}　¥{moneyText(data.amountFen)}
                  </td>
                </tr>
                <tr>
                  <th>发票</th>
                  <td colSpan={3}>
                    {data.invoices.map((one) => `${one.number}（${moneyText(one.amountFen)} 元）`).join('、')}
                  </td>
                </tr>
                <tr>
                  <th>审批</th>
                  <td colSpan={3}>
                    {data.acts.map((act) => (
                      <p key={`${act.at}${act.verb}`}>
                        {timeText(act.at)}　{act.office}　{act.actorName}　{act.verb}
                        {act.words ? `：${act.words}` : ''}
                      </p>
                    ))}
                  </td>
                </tr>
                {data.minutes && (
                  <tr>
                    <th>会议纪要</th>
                    <td colSpan={3}>
                      {data.minutes}（{data.minutesOn}）
                    </td>
                  </tr>
                )}
                {data.payment && (
                  <tr>
                    <th>付款</th>
                    <td colSpan={3}>
                      {data.payment.paidOn}　{data.payment.paidName}　{data.payment.voucherNumber}
                      {data.payment.reference ? `　${data.payment.reference}` : ''}
                    </td>
                  </tr>
                )}
              </tbody>
            </table>
            <div className="sign-places close">
              {['经办人', '审核', '审批', '领款人'].map((place) => (
                <span key={place}>{place}：</span>
              ))}
              <span>日期：　　年　　月　　日</span>
            </div>
          </>
        )}
      </Loaded>
    </SheetPage>
  )
}

function Row(cells: { label: string; text: string; label2: string; text2: string }): ReactElement {
  return (
    <tr>
      <th>{cells.label}</th>
      <td>{cells.text}</td>
      <th>{cells.label2}</th>
      <td>{cells.text2}</td>
    </tr>
  )
}
