import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState, type ReactElement } from 'react'
import { field } from '../../../kernel/register/declaration.ts'
import { get, post } from '../../../web/api.ts'
import { withQuery } from '../../../web/path.ts'
import { today, useAddress, useMay, useScope } from '../../../web/session.ts'
import { DataTable } from '../../../web/ui/DataTable.tsx'
import { Dialog } from '../../../web/ui/Dialog.tsx'
import { LinkButton } from '../../../web/ui/LinkButton.tsx'
import { Facts, Page, Card } from '../../../web/ui/Page.tsx'
import { Empty, Loaded } from '../../../web/ui/states.tsx'
import { StatusTag } from '../../../web/ui/values.tsx'
import type { ReviewRow, Round } from '../contract.ts'
import { NOTICES, PLACES } from '../words.ts'
import { FieldsForm } from './FieldsForm.tsx'
import { ReturnDialog } from './ReturnDialog.tsx'
import { resultTone } from './shapes.ts'

const tabs = [
  { id: '', title: '全部', holds: () => true },
  { id: 'out', title: '外地', holds: (row: ReviewRow) => row.place === '外地' },
  { id: 'in', title: '市内', holds: (row: ReviewRow) => row.place === '市内' },
  { id: 'open', title: '没有答复', holds: (row: ReviewRow) => row.returnedOn === null },
] as const

/** A year's review of everybody who is provided for. */
export function ReviewPage(): ReactElement {
  const scope = useScope()
  const may = useMay()
  const queries = useQueryClient()
  const [address, setAddress] = useAddress()
  const [dialog, setDialog] = useState<'open' | 'notice' | 'close' | null>(null)
  const [answering, setAnswering] = useState<ReviewRow | null>(null)
  const round = useQuery({
    queryKey: ['survivors-round', scope.unitId, scope.year],
    queryFn: () =>
      get<{ round: Round | null }>('/api/survivors/rounds', { unitId: scope.unitId, year: scope.year }).then(
        (answer) => answer,
      ),
    enabled: scope.unitId > 0,
  })
  const close = (): void => {
    setDialog(null)
    setAnswering(null)
    for (const key of ['survivors-round', 'survivors', 'survivor', 'todos'])
      void queries.invalidateQueries({ queryKey: [key] })
  }
  const write = may('survivors.write')
  const shown = round.data?.round
  const tab = tabs.find((one) => one.id === (address['who'] ?? '')) ?? tabs[0]
  return (
    <Page
      title={`${scope.year} 年遗属复核`}
      crumbs={[{ title: '遗属供养', to: '/survivors' }]}
      help="外地的函告，市内的打电话或上门；到期没有答复的暂停发放，不退出。"
      actions={
        shown && (
          <>
            <LinkButton to={withQuery('/print/survivors/letters', { unit: scope.unitId, year: scope.year })}>
              打印函告
            </LinkButton>
            {write && !shown.closedOn && <Button onClick={() => setDialog('notice')}>登记通知</Button>}
            {write && may('survivors.approve') && !shown.closedOn && shown.dueOn < today() && (
              <Button type="primary" onClick={() => setDialog('close')}>
                截止
              </Button>
            )}
          </>
        )
      }
    >
      <Loaded query={round}>
        {({ round: found }) =>
          found === null ? (
            <section className="card">
              <Empty
                title={`还没有开始 ${scope.year} 年的复核`}
                actions={
                  write && (
                    <Button type="primary" onClick={() => setDialog('open')}>
                      开始复核
                    </Button>
                  )
                }
              >
                开始以后，在享和暂停的遗属全部列入，逐人通知、认证。
              </Empty>
            </section>
          ) : (
            <>
              <Card>
                <Facts
                  items={[
                    { label: '应复核', value: `${found.people} 人` },
                    { label: '已通知', value: `${found.noticed} 人` },
                    { label: '已认证', value: `${found.returned} 人` },
                    { label: '暂停', value: `${found.suspended} 人` },
                    { label: '退出', value: `${found.exits} 人` },
                    { label: '认证截止', value: found.closedOn ? `${found.dueOn}，已截止` : found.dueOn },
                  ]}
                />
              </Card>
              <section className="card">
                <div className="toolbar" role="group" aria-label="居住地">
                  {tabs.map((one) => (
                    <Button
                      key={one.id}
                      type={tab.id === one.id ? 'primary' : 'text'}
                      aria-pressed={tab.id === one.id}
                      onClick={() => setAddress({ who: one.id })}
                    >
                      {one.title}
                    </Button>
                  ))}
                </div>
                <DataTable
                  caption="复核名单"
                  rows={found.rows.filter(tab.holds)}
                  rowKey={(row) => row.id}
                  columns={[
                    {
                      id: 'name',
                      title: '遗属',
                      lead: true,
                      render: (row) => <Link to={`/survivors/${row.survivorId}` as never}>{row.name}</Link>,
                    },
                    { id: 'deceased', title: '亡故职工', render: (row) => `${row.deceasedName}（${row.relation}）` },
                    { id: 'place', title: '居住地', render: (row) => row.place },
                    {
                      id: 'notice',
                      title: '通知',
                      wrap: true,
                      render: (row) =>
                        row.notice
                          ? `${row.notice} ${row.noticedOn}${row.remindedOn ? `，${row.remindedOn} 再次提醒` : ''}`
                          : '还没有通知',
                    },
                    {
                      id: 'returned',
                      title: '认证',
                      wrap: true,
                      render: (row) => (row.returnedOn ? `${row.proof} ${row.returnedOn}` : ''),
                    },
                    {
                      id: 'result',
                      title: '结果',
                      render: (row) => <StatusTag text={row.result} tone={resultTone(row.result)} />,
                    },
                  ]}
                  {...(write && {
                    renderActions: (row: ReviewRow) =>
                      row.noticedOn &&
                      row.result !== '退出供养' && (
                        <Button size="small" onClick={() => setAnswering(row)}>
                          {row.returnedOn ? '更正' : '登记认证'}
                        </Button>
                      ),
                  })}
                  empty={<Empty title="没有人" />}
                />
              </section>
            </>
          )
        }
      </Loaded>
      {dialog === 'open' && <OpenDialog unitId={scope.unitId} year={scope.year} close={close} />}
      {dialog === 'notice' && <NoticeDialog unitId={scope.unitId} year={scope.year} close={close} />}
      {dialog === 'close' && (
        <Dialog
          title={`${scope.year} 年复核截止`}
          okText="截止"
          done="已截止，没有答复的已暂停。"
          close={close}
          work={() => post('/api/survivors/rounds/close', { unitId: scope.unitId, year: scope.year })}
        >
          {() => <p>没有答复的 {(shown?.people ?? 0) - (shown?.returned ?? 0)} 人暂停发放，补上认证后恢复并补发。</p>}
        </Dialog>
      )}
      {answering && (
        <ReturnDialog
          survivorId={answering.survivorId}
          name={answering.name}
          year={scope.year}
          unitId={scope.unitId}
          close={close}
        />
      )}
    </Page>
  )
}

