import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState, type ReactElement } from 'react'
import { get, post } from '../../../../web/api.ts'
import { today, useAddress, useMay, useScope } from '../../../../web/session.ts'
import { DataTable } from '../../../../web/ui/DataTable.tsx'
import { Empty, Loaded, Problem } from '../../../../web/ui/states.tsx'
import { toast } from '../../../../web/ui/toast.tsx'
import { moneyText } from '../../../../web/ui/values.tsx'
import { assetKindOf } from '../../asset-kinds.ts'
import type { DepreciationLine } from '../../asset-contract.ts'

/** A month's depreciation: the table as it would be booked, then one voucher. */
export function Depreciation(): ReactElement {
  const { unitId, year } = useScope()
  const [address, setAddress] = useAddress()
  const may = useMay()('funds.post')
  const queries = useQueryClient()
  const [error, setError] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  // The year chosen above decides; of this year the month that runs, of an earlier one its last.
  const running = today().slice(0, 7)
  const month = address['month']?.startsWith(`${year}-`)
    ? address['month']
    : running.startsWith(`${year}-`)
      ? running
      : `${year}-12`
  const due = useQuery({
    queryKey: ['funds', 'depreciation', unitId, month],
    queryFn: () =>
      get<{ lines: DepreciationLine[] }>('/api/funds/depreciation', { unitId, month }).then((one) => one.lines),
    enabled: unitId > 0,
  })
  const book = async (): Promise<void> => {
    setBusy(true)
    setError(null)
    try {
      const posted = await post<{ number: string }>('/api/funds/depreciation', { unitId, month })
      toast(`已计提，凭证 ${posted.number}。`)
      await queries.invalidateQueries({ queryKey: ['funds'] })
    } catch (refusal) {
      setError(refusal)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Loaded query={due}>
      {(lines) => {
        const sum = lines.reduce((added, line) => added + line.amountFen, 0)
        return (
          <>
            <div className="toolbar">
              <label className="row">
                {month.slice(0, 4)} 年
                <select
                  className="control"
                  aria-label="月份"
                  style={{ width: 110 }}
                  value={month}
                  onChange={(event) => setAddress({ month: event.target.value })}
                >
                  {Array.from({ length: 12 }, (_, at) => `${month.slice(0, 4)}-${String(at + 1).padStart(2, '0')}`)
                    .filter((one) => one <= today().slice(0, 7))
                    .map((one) => (
                      <option key={one} value={one}>
                        {Number(one.slice(5))} 月
                      </option>
                    ))}
                </select>
              </label>
              <span className="push" />
              {may && lines.length > 0 && (
                <Button type="primary" loading={busy} onClick={() => void book()}>
                  计提并记账 {moneyText(sum)} 元
                </Button>
              )}
            </div>
            {error !== null && <Problem error={error} />}
            <DataTable
              caption="固定资产折旧计算表"
              rows={lines}
              rowKey={(line) => line.assetId}
              columns={[
                { id: 'code', title: '编号', width: 130, render: (line) => line.code },
                { id: 'name', title: '名称', lead: true, render: (line) => line.name },
                { id: 'kind', title: '类别', render: (line) => assetKindOf(line.kind)?.title ?? line.kind },
                { id: 'cost', title: '原值', number: true, render: (line) => moneyText(line.costFen) },
                { id: 'before', title: '已提折旧', number: true, render: (line) => moneyText(line.beforeFen) },
                {
                  id: 'amount',
                  title: '本次计提',
                  number: true,
                  render: (line) => moneyText(line.amountFen),
                  total: moneyText(sum),
                },
              ]}
              empty={
                <Empty small title={`${month} 没有要计提的折旧`}>
                  都已提过，或没有在用的固定资产。当月增加的资产当月起提，当月减少的当月不提。
                </Empty>
              }
            />
          </>
        )
      }}
    </Loaded>
  )
}
