import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState, type ReactElement } from 'react'
import { get, remove } from '../../../web/api.ts'
import { useMay } from '../../../web/session.ts'
import { DataTable } from '../../../web/ui/DataTable.tsx'
import { Card, Facts, Page } from '../../../web/ui/Page.tsx'
import { Empty, Loaded, Notice, Problem } from '../../../web/ui/states.tsx'
import { Tabs } from '../../../web/ui/Tabs.tsx'
import { moneyText, numberText, StatusTag } from '../../../web/ui/values.tsx'
import type { Enrolled, PlanDesk } from '../contract.ts'
import { lossRatio } from '../loss-ratio.ts'
import { AUDIENCES, KINDS, MOVEMENTS } from '../words.ts'
import { CollectDialog, EnrolDialog, HandOverDialog, ReceiveDialog, RenewDialog } from './PlanDeeds.tsx'

type Deed = 'enrol' | 'renew' | 'collect' | 'hand-over' | 'receive'

/** One plan at one unit: who is in, what is to be collected and handed over, the money held. */
export function PlanPage(): ReactElement {
  const { plan, unit } = useParams({ strict: false }) as { plan: string; unit: string }
  const desk = useQuery({
    queryKey: ['mutual-aid-desk', plan, unit],
    queryFn: () => get<PlanDesk>(`/api/mutual-aid/plans/${plan}/desk`, { unitId: unit }),
  })
  return <Loaded query={desk}>{(shown) => <Shown desk={shown} unitId={Number(unit)} />}</Loaded>
}

function Shown({ desk, unitId }: { desk: PlanDesk; unitId: number }): ReactElement {
  const may = useMay()
  const queries = useQueryClient()
  const [deed, setDeed] = useState<Deed | null>(null)
  const { plan } = desk
  const ownFen = plan.premiumFen - plan.unionFen
  const close = (): void => {
    setDeed(null)
    for (const key of ['mutual-aid-desk', 'mutual-aid-plans', 'todos'])
      void queries.invalidateQueries({ queryKey: [key] })
  }
  const deeds: { id: Deed; title: string; shown: boolean }[] = [
    { id: 'renew', title: '续保', shown: desk.renewable > 0 },
    { id: 'enrol', title: '办理参加', shown: true },
    { id: 'collect', title: '收缴', shown: desk.hasBook && ownFen > 0 && desk.unpaid > 0 },
    {
      id: 'hand-over',
      title: '上交名单',
      shown: plan.kind !== 'internal' && may('mutual-aid.approve') && desk.toHandOver > 0,
    },
    { id: 'receive', title: '登记拨款', shown: plan.kind === 'organisation' && desk.hasBook },
  ]
  return (
    <Page
      title={plan.title}
      crumbs={[
        { title: '互助理赔', to: '/mutual-aid/claims' },
        { title: '互助计划', to: '/mutual-aid/plans' },
      ]}
      help={`${KINDS[plan.kind]}，${plan.startsOn} 至 ${plan.endsOn}，${AUDIENCES[plan.audience]}。`}
      actions={deeds
        .filter((one) => one.shown)
        .map((one) => (
          <Button key={one.id} onClick={() => setDeed(one.id)}>
            {one.title}
          </Button>
        ))}
    >
      {!desk.hasBook && (
        <Notice tone="warn">
          本级工会还没有建账，收缴和支付不能入账。直接交给承办机构的，可以在“办理参加”时登记。
        </Notice>
      )}
      <Card title="概况">
        <Facts
          items={[
            {
              label: '参加',
              value: `应参加 ${numberText(desk.due)} 人，已参加 ${numberText(desk.enrolled.length + desk.more)} 人`,
            },
            { label: '未缴费', value: `${numberText(desk.unpaid)} 人` },
            {
              label: '每人缴费',
              value: `${moneyText(plan.premiumFen)} 元（个人 ${moneyText(ownFen)} 元，工会 ${moneyText(plan.unionFen)} 元）`,
            },
            {
              label: '已支付补助',
              value: `${moneyText(plan.paidFen)} 元，${plan.paidClaims} 件；赔付率 ${lossRatio(plan)}`,
            },
            { label: '工会代管余额', value: `${moneyText(desk.heldFen)} 元` },
            {
              label: '已批准未支付',
              value: `${moneyText(plan.owedFen)} 元${plan.kind === 'internal' ? `；付清后结余 ${moneyText(desk.heldFen - plan.owedFen)} 元` : ''}`,
            },
            { label: '文件', value: plan.document, whole: true },
          ]}
        />
      </Card>
      {plan.kind === 'internal' && desk.heldFen < plan.owedFen && (
        <Notice tone="warn">代管余额不够付清已批准的补助，还差 {moneyText(plan.owedFen - desk.heldFen)} 元。</Notice>
      )}
      <section className="card">
        <Tabs
          tabs={[
            { id: 'people', title: '参加名单', render: () => <People desk={desk} close={close} /> },
            { id: 'money', title: '代管资金', render: () => <Money desk={desk} /> },
            { id: 'lists', title: '上交名单', render: () => <Lists desk={desk} /> },
          ]}
        />
      </section>
      {deed === 'enrol' && <EnrolDialog desk={desk} unitId={unitId} close={close} />}
      {deed === 'renew' && <RenewDialog desk={desk} unitId={unitId} close={close} />}
      {deed === 'collect' && <CollectDialog desk={desk} unitId={unitId} close={close} />}
      {deed === 'hand-over' && <HandOverDialog desk={desk} unitId={unitId} close={close} />}
      {deed === 'receive' && <ReceiveDialog desk={desk} unitId={unitId} close={close} />}
    </Page>
  )
}

