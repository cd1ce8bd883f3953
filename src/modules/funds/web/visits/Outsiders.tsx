import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState, type ReactElement } from 'react'
import { addDays } from '../../../../kernel/calendar/days.ts'
import { field } from '../../../../kernel/register/declaration.ts'
import { get, post } from '../../../../web/api.ts'
import { path } from '../../../../web/path.ts'
import { today, useMay, useScope } from '../../../../web/session.ts'
import { DataTable } from '../../../../web/ui/DataTable.tsx'
import { Page } from '../../../../web/ui/Page.tsx'
import { Empty, Loaded } from '../../../../web/ui/states.tsx'
import { toast } from '../../../../web/ui/toast.tsx'
import { StatusTag } from '../../../../web/ui/values.tsx'
import { OUTSIDER_KINDS, type Outsider, type OutsiderKind } from '../../outsider-contract.ts'
import { AskDialog } from '../AskDialog.tsx'
import type { AuditRow } from '../../audit-contract.ts'
import { WithBook } from '../book.tsx'
import type { Book } from '../../voucher-contract.ts'
import { fundsPath } from '../paths.ts'
import '../funds.css'

/** Who from outside the books were opened to, until when, and who took it back. */
export function Outsiders(): ReactElement {
  return (
    <Page
      title="外部人员"
      help="向外部审计人员开放被审期间的账（只读），或为小型工会开通代理记账。到期自动关闭，随时可以收回。"
    >
      <WithBook>{(book) => <List book={book} />}</WithBook>
    </Page>
  )
}

const standing = (row: Outsider): { text: string; tone: '' | 'good' | 'warn' | 'info' } =>
  row.endedOn
    ? { text: '已收回', tone: '' }
    : row.closesOn < today()
      ? { text: '已到期', tone: '' }
      : row.opensOn > today()
        ? { text: '未开始', tone: 'info' }
        : { text: '开放中', tone: 'good' }

function List({ book }: { book: Book }): ReactElement {
  const { unitId } = useScope()
  const may = useMay()('funds.approve')
  const queries = useQueryClient()
  const [asking, setAsking] = useState<OutsiderKind | null>(null)
  const [ending, setEnding] = useState<Outsider | null>(null)
  const outsiders = useQuery({
    queryKey: ['funds', 'outsiders', unitId],
    queryFn: () => get<{ outsiders: Outsider[] }>('/api/funds/outsiders', { unitId }).then((one) => one.outsiders),
  })
  const audits = useQuery({
    queryKey: ['funds', 'audits', unitId],
    queryFn: () => get<{ audits: AuditRow[] }>('/api/funds/audits', { unitId }).then((one) => one.audits),
    enabled: asking === 'audit',
  })
  const open = (audits.data ?? []).filter(
    (one) => one.unitId === book.unitId && ['noticed', 'fieldwork', 'mending'].includes(one.state),
  )
  const changed = () => queries.invalidateQueries({ queryKey: ['funds', 'outsiders'] })
  const actions = may && (
    <div className="row">
      <Button type="primary" onClick={() => setAsking('audit')}>
        开通外部审计
      </Button>
      {book.profile === 'small' && <Button onClick={() => setAsking('bookkeeping')}>开通代理记账</Button>}
    </div>
  )
  return (
    <section className="card">
      {outsiders.data && outsiders.data.length > 0 && <div className="toolbar">{actions}</div>}
      <Loaded query={outsiders}>
        {(rows) => (
          <DataTable
            caption="外部人员"
            rows={rows}
            rowKey={(row) => row.id}
            columns={[
              { id: 'person', title: '姓名', lead: true, render: (row) => row.person },
              { id: 'firm', title: '机构', wrap: true, render: (row) => row.firm },
              { id: 'kind', title: '种类', width: 90, render: (row) => OUTSIDER_KINDS[row.kind] },
              {
                id: 'books',
                title: '可查的账',
                wrap: true,
                render: (row) =>
                  row.kind === 'audit' ? (
                    <>
                      <Link to={fundsPath.audit(row.auditId!) as never}>{row.auditTitle}</Link>
                      <br />
                      {row.booksFrom} 至 {row.booksTo}
                    </>
                  ) : (
                    '制单、记账、结账'
                  ),
              },
              { id: 'days', title: '开放日期', width: 200, render: (row) => `${row.opensOn} 至 ${row.closesOn}` },
              {
                id: 'state',
                title: '状态',
                width: 90,
                render: (row) => <StatusTag {...standing(row)} />,
              },
              { id: 'given', title: '开通人', width: 90, render: (row) => row.givenName },
            ]}
            renderActions={(row) =>
              may &&
              !row.endedOn &&
              row.closesOn >= today() && (
                <Button size="small" onClick={() => setEnding(row)}>
                  收回
                </Button>
              )
            }
            empty={
              <Empty title="账套没有向外部人员开放" actions={actions}>
                发出审计通知书以后，可以向会计师事务所的人员开放被审期间的账。
              </Empty>
            }
          />
        )}
      </Loaded>
      {asking && (asking === 'bookkeeping' || audits.data) && (
        <AskDialog
          title={asking === 'audit' ? '向外部审计人员开放账套' : '开通代理记账'}
          okText="开通"
          fields={[
            ...(asking === 'audit'
              ? [
                  field.choice(
                    'audit',
                    '对应的审查',
                    open.map((one) => one.title),
                    { required: true },
                  ),
                ]
              : []),
            field.text('person', '姓名', { required: true }),
            field.text('firm', '机构名称', { required: true }),
            field.text('document', '约定书或合同编号'),
            field.text('login', '登录名', { required: true, help: '首次开通会建立账号，须打印激活条交给本人。' }),
            field.date('opensOn', '开放日期', { required: true }),
            field.date('closesOn', '到期日期', { required: true, help: '过了这一天自动关闭。' }),
          ]}
          initial={{
            opensOn: today(),
            closesOn: addDays(today(), asking === 'audit' ? 14 : 364),
            ...(open.length === 1 && { audit: open[0]!.title }),
          }}
          close={() => setAsking(null)}
          send={async ({ audit, ...values }) => {
            const made = await post<{ fresh: boolean }>('/api/funds/outsiders', {
              ...Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null)),
              unitId,
              kind: asking,
              ...(asking === 'audit' && { auditId: open.find((one) => one.title === audit)?.id }),
            })
            toast(made.fresh ? '已开通。请到“职务与授权”打印激活条交给本人。' : '已开通，用原来的账号登录。')
            await changed()
          }}
        >
          {() =>
            asking === 'audit' && open.length === 0 ? (
              <p className="faint">没有已发出通知的审查。请经审会先发出审计通知书。</p>
            ) : (
              <p className="faint">
                登录须绑定动态口令或通行密钥。账号可在<Link to={path.offices as never}>职务与授权</Link>里管理。
              </p>
            )
          }
        </AskDialog>
      )}
      {ending && (
        <AskDialog
          title={`收回${ending.person}查看账套的权限`}
          okText="收回"
          danger
          done="已收回，立即生效。"
          fields={[field.text('words', '理由', { required: true })]}
          close={() => setEnding(null)}
          send={(values) => post(`/api/funds/outsiders/${ending.id}/end`, values).then(changed)}
        />
      )}
    </section>
  )
}
