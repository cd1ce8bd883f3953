import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState, type ReactElement } from 'react'
import { field } from '../../../../kernel/register/declaration.ts'
import { get, post } from '../../../../web/api.ts'
import { today, useMay, useScope } from '../../../../web/session.ts'
import { DataTable } from '../../../../web/ui/DataTable.tsx'
import { Page } from '../../../../web/ui/Page.tsx'
import { Empty, Loaded, Notice } from '../../../../web/ui/states.tsx'
import { Tabs } from '../../../../web/ui/Tabs.tsx'
import { moneyText, StatusTag } from '../../../../web/ui/values.tsx'
import { ASSET_KINDS, assetKindOf } from '../../asset-kinds.ts'
import { codeOf, useAccountChoices, type AccountChoices } from '../account-choices.ts'
import { AskDialog, given, idOf } from '../AskDialog.tsx'
import { fundsPath } from '../paths.ts'
import { Counts } from './Counts.tsx'
import { Depreciation } from './Depreciation.tsx'
import { Investments } from './Investments.tsx'
import { Stock } from './Stock.tsx'
import type { Asset, AssetList } from '../../asset-contract.ts'
import '../funds.css'

const STATES = { 'in-use': ['在用', 'good'], pending: ['待核销', 'warn'], left: ['已处置', ''] } as const
const ORIGINS = { bought: '购入', given: '接受捐赠或划拨', opening: '建账前已有' } as const
const BOOKINGS = { full: '现在付款并记账', pair: '款已付，只记资产', none: '凭证已记资产，只建卡片' } as const
const WAYS = { scrap: '报废', loss: '盘亏、毁损', sale: '出售' } as const

/** Fixed assets with their cards, depreciation, count and disposal, and the goods in store. */
export function Assets(): ReactElement {
  return (
    <Page
      title="资产与库存"
      help="固定资产一件一卡，每月计提折旧，每年至少盘点一次；批量购入的物品先入库再领用；投资只能动用累计结余。"
    >
      <section className="card">
        <Tabs
          tabs={[
            { id: 'cards', title: '资产卡片', render: () => <Cards /> },
            { id: 'depreciation', title: '计提折旧', render: () => <Depreciation /> },
            { id: 'counts', title: '盘点', render: () => <Counts /> },
            { id: 'stock', title: '库存物品', render: () => <Stock /> },
            { id: 'investments', title: '投资', render: () => <Investments /> },
          ]}
        />
      </section>
    </Page>
  )
}

const cardFields = (choices: AccountChoices) => [
  field.text('code', '资产编号', { required: true, example: 'GD-2026-001' }),
  field.text('name', '名称', { required: true, example: '会议室投影仪' }),
  field.choice(
    'kind',
    '类别',
    ASSET_KINDS.map((kind) => kind.title),
    { required: true },
  ),
  field.integer('quantity', '数量', { required: true, min: 1 }),
  field.money('costFen', '原值（合计）', {
    required: true,
    help: '通用设备单价 1000 元、专用设备 1500 元以上为固定资产。',
  }),
  field.integer('years', '折旧年限', { help: '不少于制度规定的最低年限；不提折旧的不填。' }),
  field.yesno('bulk', '大批同类物资'),
  field.date('acquiredOn', '取得日期', { required: true }),
  field.choice('origin', '来源', Object.values(ORIGINS), { required: true }),
  field.money('lostBeforeFen', '建账前已提折旧', { help: '只在“建账前已有”时填写。' }),
  field.text('place', '存放地点'),
  field.text('keeper', '保管人'),
  field.choice('booking', '记账方式', Object.values(BOOKINGS), { help: '只在“购入”时有用。' }),
  field.choice('spendingAccount', '支出科目', choices.spending),
  field.choice('payFrom', '付款账户', choices.money),
]

