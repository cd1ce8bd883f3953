import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState, type ReactElement } from 'react'
import { field } from '../../../kernel/register/declaration.ts'
import { get, post } from '../../../web/api.ts'
import { today, useMay } from '../../../web/session.ts'
import { DataTable } from '../../../web/ui/DataTable.tsx'
import { Dialog } from '../../../web/ui/Dialog.tsx'
import { Card, Facts, Page } from '../../../web/ui/Page.tsx'
import { Loaded, Notice } from '../../../web/ui/states.tsx'
import { Timeline } from '../../../web/ui/Timeline.tsx'
import { moneyText, StatusTag } from '../../../web/ui/values.tsx'
import { EXIT_REASONS } from '../words.ts'
import { FieldsForm } from './FieldsForm.tsx'
import { ReturnDialog } from './ReturnDialog.tsx'
import { resultTone, standing, type Survivor } from './shapes.ts'

/** One survivor: the entitlement, the reviews, what was paid. */
export function SurvivorPage(): ReactElement {
  const { id } = useParams({ strict: false }) as { id: string }
  const survivor = useQuery({ queryKey: ['survivor', id], queryFn: () => get<Survivor>(`/api/survivors/${id}`) })
  return <Loaded query={survivor}>{(shown) => <Shown survivor={shown} />}</Loaded>
}

function Shown({ survivor }: { survivor: Survivor }): ReactElement {
  const may = useMay()
  const queries = useQueryClient()
  const [dialog, setDialog] = useState<'return' | 'exit' | 'recover' | null>(null)
  const { text, tone } = standing(survivor)
  const write = may('survivors.write')
  const review = survivor.reviews.find((one) => one.noticedOn !== null && one.result !== '退出供养')
  const close = (): void => {
    setDialog(null)
    for (const key of ['survivor', 'survivors', 'survivors-round', 'todos'])
      void queries.invalidateQueries({ queryKey: [key] })
  }
  return (
    <Page
      title={survivor.name}
      crumbs={[{ title: '遗属供养', to: '/survivors' }]}
      help={
        <span className="row">
          <StatusTag text={text} tone={tone} /> {survivor.deceasedName}的{survivor.relation} · {survivor.unitName}
        </span>
      }
      actions={
        <>
          {write && survivor.state !== 'ended' && review && (
            <Button type="primary" onClick={() => setDialog('return')}>
              登记认证
            </Button>
          )}
          {write && survivor.state !== 'ended' && <Button onClick={() => setDialog('exit')}>退出供养</Button>}
          {write && survivor.overpaidFen > 0 && (
            <Button type="primary" onClick={() => setDialog('recover')}>
              登记追回
            </Button>
          )}
        </>
      }
    >
      {survivor.overpaidFen > 0 && (
        <Notice tone="warn">
          退出以后的月份多发了 {moneyText(survivor.overpaidFen)}{' '}
          元，请与家属说明并追回；从工会经费或代管经费发的，退回时凭证自动记账。
        </Notice>
      )}
      {survivor.state === 'suspended' && <Notice>暂停发放。补上认证以后，停发的月份随下一张发放表补发。</Notice>}
      <Card title="供养">
        <Facts
          items={[
            { label: '亡故职工', value: `${survivor.deceasedName}，${survivor.diedOn} 去世` },
            { label: '关系', value: survivor.relation },
            { label: '供养的理由', value: survivor.ground },
            { label: '出生日期', value: survivor.bornOn },
            { label: '居住地', value: survivor.place },
            { label: '标准档', value: survivor.grade },
            { label: '供养起始', value: survivor.entitledFrom },
            { label: '到期', value: survivor.untilOn ?? '没有期限' },
            { label: '已发至', value: survivor.lastPaid ?? '还没有发过' },
            { label: '联系电话', value: survivor.phone ?? '没有登记' },
            { label: '通信地址', value: survivor.address ?? '没有登记' },
            ...(survivor.endedOn ? [{ label: '退出', value: `${survivor.endedOn}，${survivor.endReason}` }] : []),
          ]}
        />
      </Card>
      <Card title="年度复核" flush>
        <DataTable
          caption="年度复核"
          rows={survivor.reviews}
          rowKey={(row) => row.id}
          columns={[
            { id: 'year', title: '年度', lead: true, render: (row) => row.year },
            {
              id: 'notice',
              title: '通知',
              render: (row) => (row.notice ? `${row.notice} ${row.noticedOn}` : '还没有通知'),
            },
            {
              id: 'returned',
              title: '认证',
              render: (row) => (row.returnedOn ? `${row.proof} ${row.returnedOn}` : ''),
            },
            {
              id: 'result',
              title: '结果',
              render: (row) => <StatusTag text={row.result} tone={resultTone(row.result)} />,
            },
            { id: 'words', title: '说明', wrap: true, render: (row) => row.words ?? '' },
          ]}
          empty={<p className="quiet inside">还没有复核过。</p>}
        />
      </Card>
      <Card title="发放" flush>
        <DataTable
          caption="发放"
          rows={survivor.paid}
          rowKey={(row) => `${row.month}-${row.payId}`}
          columns={[
            { id: 'month', title: '月份', lead: true, render: (row) => row.month },
            { id: 'sum', title: '金额（元）', number: true, render: (row) => moneyText(row.amountFen) },
            {
              id: 'on',
              title: '发放',
              render: (row) => <Link to={`/survivors/pay/${row.payId}` as never}>{row.paidOn ?? '还没有发'}</Link>,
            },
            { id: 'back', title: '追回', render: (row) => (row.recovered ? '已追回' : '') },
          ]}
          empty={<p className="quiet inside">还没有在这里发放过。</p>}
        />
      </Card>
      <Card title="办理记录">
        <Timeline acts={survivor.acts} />
      </Card>
      {dialog === 'return' && (
        <ReturnDialog
          survivorId={survivor.id}
          name={survivor.name}
          year={review!.year}
          unitId={survivor.unitId}
          close={close}
        />
      )}
      {dialog === 'exit' && <ExitDialog survivor={survivor} close={close} />}
      {dialog === 'recover' && <RecoverDialog survivor={survivor} close={close} />}
    </Page>
  )
}

const exitFields = [
  field.choice('exitReason', '退出原因', EXIT_REASONS, { required: true }),
  field.date('exitOn', '发生日期', { required: true, help: '发到发生的那个月为止。' }),
  field.text('words', '说明'),
]
function ExitDialog({ survivor, close }: { survivor: Survivor; close: () => void }): ReactElement {
  const [values, setValues] = useState<Record<string, unknown>>({})
  return (
    <Dialog
      title={`退出供养：${survivor.name}`}
      okText="退出供养"
      danger
      done="已退出供养。"
      close={close}
      work={() => post(`/api/survivors/${survivor.id}/exit`, values)}
    >
      {(errors) => <FieldsForm fields={exitFields} values={values} change={setValues} errors={errors} />}
    </Dialog>
  )
}

const backFields = [field.date('receivedOn', '退回日期', { required: true })]
function RecoverDialog({ survivor, close }: { survivor: Survivor; close: () => void }): ReactElement {
  const [values, setValues] = useState<Record<string, unknown>>({ receivedOn: today() })
  return (
    <Dialog
      title={`登记追回：${moneyText(survivor.overpaidFen)} 元`}
      okText="登记"
      done="已登记追回，发放数字随之更正。"
      close={close}
      work={() => post(`/api/survivors/${survivor.id}/recoveries`, values)}
    >
      {(errors) => <FieldsForm fields={backFields} values={values} change={setValues} errors={errors} />}
    </Dialog>
  )
}