interface Deed {
  unitId: number
  year: number
  close: () => void
}
const dueFields = [field.date('dueOn', '认证截止日期', { required: true })]
function OpenDialog({ unitId, year, close }: Deed): ReactElement {
  const [values, setValues] = useState<Record<string, unknown>>({})
  return (
    <Dialog
      title={`开始 ${year} 年复核`}
      okText="开始"
      done="已列入全部在享和暂停的遗属。"
      close={close}
      work={() => post('/api/survivors/rounds', { unitId, year, ...values })}
    >
      {(errors) => <FieldsForm fields={dueFields} values={values} change={setValues} errors={errors} />}
    </Dialog>
  )
}

const noticeFields = [
  field.choice('place', '通知谁', PLACES, { required: true, help: '这一地还没有通知过的人。' }),
  field.choice('notice', '通知方式', NOTICES, { required: true }),
  field.date('noticedOn', '通知日期', { required: true }),
]
function NoticeDialog({ unitId, year, close }: Deed): ReactElement {
  const [values, setValues] = useState<Record<string, unknown>>({
    place: '外地',
    notice: '函告',
    noticedOn: today(),
  })
  return (
    <Dialog
      title="登记通知"
      okText="登记"
      done="通知已登记。"
      close={close}
      work={() => post('/api/survivors/rounds/notices', { unitId, year, ...values })}
    >
      {(errors) => <FieldsForm fields={noticeFields} values={values} change={setValues} errors={errors} />}
    </Dialog>
  )
}
