import type { ReactElement } from 'react'
import { moneyText } from '../../../../web/ui/values.tsx'
import type { Statement, StatementLine, Statements } from '../../statement-contract.ts'

const amount = (fen: number | undefined): string => (fen === undefined || fen === 0 ? '' : moneyText(fen))

/** Both sides end on one line: the shorter one is filled before its total. */
function paired(left: readonly StatementLine[], right: readonly StatementLine[]): [StatementLine?, StatementLine?][] {
  const length = Math.max(left.length, right.length)
  const fill = (side: readonly StatementLine[]): (StatementLine | undefined)[] => [
    ...side.slice(0, -1),
    ...Array.from<undefined>({ length: length - side.length }),
    side.at(-1),
  ]
  const [one, other] = [fill(left), fill(right)]
  return one.map((line, at) => [line, other[at]])
}

const look = (line: StatementLine | undefined): string | undefined =>
  line?.total ? 'strong' : line?.indent ? 'indent' : undefined

/** 工会01表: assets on the left, what they come from on the right. */
export function BalanceSheetTable({
  sheet,
  paper,
}: {
  sheet: Statements['balanceSheet']
  paper?: boolean
}): ReactElement {
  const pairs = paired(sheet.left, sheet.right)
  // On a screen each side is a table of its own: a phone shows one below the other.
  if (!paper)
    return (
      <div className="statement-halves">
        {['资产', '负债与净资产'].map((title, side) => (
          <table key={title} className="statement">
            <caption className="sr-only">资产负债表：{title}</caption>
            <thead>
              <tr>
                {[title, ...sheet.columns].map((heading) => (
                  <th key={heading} scope="col">
                    {heading}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {pairs.map((pair, at) => (
                <tr key={at} className={pair[side] ? undefined : 'filler'}>
                  <Cells line={pair[side]} />
                </tr>
              ))}
            </tbody>
          </table>
        ))}
      </div>
    )
  return (
    <table className="paper-table">
      <caption className="sr-only">资产负债表</caption>
      <thead>
        <tr>
          {['资产', '负债与净资产'].map((title) => [
            <th key={title} scope="col">
              {title}
            </th>,
            ...sheet.columns.map((column) => (
              <th key={title + column} scope="col">
                {column}
              </th>
            )),
          ])}
        </tr>
      </thead>
      <tbody>
        {pairs.map(([left, right], at) => (
          <tr key={at}>
            <Cells line={left} />
            <Cells line={right} />
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** A line's label and both amounts; empty cells for a filler. */
const Cells = ({ line }: { line: StatementLine | undefined }): ReactElement => (
  <>
    <td className={look(line)}>{line?.label}</td>
    {[0, 1].map((column) => (
      <td key={column} className={line?.total ? 'number strong' : 'number'}>
        {amount(line?.amounts[column])}
      </td>
    ))}
  </>
)

/** 工会02表. */
export function IncomeTable({ statement, paper }: { statement: Statement; paper?: boolean }): ReactElement {
  return (
    <table className={paper ? 'paper-table' : 'statement'}>
      <caption className="sr-only">收入支出表</caption>
      <thead>
        <tr>
          <th scope="col">项目</th>
          {statement.columns.map((column) => (
            <th key={column} scope="col" style={{ width: '24%' }}>
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {statement.lines.map((line) => (
          <tr key={line.label}>
            <td className={look(line)}>{line.label}</td>
            {line.amounts.map((fen, column) => (
              <td key={statement.columns[column]} className={line.total ? 'number strong' : 'number'}>
                {amount(fen)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