function Cards(): ReactElement {
  const { unitId } = useScope()
  const may = useMay()('funds.post')
  const queries = useQueryClient()
  const choices = useAccountChoices()
  const [asking, setAsking] = useState<{ what: 'new' } | { what: 'dispose' | 'settle' | 'move'; asset: Asset } | null>(
    null,
  )
  const list = useQuery({
    queryKey: ['funds', 'assets', unitId],
    queryFn: () => get<AssetList>('/api/funds/assets', { unitId }),
    enabled: unitId > 0,
  })
  const changed = (): void => void queries.invalidateQueries({ queryKey: ['funds'] })
  const add = may && (
    <Button type="primary" onClick={() => setAsking({ what: 'new' })}>
      登记资产
    </Button>
  )
  return (
    <Loaded query={list}>
      {({ assets, cards, ledger }) => (
        <>
          <div className="toolbar">
            <span>
              在用 {assets.filter((asset) => asset.state === 'in-use').length} 项，原值 {moneyText(cards.costFen)}{' '}
              元，净值 {moneyText(cards.costFen - cards.lostFen)} 元
            </span>
            <span className="push" />
            {add}
          </div>
          {(cards.costFen !== ledger.costFen || cards.lostFen !== ledger.lostFen) && (
            <div style={{ padding: '0 16px 12px' }}>
              <Notice tone="warn">
                卡片与账簿不一致：账上固定资产 {moneyText(ledger.costFen)} 元、累计折旧 {moneyText(ledger.lostFen)}{' '}
                元。可能有资产没有建卡片，或直接用凭证记了资产。
              </Notice>
            </div>
          )}
          <DataTable
            caption="固定资产卡片"
            rows={assets}
            rowKey={(asset) => asset.id}
            columns={[
              { id: 'code', title: '编号', width: 120, render: (asset) => asset.code },
              {
                id: 'name',
                title: '名称',
                lead: true,
                render: (asset) =>
                  asset.voucherId ? (
                    <Link to={fundsPath.voucher(asset.voucherId) as never}>{asset.name}</Link>
                  ) : (
                    asset.name
                  ),
              },
              { id: 'kind', title: '类别', render: (asset) => assetKindOf(asset.kind)?.title ?? asset.kind },
              { id: 'on', title: '取得日期', width: 100, render: (asset) => asset.acquiredOn },
              { id: 'cost', title: '原值', number: true, render: (asset) => moneyText(asset.costFen) },
              { id: 'lost', title: '累计折旧', number: true, render: (asset) => moneyText(asset.lostFen) },
              { id: 'net', title: '净值', number: true, render: (asset) => moneyText(asset.costFen - asset.lostFen) },
              {
                id: 'place',
                title: '地点 / 保管人',
                render: (asset) => [asset.place, asset.keeper].filter(Boolean).join(' / '),
              },
              {
                id: 'state',
                title: '状态',
                width: 80,
                render: (asset) => <StatusTag text={STATES[asset.state][0]} tone={STATES[asset.state][1]} />,
              },
            ]}
            {...(may && {
              renderActions: (asset: Asset) => (
                <>
                  {asset.state === 'in-use' && (
                    <>
                      <button type="button" className="link" onClick={() => setAsking({ what: 'move', asset })}>
                        调拨
                      </button>
                      <button type="button" className="link" onClick={() => setAsking({ what: 'dispose', asset })}>
                        处置
                      </button>
                    </>
                  )}
                  {asset.state === 'pending' && (
                    <button type="button" className="link" onClick={() => setAsking({ what: 'settle', asset })}>
                      核销
                    </button>
                  )}
                </>
              ),
            })}
            empty={
              <Empty title="还没有资产卡片" actions={add}>
                购入、受赠的固定资产在这里登记，凭证同时生成。
              </Empty>
            }
          />
          {asking?.what === 'new' && (
            <AskDialog
              title="登记固定资产"
              okText="登记"
              done="已登记。"
              fields={cardFields(choices)}
              initial={{
                quantity: 1,
                acquiredOn: today(),
                origin: ORIGINS.bought,
                booking: BOOKINGS.full,
                spendingAccount: choices.of('50702'),
                payFrom: choices.of('102'),
              }}
              close={() => setAsking(null)}
              send={(values) => {
                const kind = ASSET_KINDS.find((one) => one.title === values['kind'])
                return post('/api/funds/assets', {
                  ...given(values),
                  spendingAccount: codeOf(values['spendingAccount']),
                  payFrom: codeOf(values['payFrom']),
                  unitId,
                  kind: kind?.id,
                  years: values['years'] ?? kind?.years ?? null,
                  origin: idOf(ORIGINS, values['origin']),
                  booking: idOf(BOOKINGS, values['booking']) ?? 'full',
                }).then(changed)
              }}
            />
          )}
          {asking?.what === 'move' && (
            <AskDialog
              title={`调拨 ${asking.asset.code} ${asking.asset.name}`}
              okText="保存"
              done="已保存。"
              fields={[field.text('place', '存放地点'), field.text('keeper', '保管人'), field.longtext('note', '备注')]}
              initial={{ place: asking.asset.place, keeper: asking.asset.keeper, note: asking.asset.note }}
              close={() => setAsking(null)}
              send={(values) => move(asking.asset, { ...values, unitId, version: asking.asset.version }).then(changed)}
            />
          )}
          {asking?.what === 'dispose' && (
            <AskDialog
              title={`处置 ${asking.asset.code} ${asking.asset.name}`}
              okText="处置"
              danger
              done="已处置，凭证已记账。"
              fields={[
                field.choice('how', '方式', Object.values(WAYS), { required: true }),
                field.date('onDate', '日期', { required: true }),
                field.money('proceedsFen', '出售收入', { help: '只在出售时填写。' }),
                field.money('expensesFen', '处置费用', { help: '只在出售时填写。' }),
                field.text('document', '批准文号'),
                field.longtext('reason', '原因', { required: true }),
              ]}
              initial={{ onDate: today() }}
              close={() => setAsking(null)}
              send={({ how, ...values }) =>
                post(`/api/funds/assets/${asking.asset.id}/disposal`, {
                  ...given(values),
                  how: idOf(WAYS, how),
                  unitId,
                }).then(changed)
              }
            >
              {() => (
                <Notice>
                  净值 {moneyText(asking.asset.costFen - asking.asset.lostFen)}{' '}
                  元。报废、盘亏先转“待处理财产损溢”，批准后再核销。
                </Notice>
              )}
            </AskDialog>
          )}
          {asking?.what === 'settle' && (
            <AskDialog
              title={`核销 ${asking.asset.code} ${asking.asset.name}`}
              okText="核销"
              done="已核销，凭证已记账。"
              fields={[
                field.date('onDate', '批准日期', { required: true }),
                field.text('document', '批准文号'),
                field.money('proceedsFen', '残值收入'),
                field.money('expensesFen', '清理费用'),
                field.choice('account', '收付账户', choices.money),
              ]}
              initial={{ onDate: today(), account: choices.of('102') }}
              close={() => setAsking(null)}
              send={(values) =>
                post(`/api/funds/assets/${asking.asset.id}/settlement`, {
                  ...given(values),
                  account: codeOf(values['account']),
                  unitId,
                }).then(changed)
              }
            />
          )}
        </>
      )}
    </Loaded>
  )
}

async function move(asset: Asset, body: Record<string, unknown>): Promise<void> {
  await post(`/api/funds/assets/${asset.id}/place`, body)
}
