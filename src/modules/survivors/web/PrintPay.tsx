import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { capitalYuan } from '../../../kernel/money/money.ts'
import { get } from '../../../web/api.ts'
import { SheetPage, SignPlaces } from '../../../web/pages/print/SheetPage.tsx'
import { Loaded } from '../../../web/ui/states.tsx'
import { moneyText } from '../../../web/ui/values.tsx'
import type { PayDetail } from '../contract.ts'

/** The month's list on paper, with a place for each to sign. */
export function PrintPay(): ReactElement {
  const { id } = useParams({ strict: false }) as { id: string }
  const pay = useQuery({
    queryKey: ['survivors-pay-list', id],
    queryFn: () => get<PayDetail>(`/api/survivors/pay/${id}`),
  })
  return <Loaded query={pay}>{(shown) => <Sheet pay={shown} />}</Loaded>
}

const Sheet = ({ pay }: { pay: PayDetail }): ReactElement => (
  <SheetPage title={`${pay.month} 遗属抚恤金发放表`} wide>
    <h1>{pay.month} 遗属抚恤金发放表</h1>
    <p>
      单位：{pay.unitName}　资金来源：{pay.source}
      {pay.voucherNo && `　凭证：${pay.voucherNo}`}
    </p>
    <table className="paper-table">
      <thead>
        <tr>
          {['序号', '遗属', '亡故职工', '关系', '标准档', '月份', '金额（元）', '签名'].map((title) => (
            <th key={title} scope="col">
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {pay.lines.map((line, at) => (
          <tr key={line.survivorId}>
            <td>{at + 1}</td>
            <td>{line.name}</td>
            <td>{line.deceasedName}</td>
            <td>{line.relation}</td>
            <td>{line.grade}</td>
            <td>{line.months.join('、')}</td>
            <td style={{ textAlign: 'right' }}>{moneyText(line.amountFen)}</td>
            <td />
          </tr>
        ))}
        <tr>
          <td colSpan={6}>合计（大写）：{capitalYuan(pay.totalFen)}</td>
          <td style={{ textAlign: 'right' }}>{moneyText(pay.totalFen)}</td>
          <td />
        </tr>
      </tbody>
    </table>
    <SignPlaces places={['制表', '审批', '经办']} />
  </SheetPage>
)
