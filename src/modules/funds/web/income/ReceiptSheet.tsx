import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { get } from '../../../../web/api.ts'
import { SheetPage, SignPlaces } from '../../../../web/pages/print/SheetPage.tsx'
import { Loaded } from '../../../../web/ui/states.tsx'
import { moneyText } from '../../../../web/ui/values.tsx'
import type { ReceiptPaper } from '../../income-contract.ts'
import { METHODS } from '../../spending-kinds.ts'

/** A receipt on paper, with what it is made of. */
export function ReceiptSheet(): ReactElement {
  const { id } = useParams({ strict: false }) as { id: string }
  const receipt = useQuery({
    queryKey: ['funds-receipt', id],
    queryFn: () => get<ReceiptPaper>(`/api/funds/receipts/${id}`),
  })
  return (
    <SheetPage title="收据">
      <Loaded query={receipt}>
        {(data) => (
          <>
            <h1 style={{ textAlign: 'center' }}>{data.unitName}收据</h1>
            <p className="spread">
              <span>
                № {data.receiptNo}
                {data.reversedById !== null && <b>（已注销）</b>}
              </span>
              <span>{data.receivedOn}</span>
            </p>
            <table className="paper-table">
              <tbody>
                <tr>
                  <th>今收到</th>
                  <td>{data.payer}</td>
                </tr>
                <tr>
                  <th>交来</th>
                  <td>
                    {data.summary}（{data.kindTitle}，{METHODS[data.method]}）
                  </td>
                </tr>
                <tr>
                  <th>金额</th>
                  <td>
                    人民币{data.capitals}　¥{moneyText(data.amountFen)}
                  </td>
                </tr>
                {data.months.length > 0 && (
                  <tr>
                    <th>其中</th>
                    <td>
                      {data.months
                        .map((one) => `${one.month}：${one.people} 人，${moneyText(one.amountFen)} 元`)
                        .join('；')}
                    </td>
                  </tr>
                )}
                {data.parts.length > 0 && (
                  <tr>
                    <th>其中</th>
                    <td>
                      {data.parts
                        .map(
                          (one) =>
                            `${one.month}：本级 ${moneyText(one.ownFen)} 元，应付上级 ${moneyText(one.upperFen)} 元`,
                        )
                        .join('；')}
                    </td>
                  </tr>
                )}
                {data.document && (
                  <tr>
                    <th>依据</th>
                    <td>{data.document}</td>
                  </tr>
                )}
                <tr>
                  <th>记账凭证</th>
                  <td>{data.voucherNumber}</td>
                </tr>
              </tbody>
            </table>
            <SignPlaces places={[`收款人 ${data.createdName}`, '交款人', '收款单位（章）']} />
          </>
        )}
      </Loaded>
    </SheetPage>
  )
}
