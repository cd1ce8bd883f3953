import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { get, remove } from '../../../../web/api.ts'
import { useMay } from '../../../../web/session.ts'
import { DataTable } from '../../../../web/ui/DataTable.tsx'
import { Empty, Loaded } from '../../../../web/ui/states.tsx'
import { toast } from '../../../../web/ui/toast.tsx'
import { moneyText, timeText } from '../../../../web/ui/values.tsx'
import { fundsPath, numberText } from '../paths.ts'
import type { BankAccount, Match } from '../../bank-contract.ts'

/** What was matched last, to be looked over and, if wrong, taken back. */
export function Matched({
  unitId,
  account,
  changed,
}: {
  unitId: number
  account: BankAccount
  changed: () => void
}): ReactElement {
  const may = useMay()('funds.write')
  const matches = useQuery({
    queryKey: ['funds', 'bank', 'matches', unitId, account.code],
    queryFn: () =>
      get<{ matches: Match[] }>('/api/funds/bank/matches', { unitId, account: account.code }).then(
        (one) => one.matches,
      ),
  })
  const undo = (match: Match): void =>
    void remove(`/api/funds/bank/matches/${match.id}?unitId=${unitId}`).then(
      () => {
        toast('已撤销勾对。')
        changed()
      },
      (error: Error) => toast(error.message, 'bad'),
    )
  return (
    <Loaded query={matches}>
      {(rows) => (
        <DataTable
          caption="已勾对"
          rows={rows}
          rowKey={(row) => row.id}
          density="compact"
          columns={[
            { id: 'on', title: '银行日期', width: 100, render: (row) => row.onDate },
            { id: 'summary', title: '银行摘要', lead: true, render: (row) => row.summary ?? '' },
            { id: 'amount', title: '金额', number: true, width: 120, render: (row) => moneyText(row.amountFen) },
            {
              id: 'vouchers',
              title: '凭证',
              render: (row) =>
                row.vouchers.map((voucher) => (
                  <Link key={voucher.id} to={fundsPath.voucher(voucher.id) as never} style={{ marginRight: 8 }}>
                    {numberText(voucher.month, voucher.no)}
                  </Link>
                )),
            },
            { id: 'reason', title: '依据', render: (row) => row.reason },
            { id: 'by', title: '勾对人', width: 200, render: (row) => `${row.madeName} ${timeText(row.madeAt)}` },
          ]}
          {...(may && {
            renderActions: (row: Match) => (
              <button type="button" className="link danger" onClick={() => undo(row)}>
                撤销
              </button>
            ),
          })}
          empty={<Empty title="还没有勾对过">勾对后的记录在这里，勾错了可以撤销。</Empty>}
        />
      )}
    </Loaded>
  )
}
