import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Select } from 'antd'
import { useState, type ReactElement } from 'react'
import { field } from '../../../../kernel/register/declaration.ts'
import { get, post } from '../../../../web/api.ts'
import { today, useAddress, useMay, useScope } from '../../../../web/session.ts'
import { DataTable } from '../../../../web/ui/DataTable.tsx'
import { ImportWorkbook } from '../../../../web/ui/ImportWorkbook.tsx'
import { Empty, Loaded } from '../../../../web/ui/states.tsx'
import { moneyText, numberText } from '../../../../web/ui/values.tsx'
import type { MemberDues, UnitMonth } from '../../income-contract.ts'
import { EXEMPTIONS } from '../../income-words.ts'
import { AskDialog, idOf } from '../AskDialog.tsx'
import { MorePages } from '../MorePages.tsx'
import { CollectDues } from './CollectDues.tsx'
import { EnterBases } from './EnterBases.tsx'

/** Dues by unit for the month chosen, over the year's months; collecting from a list. */
export function Dues(): ReactElement {
  const { unitId, year } = useScope()
  const may = useMay()
  const queries = useQueryClient()
  const [address, setAddress] = useAddress()
  const [open, setOpen] = useState<'collect' | 'dues' | 'bases' | 'dues-bases' | 'exempt' | null>(null)
  const dues = useQuery({
    queryKey: ['funds-dues', unitId, year],
    queryFn: () => get<{ rows: UnitMonth[] }>('/api/funds/dues', { unitId, year }).then((answer) => answer.rows),
    enabled: unitId > 0,
  })
  const close = (): void => {
    setOpen(null)
    for (const key of ['funds-dues', 'funds-dues-members', 'funds-receipts'])
      void queries.invalidateQueries({ queryKey: [key] })
  }
  return (
    <Loaded query={dues}>
      {(rows) => {
        const months = [...new Set(rows.map((row) => row.month))].toSorted()
        const month = months.includes(address['month'] ?? '')
          ? address['month']!
          : (months.at(-1) ?? today().slice(0, 7))
        // Where something is still owed comes first: that is what somebody looks for.
        const shown = rows
          .filter((row) => row.month === month)
          .toSorted((one, other) => Number(other.owing > 0) - Number(one.owing > 0))
        const sum = (of: (row: UnitMonth) => number): number => shown.reduce((all, row) => all + of(row), 0)
        return (
          <>
            <div className="toolbar">
              <Select
                aria-label="月份"
                value={month}
                options={months.map((value) => ({ value, label: value }))}
                onChange={(value) => setAddress({ month: value }, { replace: true })}
              />
              {may('funds.pay') && (
                <>
                  <Button type="primary" onClick={() => setOpen('collect')}>
                    按名单收会费
                  </Button>
                  <Button onClick={() => setOpen('dues')}>导入收缴表</Button>
                </>
              )}
              {may('funds.prepare') && (
                <>
                  <Button onClick={() => setOpen('bases')}>登记缴费基数</Button>
                  <Button onClick={() => setOpen('dues-bases')}>导入基数表</Button>
                  <Button onClick={() => setOpen('exempt')}>登记减免</Button>
                </>
              )}
            </div>
            <DataTable
              caption={`${month} 会费`}
              rows={shown}
              few={12}
              rowKey={(row) => row.unitId}
              columns={[
                { id: 'unit', title: '单位', lead: true, render: (row) => row.unitName },
                {
                  id: 'members',
                  title: '会员',
                  width: 80,
                  number: true,
                  render: (row) => numberText(row.members),
                  total: numberText(sum((row) => row.members)),
                },
                {
                  id: 'due',
                  title: '应交（元）',
                  width: 120,
                  number: true,
                  render: (row) => moneyText(row.dueFen),
                  total: moneyText(sum((row) => row.dueFen)),
                },
                {
                  id: 'paid',
                  title: '已交（元）',
                  width: 120,
                  number: true,
                  render: (row) => moneyText(row.paidFen),
                  total: moneyText(sum((row) => row.paidFen)),
                },
                {
                  id: 'open',
                  title: '欠交（元）',
                  width: 120,
                  number: true,
                  render: (row) => (row.owing ? moneyText(row.dueFen - row.paidFen) : ''),
                  total: moneyText(sum((row) => row.dueFen - row.paidFen)),
                },
                {
                  id: 'owing',
                  title: '未交清',
                  width: 90,
                  number: true,
                  render: (row) => (row.owing ? `${row.owing} 人` : ''),
                  total: `${sum((row) => row.owing)} 人`,
                },
                {
                  id: 'without',
                  title: '未登记基数',
                  width: 110,
                  number: true,
                  render: (row) => (row.withoutBase ? `${row.withoutBase} 人` : ''),
                },
              ]}
              empty={<Empty title="这一年还没有会员月份">会员从入会的月份起交纳会费。</Empty>}
            />
            {shown.length > 0 && <Owing month={month} many={sum((row) => row.owing)} />}
            {open === 'collect' && <CollectDues month={month} close={close} />}
            {open === 'bases' && <EnterBases month={month} close={close} />}
            {open === 'dues' && (
              <ImportWorkbook kind="dues" title="导入会费收缴表" unitId={unitId} close={close}>
                收到的或工资代扣的会费，每人每月一行。上传后逐行核对应交数，看过预览再入库；同一天、同一方式和交款人的开一张收据，生成一张凭证。
              </ImportWorkbook>
            )}
            {open === 'dues-bases' && (
              <ImportWorkbook kind="dues-bases" title="导入会费缴费基数" unitId={unitId} close={close}>
                每人一行，写明从哪个月起。基数是每月工资收入，不含奖金、津贴、补贴。上传后逐行核对，看过预览再入库。
              </ImportWorkbook>
            )}
            {open === 'exempt' && (
              <AskDialog
                title="登记会费减免"
                okText="登记"
                done="已登记。"
                unitId={unitId}
                initial={{ fromMonth: month }}
                fields={[
                  field.person('personId', '会员', { required: true, memberOnly: true }),
                  field.choice('kind', '减免原因', Object.values(EXEMPTIONS), { required: true }),
                  field.text('fromMonth', '从哪个月起', { required: true, example: '2026-03' }),
                  field.text('toMonth', '到哪个月止', { help: '不填表示一直减免。' }),
                  field.text('reason', '说明', { required: true }),
                ]}
                send={(values) =>
                  post('/api/funds/dues/exemptions', {
                    ...values,
                    unitId,
                    personId: (values['personId'] as { id: number } | undefined)?.id,
                    kind: idOf(EXEMPTIONS, values['kind']),
                    toMonth: values['toMonth'] || null,
                  })
                }
                close={close}
              />
            )}
          </>
        )
      }}
    </Loaded>
  )
}

