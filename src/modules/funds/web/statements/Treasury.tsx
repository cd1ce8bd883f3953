import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { get } from '../../../../web/api.ts'
import { withQuery } from '../../../../web/path.ts'
import { today, useMay, useScope } from '../../../../web/session.ts'
import { LinkButton } from '../../../../web/ui/LinkButton.tsx'
import { Card, Page } from '../../../../web/ui/Page.tsx'
import { Loaded } from '../../../../web/ui/states.tsx'
import { moneyText } from '../../../../web/ui/values.tsx'
import type { Overview } from '../../contract.ts'
import { WithBook } from '../book.tsx'
import type { Book } from '../../voucher-contract.ts'
import { fundsPath } from '../paths.ts'
import { processPath } from '../process-paths.ts'
import { MonthBars } from './MonthBars.tsx'

/** The treasurer's morning: what there is, what is owed, what waits, and the year against its budget. */
export function Treasury(): ReactElement {
  const { unitName, year } = useScope()
  const may = useMay()
  return (
    <Page
      title="经费总览"
      help={`${unitName} ${year} 年的资金、收支和待办。数字都来自已记账的凭证。`}
      actions={
        may('funds.prepare') && (
          <LinkButton type="primary" to={fundsPath.newVoucher}>
            填制凭证
          </LinkButton>
        )
      }
    >
      <WithBook>{(book) => <Morning book={book} />}</WithBook>
    </Page>
  )
}

function Morning({ book }: { book: Book }): ReactElement {
  const { year } = useScope()
  const overview = useQuery({
    queryKey: ['funds', 'overview', book.id, year],
    queryFn: () => get<Overview>(`/api/funds/books/${book.id}/overview`, { year }),
  })
  const thisYear = year === Number(today().slice(0, 4))
  return (
    <Loaded query={overview}>
      {(found) => {
        const income = found.months.reduce((sum, month) => sum + month.incomeFen, 0)
        const expense = found.months.reduce((sum, month) => sum + month.expenseFen, 0)
        return (
          <>
            <section className="card money-strip" aria-label="资金">
              <Figure
                title={thisYear ? '库存现金' : '年末库存现金'}
                fen={found.cashFen}
                to={withQuery(fundsPath.ledgers, { tab: 'ledger', account: '101', year })}
              />
              <Figure
                title={thisYear ? '银行存款' : '年末银行存款'}
                fen={found.bankFen}
                to={withQuery(fundsPath.ledgers, { tab: 'ledger', account: '102', year })}
              />
              <Figure
                title="应付上级经费"
                fen={found.dueUpFen}
                to={withQuery(fundsPath.ledgers, { tab: 'ledger', account: '211', year })}
              />
              <Figure title="借支未结清" fen={found.advancesFen} to={fundsPath.advances} />
              <Figure
                title="代管经费"
                fen={found.entrustedFen}
                to={withQuery(fundsPath.advances, { tab: 'entrusted' })}
              />
            </section>
            <div className="desk">
              <div>
                <Card title={`${year} 年各月收支`}>
                  <MonthBars months={found.months} {...(found.budget && { budget: found.budget })} />
                </Card>
                <Card title="收支构成，今年与上年" flush>
                  <Kinds kinds={found.kinds} year={year} />
                </Card>
              </div>
              <div>
                <Card title="预算执行">
                  {found.budget ? (
                    <>
                      <Execution title="收入" doneFen={income} ofFen={found.budget.incomeFen} />
                      <Execution title="支出" doneFen={expense} ofFen={found.budget.expenseFen} />
                    </>
                  ) : (
                    <p className="faint">{year} 年没有批准的预算。</p>
                  )}
                </Card>
                <Card title="待办">
                  <ul className="check-list">
                    <li>
                      <span>待审核</span>
                      <Link to={withQuery(fundsPath.vouchers, { state: 'draft', year }) as never}>
                        {found.drafts} 张凭证
                      </Link>
                    </li>
                    <li>
                      <span>待记账</span>
                      <Link to={withQuery(fundsPath.vouchers, { state: 'reviewed', year }) as never}>
                        {found.reviewed} 张凭证
                      </Link>
                    </li>
                    <li>
                      <span>已结账到</span>
                      <Link to={fundsPath.closing as never}>
                        {found.closedUpTo
                          ? `${found.closedUpTo.slice(0, 4)} 年 ${Number(found.closedUpTo.slice(5, 7))} 月`
                          : '尚未结过账'}
                      </Link>
                    </li>
                  </ul>
                </Card>
                <Card title="现金管理">
                  <Cash cash={found.cash} year={year} />
                </Card>
              </div>
            </div>
          </>
        )
      }}
    </Loaded>
  )
}

