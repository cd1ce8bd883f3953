import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { chineseDay } from '../../../../kernel/calendar/days.ts'
import { capitalYuan } from '../../../../kernel/money/money.ts'
import { get } from '../../../../web/api.ts'
import { SheetPage } from '../../../../web/pages/print/SheetPage.tsx'
import { Loaded } from '../../../../web/ui/states.tsx'
import { moneyText } from '../../../../web/ui/values.tsx'
import { numberText } from '../paths.ts'
import type { Voucher } from '../../voucher-contract.ts'
import '../funds.css'

/** Lines of one sheet of paper; a longer voucher goes on, numbered 1/2, 2/2 (会计基础工作规范 第五十一条). */
const LINES = 6

/** 记账凭证 as it is signed and bound, with the total in capitals. */
export function PrintVoucher(): ReactElement {
  const { id } = useParams({ strict: false }) as { id: string }
  const voucher = useQuery({
    queryKey: ['funds', 'voucher', Number(id)],
    queryFn: () => get<Voucher>(`/api/funds/vouchers/${id}`),
  })
  return <Loaded query={voucher}>{(found) => <Sheets voucher={found} />}</Loaded>
}

function Sheets({ voucher }: { voucher: Voucher }): ReactElement {
  const pages = Math.max(1, Math.ceil(voucher.entries.length / LINES))
  return (
    <SheetPage title={`记账凭证 ${numberText(voucher.month, voucher.no)}`} wide>
      {Array.from({ length: pages }, (_, page) => {
        const entries = voucher.entries.slice(page * LINES, (page + 1) * LINES)
        const last = page === pages - 1
        const number = `${voucher.no === null ? '（未记账）' : `记字第 ${numberText(voucher.month, voucher.no).slice(2)} 号`}${pages > 1 ? `　${page + 1}/${pages}` : ''}`
        return (
          <div key={page} className="voucher-sheet" style={page ? { breakBefore: 'page' } : undefined}>
            <h1>记账凭证</h1>
            <p className="date">{chineseDay(voucher.onDate)}</p>
            <div className="meta">
              <span>单位：{voucher.unitName}</span>
              <span>{number}</span>
              <span>附件 {voucher.attachments} 张</span>
            </div>
            <table className="paper-table">
              <thead>
                <tr>
                  <th scope="col" style={{ width: '28%' }}>
                    摘要
                  </th>
                  <th scope="col" style={{ width: '34%' }}>
                    会计科目
                  </th>
                  <th scope="col" style={{ width: '14%' }}>
                    项目
                  </th>
                  <th scope="col">借方金额</th>
                  <th scope="col">贷方金额</th>
                </tr>
              </thead>
              <tbody>
                {entries.map((entry) => (
                  <tr key={entry.line}>
                    <td>{entry.summary || voucher.summary}</td>
                    <td>
                      {entry.account} {entry.accountName}
                    </td>
                    <td>{entry.projectName}</td>
                    <td className={entry.debitFen < 0 ? 'number red-letter' : 'number'}>
                      {entry.debitFen ? moneyText(entry.debitFen) : ''}
                    </td>
                    <td className={entry.creditFen < 0 ? 'number red-letter' : 'number'}>
                      {entry.creditFen ? moneyText(entry.creditFen) : ''}
                    </td>
                  </tr>
                ))}
                {Array.from({ length: Math.max(0, 4 - entries.length) }, (_, at) => (
                  <tr key={`blank-${at}`}>
                    <td />
                    <td />
                    <td />
                    <td />
                    <td />
                  </tr>
                ))}
                <tr>
                  <td colSpan={3}>{last ? `合计（大写）：人民币${capitalYuan(voucher.totalFen)}` : '转次页'}</td>
                  <td className="number strong">{last ? moneyText(voucher.totalFen) : ''}</td>
                  <td className="number strong">{last ? moneyText(voucher.totalFen) : ''}</td>
                </tr>
              </tbody>
            </table>
            <div className="sign-places five">
              <span>会计主管：</span>
              <span>记账：{voucher.postedName ?? ''}</span>
              <span>审核：{voucher.reviewedName ?? ''}</span>
              <span>出纳：{voucher.cashierName ?? ''}</span>
              <span>制单：{voucher.preparedName}</span>
            </div>
          </div>
        )
      })}
    </SheetPage>
  )
}
