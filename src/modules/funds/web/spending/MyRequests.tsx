import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { get } from '../../../../web/api.ts'
import { useMay, useScope } from '../../../../web/session.ts'
import { LinkButton } from '../../../../web/ui/LinkButton.tsx'
import { Page } from '../../../../web/ui/Page.tsx'
import { Empty, Loaded } from '../../../../web/ui/states.tsx'
import { moneyText } from '../../../../web/ui/values.tsx'
import type { OwnRequest } from '../../spending-contract.ts'
import { processPath } from '../process-paths.ts'
import { Tag } from './Spending.tsx'
import '../processes.css'

interface Mine {
  home: { unitId: number; unitName: string } | null
  rows: OwnRequest[]
}

/** What I asked for, where it stands and what was said about it: a page for the phone of a member without an office. */
export function MyRequests(): ReactElement {
  const { year } = useScope()
  const officer = useMay()('funds.apply')
  const mine = useQuery({
    queryKey: ['funds-spending', 'mine', year],
    queryFn: () => get<Mine>('/api/funds/my-spending', { year, limit: 200 }),
  })
  const home = mine.data?.home
  return (
    <Page
      title="我的报销"
      help="垫付的钱在这里报销：写明用途和金额，拍下票据，提交后随时看办到哪一步。"
      actions={
        (home || officer) && (
          <LinkButton type="primary" to={home ? processPath.newReimbursement : processPath.newRequest}>
            我要报销
          </LinkButton>
        )
      }
      narrow
    >
      <section className="card">
        <Loaded query={mine}>
          {({ rows }) =>
            rows.length ? (
              <ul className="own-requests" aria-label="我的报销">
                {rows.map((row) => (
                  <li key={row.id}>
                    <Link to={processPath.request(row.id) as never}>
                      <span className="spread">
                        <b>{row.purpose}</b>
                        <Tag state={row.state} title={row.stateTitle} />
                      </span>
                      <span className="spread faint">
                        <span>
                          {row.requestedOn}　{row.kindTitle}
                        </span>
                        <span className="amount">{moneyText(row.amountFen)} 元</span>
                      </span>
                      {row.words && <span className="said">{row.words}</span>}
                    </Link>
                  </li>
                ))}
              </ul>
            ) : (
              <Empty title={`${year} 年还没有报销`}>
                {home
                  ? `您是${home.unitName}的会员。先和分会说好再花钱，留好发票或收据，回来在这里报销。`
                  : '您现在不在任何工会的会员名册里，不能报销。请先联系所在工会入会。'}
              </Empty>
            )
          }
        </Loaded>
      </section>
    </Page>
  )
}