const Figure = ({ title, fen, to }: { title: string; fen: number; to: string }): ReactElement => (
  <div>
    <span>{title}</span>
    <Link to={to as never}>
      <b>{moneyText(fen)}</b>
    </Link>
  </div>
)

/** Days that the rules of cash find fault with; a limit is asked for while none is known. */
function Cash({ cash, year }: { cash: Overview['cash']; year: number }): ReactElement {
  return (
    <>
      {cash.limitFen === null ? (
        <p className="faint">
          还没有登记库存现金限额，请在<Link to={processPath.rules as never}>经费设置</Link>里登记。
        </p>
      ) : (
        <p className="faint">核定限额 {moneyText(cash.limitFen)} 元</p>
      )}
      {cash.findings.length === 0 ? (
        <p>{year} 年没有坐支，也没有超限额存放现金。</p>
      ) : (
        <ul className="check-list">
          {cash.findings.slice(0, 5).map((one) => (
            <li key={one.on + one.cardId}>
              <details>
                <summary>
                  <Link
                    to={
                      withQuery(fundsPath.ledgers, {
                        tab: 'ledger',
                        account: '101',
                        from: one.on,
                        to: one.on,
                        year,
                      }) as never
                    }
                  >
                    {one.on}
                  </Link>
                  　{one.title}
                </summary>
                {one.steps.map((step) => (
                  <p key={step} className="faint">
                    {step.replace(/^\d+\. /, '')}
                  </p>
                ))}
              </details>
            </li>
          ))}
        </ul>
      )}
      {cash.findings.length > 5 && <p className="faint">还有 {cash.findings.length - 5} 天，见现金日记账。</p>}
    </>
  )
}

function Execution({ title, doneFen, ofFen }: { title: string; doneFen: number; ofFen: number }): ReactElement {
  const share = ofFen ? Math.round((doneFen * 1000) / ofFen) / 10 : 0
  return (
    <div className="execution">
      <div className="spread">
        <span>{title}</span>
        <span>
          <b>{moneyText(doneFen)}</b> <span className="faint">/ 预算 {moneyText(ofFen)}</span> {share}%
        </span>
      </div>
      <div className="track" aria-hidden="true">
        <i style={{ width: `${Math.min(100, share)}%` }} className={share > 100 ? 'over' : undefined} />
      </div>
    </div>
  )
}

function Kinds({ kinds, year }: { kinds: Overview['kinds']; year: number }): ReactElement {
  if (!kinds.length)
    return (
      <p className="faint" style={{ padding: 16 }}>
        今年和上年都没有记账的收支。
      </p>
    )
  return (
    <div className="table-scroll" tabIndex={0} role="region" aria-label="可左右滚动的表格">
      <table className="grid compact">
        <thead>
          <tr>
            <th scope="col">科目</th>
            <th scope="col" className="number">
              {year} 年
            </th>
            <th scope="col" className="number">
              {year - 1} 年
            </th>
          </tr>
        </thead>
        <tbody>
          {(['income', 'expense'] as const).flatMap((side) =>
            kinds
              .filter((kind) => kind.side === side)
              .map((kind) => (
                <tr key={kind.code}>
                  <td>
                    <Link to={withQuery(fundsPath.ledgers, { tab: 'ledger', account: kind.code, year }) as never}>
                      {kind.name}
                    </Link>
                  </td>
                  <td className="number">{moneyText(kind.nowFen)}</td>
                  <td className="number">{moneyText(kind.beforeFen)}</td>
                </tr>
              )),
          )}
        </tbody>
      </table>
    </div>
  )
}