const payment = (row: Enrolled): ReactElement =>
  row.paidOn === null ? (
    <StatusTag text="未缴费" tone="warn" />
  ) : (
    <>
      {row.paidOn}
      {row.paidThrough === 'direct' && '（直接交承办机构）'}
      {row.paidThrough === 'none' && '（工会承担）'}
    </>
  )

function People({ desk, close }: { desk: PlanDesk; close: () => void }): ReactElement {
  const [error, setError] = useState<unknown>(null)
  const take = (personId: number): void =>
    void remove(`/api/mutual-aid/plans/${desk.plan.id}/enrolments/${personId}`).then(close, setError)
  return (
    <>
      {error !== null && <Problem error={error} />}
      {desk.more > 0 && <Notice>名单较长，只列出前 {desk.enrolled.length} 人；未缴费的排在前面。</Notice>}
      <DataTable
        caption="参加名单"
        rows={desk.enrolled}
        rowKey={(row) => row.personId}
        columns={[
          { id: 'name', title: '姓名', lead: true, render: (row) => row.personName },
          { id: 'unit', title: '单位', wrap: true, render: (row) => row.unitName },
          { id: 'on', title: '参加日期', render: (row) => row.enrolledOn },
          { id: 'kind', title: '新保续保', render: (row) => (row.unbroken ? '续保' : '新保') },
          { id: 'paid', title: '缴费', wrap: true, render: payment },
          { id: 'handed', title: '上交', render: (row) => row.handedOn ?? '' },
        ]}
        {...(desk.unpaid > 0 && {
          renderActions: (row: Enrolled) =>
            row.paidOn === null && (
              <Button size="small" onClick={() => take(row.personId)}>
                移出
              </Button>
            ),
        })}
        empty={<Empty title="还没有人参加">点“办理参加”，按花名册或逐人办理。</Empty>}
      />
    </>
  )
}

const Money = ({ desk }: { desk: PlanDesk }): ReactElement => (
  <DataTable
    caption="代管资金"
    rows={desk.movements}
    rowKey={(row) => row.id}
    columns={[
      { id: 'on', title: '日期', lead: true, render: (row) => row.onDay },
      { id: 'kind', title: '事项', render: (row) => MOVEMENTS[row.kind] },
      { id: 'people', title: '人数', number: true, render: (row) => row.people || '' },
      { id: 'sum', title: '收入（＋）支出（−）（元）', number: true, render: (row) => moneyText(row.amountFen) },
      {
        id: 'voucher',
        title: '凭证',
        render: (row) => <Link to={`/funds/vouchers/${row.voucherId}` as never}>{row.voucherNo}</Link>,
      },
    ]}
    empty={<Empty title="没有经过工会账户的钱">收缴、拨款、上交和支付都会在这里留下一行和一张凭证。</Empty>}
  />
)

const Lists = ({ desk }: { desk: PlanDesk }): ReactElement => (
  <DataTable
    caption="上交名单"
    rows={desk.handovers}
    rowKey={(row) => row.id}
    columns={[
      { id: 'on', title: '上交日期', lead: true, render: (row) => row.handedOn },
      { id: 'people', title: '人数', number: true, render: (row) => `${numberText(row.people)} 人` },
      { id: 'sum', title: '金额（元）', number: true, render: (row) => moneyText(row.amountFen) },
      { id: 'by', title: '经办', render: (row) => row.by },
      {
        id: 'list',
        title: '名单',
        render: (row) => <a href={`/api/mutual-aid/handovers/${row.id}/list`}>下载名单</a>,
      },
    ]}
    empty={<Empty title="还没有上交过名单">缴费以后点“上交名单”，得到给承办机构的名单，款项同时入账。</Empty>}
  />
)
