import { useQuery, useQueryClient, type UseQueryResult } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState, type ReactElement } from 'react'
import { field } from '../../../../kernel/register/declaration.ts'
import { get, put } from '../../../../web/api.ts'
import { withQuery } from '../../../../web/path.ts'
import { SheetPage } from '../../../../web/pages/print/SheetPage.tsx'
import { useMay, useScope } from '../../../../web/session.ts'
import { LinkButton } from '../../../../web/ui/LinkButton.tsx'
import { Card, Page } from '../../../../web/ui/Page.tsx'
import { Loaded } from '../../../../web/ui/states.tsx'
import { moneyText } from '../../../../web/ui/values.tsx'
import type { Note } from '../../notes-contract.ts'
import { AskDialog } from '../AskDialog.tsx'
import { useBook, WithBook } from '../book.tsx'
import type { Book } from '../../voucher-contract.ts'
import { fundsPath } from '../paths.ts'
import { Signatures } from '../statements/StatementsPage.tsx'
import '../funds.css'

interface Answer {
  unitName: string
  year: number
  notes: Note[]
  mayWrite: boolean
}

const useNotes = (book: Book | null | undefined, year: number): UseQueryResult<Answer> =>
  useQuery({
    queryKey: ['funds', 'notes', book?.id, year],
    queryFn: () => get<Answer>(`/api/funds/books/${book!.id}/notes`, { year }),
    enabled: Boolean(book),
  })

/** 附注: what the books say, section by section, and the words somebody adds to it. */
export function NotesPage(): ReactElement {
  return (
    <Page
      title="财务报表附注"
      help="年度财务报表的附注。数字由账簿生成，不能改；文字说明可以编写。"
      crumbs={[{ title: '财务报表', to: fundsPath.statements }]}
    >
      <WithBook>{(book) => <Sections book={book} />}</WithBook>
    </Page>
  )
}

function Sections({ book }: { book: Book }): ReactElement {
  const { year } = useScope()
  const may = useMay()
  const queries = useQueryClient()
  const [editing, setEditing] = useState<Note | null>(null)
  const notes = useNotes(book, year)
  return (
    <>
      <section className="card toolbar">
        <span>{year} 年度</span>
        <span className="push" />
        {may('funds.export') && (
          <>
            <Button href={withQuery(`/api/funds/books/${book.id}/notes.docx`, { year })}>附注文档</Button>
            <Button href={withQuery(`/api/funds/books/${book.id}/final-accounts.zip`, { year })}>决算资料</Button>
          </>
        )}
        <LinkButton type="primary" to={withQuery(fundsPath.printNotes, { year, unit: book.unitId })}>
          打印
        </LinkButton>
      </section>
      <Loaded query={notes}>
        {(found) => (
          <>
            {found.notes.map((note, at) => (
              <Card
                key={note.section}
                title={`${at + 1}. ${note.title}`}
                aside={
                  found.mayWrite && (
                    <Button size="small" onClick={() => setEditing(note)}>
                      编写说明
                    </Button>
                  )
                }
              >
                <NoteBody note={note} />
                {note.editedName && <p className="faint">说明由{note.editedName}编写</p>}
              </Card>
            ))}
          </>
        )}
      </Loaded>
      {editing && (
        <AskDialog
          title={editing.title}
          okText="保存"
          done="已保存。"
          fields={[field.longtext('words', '文字说明', { help: '数字由账簿生成，写在说明之前。' })]}
          initial={{ words: editing.words }}
          close={() => setEditing(null)}
          send={(values) =>
            put(`/api/funds/books/${book.id}/notes/${editing.section}`, { year, words: values['words'] ?? '' }).then(
              () => queries.invalidateQueries({ queryKey: ['funds', 'notes'] }),
            )
          }
        />
      )}
    </>
  )
}

function NoteBody({ note, paper }: { note: Note; paper?: boolean }): ReactElement {
  return (
    <>
      {note.lines.map((line) => (
        <p key={line}>{line}</p>
      ))}
      {note.table && (
        <div className={paper ? undefined : 'table-scroll'} tabIndex={paper ? undefined : 0}>
          <table className={paper ? 'paper-table' : 'statement'}>
            <caption className="sr-only">{note.title}</caption>
            <thead>
              <tr>
                {note.table.columns.map((column) => (
                  <th key={column.title} scope="col">
                    {column.title}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {note.table.rows.map((row) => (
                <tr key={row.join(' ')}>
                  {row.map((cell, at) =>
                    note.table!.columns[at]!.money ? (
                      <td key={note.table!.columns[at]!.title} className="number">
                        {cell === 0 ? '' : moneyText(cell as number)}
                      </td>
                    ) : (
                      <td key={note.table!.columns[at]!.title}>{cell}</td>
                    ),
                  )}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {note.words.split('\n').map((line) => line && <p key={line}>{line}</p>)}
    </>
  )
}

/** The notes on A4, to be bound behind the statements. */
export function PrintNotes(): ReactElement {
  const book = useBook()
  const { year } = useScope()
  const notes = useNotes(book.data, year)
  return (
    <Loaded query={notes}>
      {(found) => (
        <SheetPage title={`${found.unitName}财务报表附注`}>
          <h1>财务报表附注</h1>
          <div className="meta">
            <span>编制单位：{found.unitName}</span>
            <span>{found.year}年度</span>
            <span>单位：元</span>
          </div>
          <div className="account-text">
            {found.notes.map((note, at) => (
              <div key={note.section}>
                <h3>
                  {at + 1}. {note.title}
                </h3>
                <NoteBody note={note} paper />
              </div>
            ))}
          </div>
          <Signatures />
        </SheetPage>
      )}
    </Loaded>
  )
}
