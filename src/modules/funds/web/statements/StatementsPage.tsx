import { useQuery, type UseQueryResult } from '@tanstack/react-query'
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { get } from '../../../../web/api.ts'
import { withQuery } from '../../../../web/path.ts'
import { SheetPage } from '../../../../web/pages/print/SheetPage.tsx'
import { today, useAddress, useMay, useScope } from '../../../../web/session.ts'
import { LinkButton } from '../../../../web/ui/LinkButton.tsx'
import { Card, Page } from '../../../../web/ui/Page.tsx'
import { Loaded } from '../../../../web/ui/states.tsx'
import { moneyText, StatusTag } from '../../../../web/ui/values.tsx'
import { useBook, WithBook } from '../book.tsx'
import type { Book } from '../../voucher-contract.ts'
import { fundsPath } from '../paths.ts'
import { PublishAccounts } from '../publication/PublishAccounts.tsx'
import { BalanceSheetTable, IncomeTable } from './StatementTables.tsx'
import type { Statements } from '../../statement-contract.ts'

interface Chosen {
  year: number
  month: number
  yearly: boolean
}

/** The period in the address: `?month=3`, or `?month=year`; this year's running month otherwise. */
function useChosen(): Chosen {
  const { year } = useScope()
  const [address] = useAddress()
  const yearly = address['month'] === 'year'
  const current = year === Number(today().slice(0, 4)) ? Number(today().slice(5, 7)) : 12
  return { year, month: yearly ? 12 : Number(address['month'] ?? current), yearly }
}

const useStatements = (book: Book | null | undefined, { year, month, yearly }: Chosen): UseQueryResult<Statements> =>
  useQuery({
    queryKey: ['funds', 'statements', book?.id, year, month, yearly],
    queryFn: () =>
      get<Statements>(`/api/funds/books/${book!.id}/statements`, { year, month, yearly: yearly ? 'true' : undefined }),
    enabled: Boolean(book),
  })

/** 工会01表 and 工会02表 of a month or a year, with the equations that must hold. */
export function StatementsPage(): ReactElement {
  return (
    <Page
      title="财务报表"
      help="工会01表 资产负债表、工会02表 收入支出表，按月和按年。未结账的月份按当前账面模拟结转后列示。"
    >
      <WithBook>{(book) => <Both book={book} />}</WithBook>
    </Page>
  )
}

function Both({ book }: { book: Book }): ReactElement {
  const [, setAddress] = useAddress()
  const may = useMay()
  const chosen = useChosen()
  const statements = useStatements(book, chosen)
  const search = { month: chosen.yearly ? 'year' : chosen.month, year: chosen.year, unit: book.unitId }
  return (
    <>
      <section className="card toolbar">
        <label className="row">
          {chosen.year} 年
          <select
            className="control"
            aria-label="报表期间"
            style={{ width: 110 }}
            value={chosen.yearly ? 'year' : String(chosen.month)}
            onChange={(event) => setAddress({ month: event.target.value })}
          >
            {Array.from({ length: 12 }, (_, at) => (
              <option key={at} value={at + 1}>
                {at + 1} 月
              </option>
            ))}
            <option value="year">全年</option>
          </select>
        </label>
        <span className="push" />
        <PublishAccounts book={book} {...chosen} />
        <LinkButton to={withQuery(fundsPath.forms, { unit: book.unitId })}>备查表</LinkButton>
        {chosen.yearly && (
          <LinkButton to={withQuery(fundsPath.notes, { year: chosen.year, unit: book.unitId })}>附注与决算</LinkButton>
        )}
        {may('funds.export') && (
          <Button
            href={withQuery(`/api/funds/books/${book.id}/statements.xlsx`, {
              year: chosen.year,
              month: chosen.month,
              yearly: chosen.yearly ? 'true' : undefined,
            })}
          >
            导出 Excel
          </Button>
        )}
        <LinkButton type="primary" to={withQuery(fundsPath.printStatements, search)}>
          打印报表
        </LinkButton>
      </section>
      <Loaded query={statements}>
        {(found) => (
          <>
            <Card title={`${found.balanceSheet.title}（${found.balanceSheet.form}）`}>
              <div className="table-scroll" tabIndex={0} role="region" aria-label="可左右滚动的表格">
                <BalanceSheetTable sheet={found.balanceSheet} />
              </div>
            </Card>
            <Card title={`${found.income.title}（${found.income.form}）`}>
              <div className="table-scroll" tabIndex={0} role="region" aria-label="可左右滚动的表格">
                <IncomeTable statement={found.income} />
              </div>
            </Card>
            <Card title="报表勾稽">
              <ul className="check-list">
                {found.identities.map((identity) => (
                  <li key={identity.id}>
                    <span>
                      <StatusTag text={identity.holds ? '相符' : '不符'} tone={identity.holds ? 'good' : 'bad'} />
                    </span>
                    <span>
                      {identity.label}
                      {!identity.holds && `：${moneyText(identity.leftFen)} ≠ ${moneyText(identity.rightFen)}`}
                      {identity.note && <span className="faint">　{identity.note}</span>}
                    </span>
                  </li>
                ))}
              </ul>
            </Card>
          </>
        )}
      </Loaded>
    </>
  )
}

/** Both statements on A4, in the official form, with the three places to sign. */
export function PrintStatements(): ReactElement {
  const book = useBook()
  const chosen = useChosen()
  const statements = useStatements(book.data, chosen)
  return (
    <Loaded query={statements}>
      {(found) => {
        const last = new Date(Date.UTC(found.year, found.month, 0)).getUTCDate()
        return (
          <SheetPage title={`${found.unitName}财务报表`} wide>
            <h1>{found.balanceSheet.title}</h1>
            <div className="meta">
              <span>编制单位：{found.unitName}</span>
              <span>
                {found.year}年{found.month}月{last}日
              </span>
              <span>{found.balanceSheet.form}　单位：元</span>
            </div>
            <BalanceSheetTable sheet={found.balanceSheet} paper />
            <Signatures />
            <div style={{ breakBefore: 'page' }} />
            <h1 style={{ marginTop: '12mm' }}>{found.income.title}</h1>
            <div className="meta">
              <span>编制单位：{found.unitName}</span>
              <span>{chosen.yearly ? `${found.year}年度` : `${found.year}年${found.month}月`}</span>
              <span>{found.income.form}　单位：元</span>
            </div>
            <IncomeTable statement={found.income} paper />
            <Signatures />
          </SheetPage>
        )
      }}
    </Loaded>
  )
}

export const Signatures = (): ReactElement => (
  <div className="sign-places three">
    <span>法定代表人（签章）：</span>
    <span>主管会计工作负责人（签章）：</span>
    <span>会计机构负责人（签章）：</span>
  </div>
)
