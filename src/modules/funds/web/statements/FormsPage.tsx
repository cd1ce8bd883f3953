import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { get } from '../../../../web/api.ts'
import { withQuery } from '../../../../web/path.ts'
import { SheetPage } from '../../../../web/pages/print/SheetPage.tsx'
import { today, useAddress, useMay } from '../../../../web/session.ts'
import { DateInput } from '../../../../web/ui/FieldInput.tsx'
import { LinkButton } from '../../../../web/ui/LinkButton.tsx'
import { Card, Page } from '../../../../web/ui/Page.tsx'
import { Loaded } from '../../../../web/ui/states.tsx'
import { moneyText } from '../../../../web/ui/values.tsx'
import type { Form } from '../../forms-contract.ts'
import { useBook, WithBook } from '../book.tsx'
import type { Book } from '../../voucher-contract.ts'
import { fundsPath } from '../paths.ts'
import '../funds.css'

const useForms = (book: Book | null | undefined, on: string) =>
  useQuery({
    queryKey: ['funds', 'forms', book?.id, on],
    queryFn: () => get<{ unitName: string; forms: Form[] }>(`/api/funds/books/${book!.id}/forms`, { on }),
    enabled: Boolean(book),
  })

/** Forms beside the statements: counting the till, money held for others, investments. */
export function FormsPage(): ReactElement {
  return (
    <Page
      title="备查表"
      help="库存现金盘点表、代管经费明细表、投资备查表，截至某一天。"
      crumbs={[{ title: '财务报表', to: fundsPath.statements }]}
    >
      <WithBook>{(book) => <Forms book={book} />}</WithBook>
    </Page>
  )
}

function Forms({ book }: { book: Book }): ReactElement {
  const [address, setAddress] = useAddress()
  const may = useMay()
  const on = address['on'] ?? today()
  const forms = useForms(book, on)
  return (
    <>
      <section className="card toolbar">
        <label className="row" htmlFor="forms-on">
          截至
          <DateInput id="forms-on" label="截至" value={on} onChange={(value) => setAddress({ on: value })} />
        </label>
        <span className="push" />
        {may('funds.export') && (
          <Button href={withQuery(`/api/funds/books/${book.id}/forms.xlsx`, { on })}>导出 Excel</Button>
        )}
        <LinkButton type="primary" to={withQuery(fundsPath.printForms, { on, unit: book.unitId })}>
          打印
        </LinkButton>
      </section>
      <Loaded query={forms}>
        {(found) => (
          <>
            {found.forms.map((form) => (
              <Card key={form.id} title={form.title}>
                <FormTable form={form} />
              </Card>
            ))}
          </>
        )}
      </Loaded>
    </>
  )
}

/** A day or the number of a voucher stays on one line. */
const cellClass = (cell: string | number | null, money?: boolean): string | undefined =>
  money ? 'number' : /^(\d{4}-\d{2}-\d{2}|记-[\d-]+)$/.test(String(cell)) ? 'short' : undefined

function FormTable({ form, paper }: { form: Form; paper?: boolean }): ReactElement {
  return (
    <>
      <div className={paper ? undefined : 'table-scroll'} tabIndex={paper ? undefined : 0}>
        <table className={paper ? 'paper-table' : 'statement'}>
          <caption className="sr-only">{form.title}</caption>
          <thead>
            <tr>
              {form.columns.map((column) => (
                <th key={column.title} scope="col">
                  {column.title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {form.rows.map((row) => (
              <tr key={row.join(' ')}>
                {row.map((cell, at) => (
                  <td key={form.columns[at]!.title} className={cellClass(cell, form.columns[at]!.money)}>
                    {cell === null ? '' : form.columns[at]!.money ? moneyText(cell as number) : cell}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {form.notes.map((note) => (
        <p key={note} className="faint">
          {note}
        </p>
      ))}
    </>
  )
}

/** The forms on A4, one a page, with places to sign. */
export function PrintForms(): ReactElement {
  const book = useBook()
  const [address] = useAddress()
  const forms = useForms(book.data, address['on'] ?? today())
  return (
    <Loaded query={forms}>
      {(found) => (
        <SheetPage title={`${found.unitName}备查表`}>
          {found.forms.map((form, at) => (
            <div key={form.id} className={at ? 'next-form' : undefined}>
              <h1>{form.title}</h1>
              <div className="meta">
                <span>单位：{found.unitName}</span>
                <span>{form.lead}</span>
                <span>金额单位：元</span>
              </div>
              <FormTable form={form} paper />
              <div className="sign-places three">
                {form.signatures.map((place) => (
                  <span key={place}>{place}：</span>
                ))}
              </div>
            </div>
          ))}
        </SheetPage>
      )}
    </Loaded>
  )
}
