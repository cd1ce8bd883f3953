import type { ReactElement } from 'react'
import { capitalYuan } from '../../../../kernel/money/money.ts'
import { moneyText } from '../../../../web/ui/values.tsx'
import type { Voucher } from '../../voucher-contract.ts'

/** The lines of a voucher as they stand, with their total in capitals. */
export function PostedLines({ voucher: found }: { voucher: Voucher }): ReactElement {
  return (
    <section className="card">
      <div className="table-scroll" tabIndex={0} role="region" aria-label="可左右滚动的表格">
        <table className="grid">
          <caption className="sr-only">分录</caption>
          <thead>
            <tr>
              <th scope="col">摘要</th>
              <th scope="col">科目</th>
              <th scope="col">项目 / 对方</th>
              <th scope="col" className="number">
                借方金额
              </th>
              <th scope="col" className="number">
                贷方金额
              </th>
            </tr>
          </thead>
          <tbody>
            {found.entries.map((entry) => (
              <tr key={entry.line}>
                <td>{entry.summary || found.summary}</td>
                <td>
                  {entry.account} {entry.accountName}
                </td>
                <td>{[entry.projectName, entry.counterparty].filter(Boolean).join(' / ')}</td>
                <Amount fen={entry.debitFen} />
                <Amount fen={entry.creditFen} />
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <td colSpan={3}>合计：{capitalYuan(found.totalFen)}</td>
              <td className="number">{moneyText(found.totalFen)}</td>
              <td className="number">{moneyText(found.totalFen)}</td>
            </tr>
          </tfoot>
        </table>
      </div>
    </section>
  )
}

const Amount = ({ fen }: { fen: number }): ReactElement => (
  <td className={fen < 0 ? 'number red-letter' : 'number'}>{fen === 0 ? '' : moneyText(fen)}</td>
)
