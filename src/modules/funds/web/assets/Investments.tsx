import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState, type ReactElement } from 'react'
import { field } from '../../../../kernel/register/declaration.ts'
import { get, post } from '../../../../web/api.ts'
import { today, useMay, useScope } from '../../../../web/session.ts'
import { DataTable } from '../../../../web/ui/DataTable.tsx'
import { Empty, Loaded } from '../../../../web/ui/states.tsx'
import { moneyText, StatusTag } from '../../../../web/ui/values.tsx'
import { INVESTMENT_KINDS, type Investment } from '../../till-contract.ts'
import { codeOf, useAccountChoices } from '../account-choices.ts'
import { AskDialog, given, idOf } from '../AskDialog.tsx'
import { fundsPath } from '../paths.ts'

/** 国债 and the like: bought from the surplus, what they earned and what came back. */
export function Investments(): ReactElement {
  const { unitId } = useScope()
  const may = useMay()('funds.post')
  const queries = useQueryClient()
  const choices = useAccountChoices()
  const [asking, setAsking] = useState<'new' | Investment | null>(null)
  const investments = useQuery({
    queryKey: ['funds', 'investments', unitId],
    queryFn: () =>
      get<{ investments: Investment[] }>('/api/funds/investments', { unitId }).then((one) => one.investments),
    enabled: unitId > 0,
  })
  const changed = (): void => void queries.invalidateQueries({ queryKey: ['funds'] })
  const add = may && (
    <Button type="primary" onClick={() => setAsking('new')}>
      买入投资
    </Button>
  )
  return (
    <>
      <div className="toolbar">
        <span className="faint">买入前须经集体研究；只能动用累计结余。</span>
        <span className="push" />
        {add}
      </div>
      <Loaded query={investments}>
        {(rows) => (
          <DataTable
            caption="投资"
            rows={rows}
            rowKey={(row) => row.id}
            columns={[
              {
                id: 'name',
                title: '名称',
                lead: true,
                render: (row) => <Link to={fundsPath.voucher(row.voucherId) as never}>{row.name}</Link>,
              },
              { id: 'kind', title: '种类', width: 100, render: (row) => INVESTMENT_KINDS[row.kind] },
              { id: 'on', title: '买入日期', width: 110, render: (row) => row.boughtOn },
              { id: 'until', title: '到期日', width: 110, render: (row) => row.maturesOn ?? '无' },
              { id: 'cost', title: '买入', number: true, render: (row) => moneyText(row.costFen) },
              { id: 'earned', title: '累计收益', number: true, render: (row) => moneyText(row.earnedFen) },
              { id: 'open', title: '未收回', number: true, render: (row) => moneyText(row.openFen) },
              {
                id: 'state',
                title: '状态',
                width: 100,
                render: (row) =>
                  row.openFen === 0 ? (
                    <StatusTag text="已收回" />
                  ) : row.maturesOn && row.maturesOn < today() ? (
                    <StatusTag text="已到期" tone="warn" />
                  ) : (
                    <StatusTag text="持有" tone="good" />
                  ),
              },
            ]}
            {...(may && {
              renderActions: (row: Investment) =>
                row.openFen > 0 && (
                  <button type="button" className="link" onClick={() => setAsking(row)}>
                    收益或收回
                  </button>
                ),
            })}
            empty={
              <Empty title="没有投资" actions={add}>
                用累计结余购买国债等，在这里登记买入、收益和收回，凭证自动记账。
              </Empty>
            }
          />
        )}
      </Loaded>
      {asking === 'new' && (
        <AskDialog
          title="买入投资"
          okText="付款并记账"
          done="已买入，凭证已记账。"
          fields={[
            field.text('name', '名称', { required: true, example: '2026 年第一期储蓄国债' }),
            field.choice('kind', '种类', Object.values(INVESTMENT_KINDS), { required: true }),
            field.money('costFen', '金额', { required: true }),
            field.date('onDate', '买入日期', { required: true }),
            field.date('maturesOn', '到期日'),
            field.choice('account', '付款账户', choices.money, { required: true }),
            field.integer('attachments', '附件张数', { required: true, min: 1 }),
            field.text('document', '会议纪要', { required: true, example: '工会委员会会议纪要 2026 年第 5 号' }),
          ]}
          initial={{ onDate: today(), account: choices.of('102'), kind: INVESTMENT_KINDS.bond, attachments: 1 }}
          close={() => setAsking(null)}
          send={(values) =>
            post('/api/funds/investments', {
              ...given(values),
              kind: idOf(INVESTMENT_KINDS, values['kind']),
              account: codeOf(values['account']),
              unitId,
            }).then(changed)
          }
        />
      )}
      {asking !== null && asking !== 'new' && (
        <AskDialog
          title={`${asking.name}（未收回 ${moneyText(asking.openFen)} 元）`}
          okText="收款并记账"
          done="凭证已记账。"
          fields={[
            field.money('earnedFen', '收益', { help: '亏损填负数，并同时填写收回本金。' }),
            field.money('returnedFen', '收回本金'),
            field.date('onDate', '收款日期', { required: true }),
            field.choice('account', '收款账户', choices.money, { required: true }),
            field.integer('attachments', '附件张数', { required: true, min: 1 }),
          ]}
          initial={{ onDate: today(), account: choices.of('102'), attachments: 1 }}
          close={() => setAsking(null)}
          send={(values) =>
            post(`/api/funds/investments/${asking.id}/moves`, {
              ...given(values),
              account: codeOf(values['account']),
              unitId,
            }).then(changed)
          }
        />
      )}
    </>
  )
}