/** Who still owes, each with how the amount came about, twenty at a time. @param many how many there are */
function Owing({ month, many }: { month: string; many: number }): ReactElement {
  const { unitId } = useScope()
  const list = useInfiniteQuery({
    queryKey: ['funds-dues-members', unitId, month],
    queryFn: ({ pageParam }) =>
      get<{ rows: MemberDues[]; next: number | null }>('/api/funds/dues/members', {
        unitId,
        month,
        owing: 'true',
        after: pageParam,
        limit: 20,
      }),
    initialPageParam: 0,
    getNextPageParam: (page) => page.next,
  })
  if (many === 0) return <p className="quiet inside">{month} 没有欠交的会员。</p>
  return (
    <>
      <h3 className="inside-head">
        {month} 未交清的会员 <span className="faint">{numberText(many)} 人</span>
      </h3>
      <Loaded query={list}>
        {({ pages }) => (
          <DataTable
            caption="未交清的会员"
            rows={pages.flatMap((page) => page.rows)}
            rowKey={(row) => row.personId}
            columns={[
              { id: 'name', title: '姓名', lead: true, width: 110, render: (row) => row.name },
              { id: 'no', title: '工号', width: 110, render: (row) => row.staffNo ?? '' },
              { id: 'unit', title: '单位', render: (row) => row.unitName },
              { id: 'due', title: '应交（元）', width: 110, number: true, render: (row) => moneyText(row.dueFen) },
              {
                id: 'paid',
                title: '已交（元）',
                width: 110,
                number: true,
                render: (row) => (row.paidFen ? moneyText(row.paidFen) : ''),
              },
              { id: 'reason', title: '计算', wrap: true, render: (row) => row.reason },
            ]}
            empty={null}
          />
        )}
      </Loaded>
      <MorePages query={list} text="再看 20 人" />
    </>
  )
}
