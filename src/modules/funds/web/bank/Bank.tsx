import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState, type ReactElement } from 'react'
import { get } from '../../../../web/api.ts'
import { useAddress, useMay, useScope } from '../../../../web/session.ts'
import { Page } from '../../../../web/ui/Page.tsx'
import { Loaded } from '../../../../web/ui/states.tsx'
import { Tabs } from '../../../../web/ui/Tabs.tsx'
import { moneyText } from '../../../../web/ui/values.tsx'
import { ImportStatement } from './ImportStatement.tsx'
import { Matched } from './Matched.tsx'
import { MatchingTab } from './MatchingTab.tsx'
import { ReconciliationTab } from './ReconciliationTab.tsx'
import type { BankAccount } from '../../bank-contract.ts'
import '../funds.css'

/** Bank reconciliation: bring the statement in, match it with the journal, see what is left and print the table. */
export function Bank(): ReactElement {
  const { unitId } = useScope()
  const [address, setAddress] = useAddress()
  const may = useMay()
  const queries = useQueryClient()
  const [importing, setImporting] = useState(false)
  const accounts = useQuery({
    queryKey: ['funds', 'bank', unitId],
    queryFn: () => get<{ accounts: BankAccount[] }>('/api/funds/bank/accounts', { unitId }).then((one) => one.accounts),
    enabled: unitId > 0,
  })
  const changed = (): void => void queries.invalidateQueries({ queryKey: ['funds', 'bank'] })
  return (
    <Page
      title="银行对账"
      help="每月至少对账一次：导入网银明细，勾对账上的收付，打印余额调节表。"
      actions={
        may('funds.write') && (
          <Button type="primary" onClick={() => setImporting(true)} disabled={!accounts.data?.length}>
            导入对账单
          </Button>
        )
      }
    >
      <Loaded query={accounts}>
        {(all) => {
          const account = all.find((one) => one.code === address['account']) ?? all[0]
          if (!account) return <></>
          return (
            <>
              <section className="card money-strip" aria-label="账户余额">
                {all.length > 1 && (
                  <label>
                    银行账户
                    <select
                      className="control"
                      value={account.code}
                      onChange={(event) => setAddress({ account: event.target.value, tab: address['tab'] })}
                    >
                      {all.map((one) => (
                        <option key={one.code} value={one.code}>
                          {one.code} {one.name}
                        </option>
                      ))}
                    </select>
                  </label>
                )}
                <div>
                  <span>账面余额</span>
                  <b>{moneyText(account.bookFen)}</b>
                </div>
                <div>
                  <span>{account.statedTo ? `对账单余额（至 ${account.statedTo}）` : '对账单余额'}</span>
                  <b>{account.statedFen === null ? '尚未导入' : moneyText(account.statedFen)}</b>
                </div>
                <div>
                  <span>银行未勾对</span>
                  <b>{account.openLines} 笔</b>
                </div>
                <div>
                  <span>账上未勾对</span>
                  <b>{account.openEntries} 笔</b>
                </div>
              </section>
              <section className="card">
                <Tabs
                  tabs={[
                    {
                      id: 'match',
                      title: '勾对',
                      render: () => <MatchingTab unitId={unitId} account={account} changed={changed} />,
                    },
                    {
                      id: 'table',
                      title: '余额调节表',
                      render: () => <ReconciliationTab unitId={unitId} account={account} />,
                    },
                    {
                      id: 'matched',
                      title: '已勾对',
                      render: () => <Matched unitId={unitId} account={account} changed={changed} />,
                    },
                  ]}
                />
              </section>
              {importing && (
                <ImportStatement
                  unitId={unitId}
                  account={account}
                  changed={changed}
                  close={() => setImporting(false)}
                />
              )}
            </>
          )
        }}
      </Loaded>
    </Page>
  )
}
