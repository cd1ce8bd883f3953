import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState, type ReactElement } from 'react'
import { get } from '../../../../web/api.ts'
import { useMay } from '../../../../web/session.ts'
import { DataTable } from '../../../../web/ui/DataTable.tsx'
import { ImportWorkbook } from '../../../../web/ui/ImportWorkbook.tsx'
import { Card, Page } from '../../../../web/ui/Page.tsx'
import { Empty, Loaded } from '../../../../web/ui/states.tsx'
import { moneyText } from '../../../../web/ui/values.tsx'
import { WithBook } from '../book.tsx'
import { fundsPath } from '../paths.ts'
import type { Book } from '../../voucher-contract.ts'
import '../funds.css'

interface Row {
  account: string
  name: string
  project: string | null
  balanceFen: number
  debitFen: number
  creditFen: number
}

/** What a book begins with: the trial balance of the book before, and its vouchers where they come along. */
export function OpeningPage(): ReactElement {
  return (
    <Page
      title="期初和旧账导入"
      help="新启用的账套先导入原来的科目余额表；年中启用的连同本年累计发生额一起导入，报表的本年累计才完整。"
      crumbs={[{ title: '账簿', to: fundsPath.ledgers }]}
    >
      <WithBook>{(book) => <Opening book={book} />}</WithBook>
    </Page>
  )
}

const side = (fen: number): [string, string] => [fen > 0 ? moneyText(fen) : '', fen < 0 ? moneyText(-fen) : '']

function Opening({ book }: { book: Book }): ReactElement {
  const may = useMay()
  const [open, setOpen] = useState<'trial' | 'vouchers' | null>(null)
  const close = (): void => setOpen(null)
  const opening = useQuery({
    queryKey: ['funds', 'opening', book.id],
    queryFn: () => get<{ rows: Row[] }>(`/api/funds/books/${book.id}/opening`).then((one) => one.rows),
  })
  const actions = (
    <div className="row">
      {may('funds.close') && (
        <Button type="primary" onClick={() => setOpen('trial')}>
          导入科目余额表
        </Button>
      )}
      {may('funds.prepare') && <Button onClick={() => setOpen('vouchers')}>导入旧凭证</Button>}
    </div>
  )
  return (
    <>
      <Card title={`${book.openedOn} 启用`} aside={actions} flush>
        <Loaded query={opening}>
          {(rows) => (
            <DataTable
              caption="期初余额"
              density="compact"
              rows={rows}
              rowKey={(row) => `${row.account} ${row.project ?? ''}`}
              columns={[
                { id: 'account', title: '科目', lead: true, render: (row) => `${row.account} ${row.name}` },
                { id: 'project', title: '项目', width: 120, render: (row) => row.project },
                { id: 'od', title: '年初借方', number: true, render: (row) => side(row.balanceFen)[0] },
                { id: 'oc', title: '年初贷方', number: true, render: (row) => side(row.balanceFen)[1] },
                {
                  id: 'debit',
                  title: '累计借方',
                  number: true,
                  render: (row) => (row.debitFen ? moneyText(row.debitFen) : ''),
                },
                {
                  id: 'credit',
                  title: '累计贷方',
                  number: true,
                  render: (row) => (row.creditFen ? moneyText(row.creditFen) : ''),
                },
              ]}
              empty={<Empty title="还没有期初余额">从未记过账的新工会可以不导入，直接填制凭证。</Empty>}
            />
          )}
        </Loaded>
      </Card>
      {open === 'trial' && (
        <ImportWorkbook kind="funds-opening" title="导入科目余额表" unitId={book.unitId} close={close}>
          原系统的科目余额表：年初借贷方、本年累计借贷方。有期末数的逐行核对。整表替换，记账以后不能再导入。
        </ImportWorkbook>
      )}
      {open === 'vouchers' && (
        <ImportWorkbook kind="funds-vouchers" title="导入旧凭证" unitId={book.unitId} close={close}>
          启用日期以后、在原系统里记的凭证，一行一条分录。导入后是待审核的草稿，由另一人审核、再记账；期末结转凭证不要导入。
        </ImportWorkbook>
      )}
    </>
  )
}
