import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState, type ReactElement } from 'react'
import { addDays } from '../../../../kernel/calendar/days.ts'
import { field } from '../../../../kernel/register/declaration.ts'
import { get, post } from '../../../../web/api.ts'
import { today } from '../../../../web/session.ts'
import type { PublicationRow } from '../../publication-contract.ts'
import { AskDialog } from '../AskDialog.tsx'
import type { Book } from '../../voucher-contract.ts'
import { fundsPath } from '../paths.ts'
import { AccountText, StateTag } from './AccountText.tsx'

interface Answer {
  closed: boolean
  publications: PublicationRow[]
  mayAsk: boolean
  preview: string | null
}

/** Beside a month's or a year's statements: whether its accounts hang for the members, and the way there. */
export function PublishAccounts({
  book,
  year,
  month,
  yearly,
}: {
  book: Book
  year: number
  month: number
  yearly: boolean
}): ReactElement | null {
  const queries = useQueryClient()
  const navigate = useNavigate()
  const [asking, setAsking] = useState(false)
  const state = useQuery({
    queryKey: ['funds', 'publication', book.id, year, month, yearly],
    queryFn: () =>
      get<Answer>(`/api/funds/books/${book.id}/publication`, { year, month, yearly: yearly ? 'true' : undefined }),
  })
  if (!state.data) return null
  const [latest] = state.data.publications
  return (
    <>
      {latest && (
        <Link to={fundsPath.publication(latest.id) as never} className="row">
          账目公开 <StateTag state={latest.state} />
        </Link>
      )}
      {state.data.mayAsk && <Button onClick={() => setAsking(true)}>公开</Button>}
      {asking && state.data.preview !== null && (
        <AskDialog
          title={`公开 ${year} 年${yearly ? '度' : ` ${month} 月`}账目`}
          okText="提请公开"
          done="已提请，主席批准后公开。"
          fields={[
            field.date('fromOn', '公开日期', { required: true }),
            field.date('untilOn', '撤下日期', { required: true }),
          ]}
          initial={{ fromOn: today(), untilOn: addDays(today(), 30) }}
          close={() => setAsking(false)}
          send={async (values) => {
            const made = await post<PublicationRow>(`/api/funds/books/${book.id}/publications`, {
              year,
              month,
              yearly,
              ...values,
            })
            await queries.invalidateQueries({ queryKey: ['funds', 'publication'] })
            void navigate({ to: fundsPath.publication(made.id) as never })
          }}
        >
          {() => <AccountText body={state.data!.preview!} />}
        </AskDialog>
      )}
    </>
  )
}
