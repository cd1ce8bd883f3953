import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { get } from '../../../../web/api.ts'
import { today, useAddress } from '../../../../web/session.ts'
import { DateInput } from '../../../../web/ui/FieldInput.tsx'
import { Loaded, Notice } from '../../../../web/ui/states.tsx'
import { moneyText } from '../../../../web/ui/values.tsx'
import { SheetPage } from '../../../../web/pages/print/SheetPage.tsx'
import { fundsPath } from '../paths.ts'
import type { BankAccount, ReconciliationTable } from '../../bank-contract.ts'
import '../funds.css'

const useReconciliation = (unitId: number, account: string, on: string) =>
  useQuery({
    queryKey: ['funds', 'bank', 'reconciliation', unitId, account, on],
    queryFn: () => get<ReconciliationTable>('/api/funds/bank/reconciliation', { unitId, account, on }),
    enabled: unitId > 0,
  })

/** The table on a day, with the day to choose. */
export function ReconciliationTab({ unitId, account }: { unitId: number; account: BankAccount }): ReactElement {
  const [address, setAddress] = useAddress()
  const on = address['on'] ?? account.statedTo ?? today()
  const table = useReconciliation(unitId, account.code, on)
  return (
    <div className="inside-tab">
      <div className="row" style={{ marginBottom: 14, gap: 12, flexWrap: 'wrap' }}>
        <span>截至</span>
        <DateInput label="调节表日期" value={on} onChange={(day) => setAddress({ on: day })} />
        <Button href={fundsPath.printReconciliation(unitId, account.code, on)}>打印余额调节表</Button>
      </div>
      <Loaded query={table}>{(found) => <Table table={found} />}</Loaded>
    </div>
  )
}

type Side = { label: string; fen: number; strong?: boolean; items?: ReconciliationTable['bankPaid'] }

function Table({ table, paper }: { table: ReconciliationTable; paper?: boolean }): ReactElement {
  const left: Side[] = [
    { label: '工会账面银行存款余额', fen: table.bookFen, strong: true },
    { label: '加：银行已收、工会未收', fen: sum(table.bankReceived), items: table.bankReceived },
    { label: '减：银行已付、工会未付', fen: -sum(table.bankPaid), items: table.bankPaid },
    { label: '调节后余额', fen: table.adjustedBookFen, strong: true },
  ]
  const right: Side[] = [
    { label: '银行对账单余额', fen: table.bankFen, strong: true },
    { label: '加：工会已收、银行未收', fen: sum(table.bookReceived), items: table.bookReceived },
    { label: '减：工会已付、银行未付', fen: -sum(table.bookPaid), items: table.bookPaid },
    { label: '调节后余额', fen: table.adjustedBankFen, strong: true },
  ]
  return (
    <>
      {!table.stated && <Notice tone="warn">这一天之前没有导入过对账单，银行余额未知。</Notice>}
      {table.stated && table.differenceFen !== 0 && (
        <div className="no-print" style={{ marginBottom: 12 }}>
          <Notice tone="bad">
            调节后两边相差 {moneyText(Math.abs(table.differenceFen))}{' '}
            元。请检查首次导入对账单之前的未达账项，或有没有漏导入的天数。
          </Notice>
        </div>
      )}
      <div className="table-scroll" tabIndex={0} role="region" aria-label="可左右滚动的表格">
        <table className={paper ? 'paper-table' : 'statement'}>
          <thead>
            <tr>
              <th scope="col">项目</th>
              <th scope="col" className="number">
                金额
              </th>
              <th scope="col">项目</th>
              <th scope="col" className="number">
                金额
              </th>
            </tr>
          </thead>
          <tbody>
            {left.map((one, at) => (
              <tr key={one.label} className={one.strong ? 'strong' : undefined}>
                {[one, right[at]!].map((side) => [
                  <td key={`${side.label}-l`}>
                    {side.label}
                    {side.items?.map((item) => (
                      <div key={`${item.on}-${item.text}-${item.amountFen}`} className="item">
                        <span>
                          {item.on} {item.text}
                        </span>
                        <span>{moneyText(Math.abs(item.amountFen))}</span>
                      </div>
                    ))}
                  </td>,
                  <td key={`${side.label}-r`} className="number nowrap">
                    {moneyText(side.fen)}
                  </td>,
                ])}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {table.stated && table.differenceFen === 0 && !paper && (
        <p className="balance good" role="status">
          调节后两边相等。
        </p>
      )}
    </>
  )
}

const sum = (items: ReconciliationTable['bankPaid']): number => items.reduce((added, item) => added + item.amountFen, 0)

/** 银行存款余额调节表 on A4, with its places to sign. */
export function PrintReconciliation(): ReactElement {
  const [address] = useAddress()
  const table = useReconciliation(Number(address['unit'] ?? 0), address['account'] ?? '102', address['on'] ?? today())
  return (
    <Loaded query={table}>
      {(found) => (
        <SheetPage title="银行存款余额调节表">
          <h1>银行存款余额调节表</h1>
          <div className="meta">
            <span>单位：{found.unitName}</span>
            <span>
              账户：{found.account.code} {found.account.name}
            </span>
            <span>截至 {found.on}　单位：元</span>
          </div>
          <Table table={found} paper />
          <div className="sign-places three">
            {['会计主管', '复核', '制表'].map((place) => (
              <span key={place}>{place}：</span>
            ))}
          </div>
        </SheetPage>
      )}
    </Loaded>
  )
}
