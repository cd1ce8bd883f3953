import { useQuery, useQueryClient, type UseQueryResult } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState, type ReactElement, type ReactNode } from 'react'
import { field } from '../../../kernel/register/declaration.ts'
import { get, post } from '../../../web/api.ts'
import { useMay, useScope } from '../../../web/session.ts'
import { Empty, Loaded } from '../../../web/ui/states.tsx'
import { CLOSING_WORDS, PROFILE_WORDS } from '../words.ts'
import { AskDialog, idOf } from './AskDialog.tsx'
import type { ProjectBalance } from '../asset-contract.ts'
import type { Account, Book } from '../voucher-contract.ts'
import './funds.css'

/** The book in which the chosen unit's money is kept; null where none was opened. */
export const useBook = (): UseQueryResult<Book | null> => {
  const { unitId } = useScope()
  return useQuery({
    queryKey: ['funds', 'book', unitId],
    queryFn: () => get<{ book: Book | null }>('/api/funds/book', { unitId }).then((one) => one.book),
    enabled: unitId > 0,
    staleTime: 60_000,
  })
}

export const useAccounts = (book: Book | undefined, all = false): UseQueryResult<Account[]> =>
  useQuery({
    queryKey: ['funds', 'accounts', book?.id, all],
    queryFn: () =>
      get<{ accounts: Account[] }>(`/api/funds/books/${book!.id}/accounts`, { all: all ? 'true' : undefined }).then(
        (one) => one.accounts,
      ),
    enabled: book !== undefined,
    staleTime: 30_000,
  })

export const useProjects = (book: Book | undefined): UseQueryResult<ProjectBalance[]> =>
  useQuery({
    queryKey: ['funds', 'projects', book?.id],
    queryFn: () =>
      get<{ projects: ProjectBalance[] }>(`/api/funds/books/${book!.id}/projects`).then((one) => one.projects),
    enabled: book !== undefined,
    staleTime: 30_000,
  })

/** What a page of the journal shows once there is a book; until then how to open one. */
export function WithBook({ children }: { children: (book: Book) => ReactNode }): ReactElement {
  const book = useBook()
  return <Loaded query={book}>{(found) => (found ? <>{children(found)}</> : <OpenBook />)}</Loaded>
}

function OpenBook(): ReactElement {
  const { unitId, unitName, year } = useScope()
  const may = useMay()
  const queries = useQueryClient()
  const [asking, setAsking] = useState(false)
  return (
    <section className="card">
      <Empty
        title={`${unitName || '本单位'}还没有建账`}
        actions={
          may('funds.close') && (
            <Button type="primary" onClick={() => setAsking(true)}>
              建账
            </Button>
          )
        }
      >
        {may('funds.close')
          ? '选择从哪个月起在这里记账，再录入期初余额。'
          : '请会计先建账。分会的经费记在上级工会的账里。'}
      </Empty>
      {asking && (
        <AskDialog
          title="建账"
          okText="建账"
          done="已建账。"
          fields={[
            field.date('openedOn', '启用日期（某月 1 日）', { required: true }),
            field.choice('profile', '账套规模', Object.values(PROFILE_WORDS), { required: true }),
            field.choice('closing', '结转方式', Object.values(CLOSING_WORDS), { required: true }),
          ]}
          initial={{ openedOn: `${year}-01-01`, profile: PROFILE_WORDS.normal, closing: CLOSING_WORDS.monthly }}
          close={() => setAsking(false)}
          send={(values) =>
            post('/api/funds/books', {
              unitId,
              openedOn: values['openedOn'],
              profile: idOf(PROFILE_WORDS, values['profile']),
              closing: idOf(CLOSING_WORDS, values['closing']),
            }).then(() => queries.invalidateQueries({ queryKey: ['funds'] }))
          }
        />
      )}
    </section>
  )
}
