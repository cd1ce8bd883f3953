import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState, type ReactElement } from 'react'
import { GENDERS, JOIN_KINDS, LEAVE_KINDS, STATUSES } from '../../../modules/members/words.ts'
import { get } from '../../api.ts'
import { path } from '../../path.ts'
import { useMay } from '../../session.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { Facts, Page } from '../../ui/Page.tsx'
import { Empty, Loaded } from '../../ui/states.tsx'
import { Tabs } from '../../ui/Tabs.tsx'
import { StatusTag } from '../../ui/values.tsx'
import { ChangeState, EditPerson, EndTag, GiveTag, LeaveUnion, Reveal, Transfer } from './member-dialogs.tsx'
import { MemberRecords } from './MemberRecords.tsx'
import type { PersonDetail } from './shapes.ts'

export type Asking =
  | { kind: 'edit' | 'tag' | 'leave' | 'state' | 'transfer' }
  | { kind: 'end-tag'; tag: string }
  | { kind: 'reveal'; field: 'idNo' | 'phone' | 'bank' }

/** A person: particulars, membership through the years, tags with dates, family, and what the ledgers say. */
export function Member(): ReactElement {
  const { id } = useParams({ strict: false }) as { id: string }
  const person = useQuery({ queryKey: ['member', Number(id)], queryFn: () => get<PersonDetail>(`/api/members/${id}`) })
  return <Loaded query={person}>{(detail) => <Shown person={detail} />}</Loaded>
}

function Shown({ person }: { person: PersonDetail }): ReactElement {
  const may = useMay()
  const queries = useQueryClient()
  const [asking, setAsking] = useState<Asking | null>(null)
  const close = (): void => {
    setAsking(null)
    for (const key of ['member', 'members']) void queries.invalidateQueries({ queryKey: [key] })
  }
  const open = person.memberships.find((one) => !one.leftOn)
  const write = may('members.write')
  return (
    <Page
      title={person.name}
      crumbs={[{ title: '会员', to: path.members }]}
      help={
        <span className="row">
          <StatusTag text={STATUSES[person.status]} tone={person.status === 'active' ? 'good' : ''} />
          {person.path.map((step) => step.name).join(' / ')}
        </span>
      }
      actions={
        <>
          {open && (
            <Button href={`/api/members/${person.id}/card.html`} target="_blank">
              会员证
            </Button>
          )}
          {may('members.approve') && open && (
            <>
              <Button onClick={() => setAsking({ kind: 'transfer' })}>转会</Button>
              <Button onClick={() => setAsking({ kind: 'state' })}>
                {open.state === 'retained' ? '恢复会籍' : '保留会籍'}
              </Button>
              <Button danger onClick={() => setAsking({ kind: 'leave' })}>
                离会
              </Button>
            </>
          )}
          {write && (
            <Button type="primary" onClick={() => setAsking({ kind: 'edit' })}>
              修改资料
            </Button>
          )}
        </>
      }
      narrow
    >
      <section className="card">
        <Tabs
          tabs={[
            { id: 'particulars', title: '基本资料', render: () => <Particulars person={person} ask={setAsking} /> },
            { id: 'memberships', title: '会籍', render: () => <Memberships person={person} /> },
            {
              id: 'tags',
              title: '身份标签',
              render: () => <TagTable person={person} ask={setAsking} mayWrite={write && Boolean(open)} />,
            },
            { id: 'kin', title: '家庭', render: () => <Family person={person} /> },
            { id: 'records', title: '台账记录', render: () => <MemberRecords personId={person.id} /> },
          ]}
        />
      </section>
      {asking?.kind === 'edit' && <EditPerson person={person} close={close} />}
      {asking?.kind === 'tag' && <GiveTag person={person} close={close} />}
      {asking?.kind === 'end-tag' && <EndTag person={person} tag={asking.tag} close={close} />}
      {asking?.kind === 'leave' && <LeaveUnion person={person} close={close} />}
      {asking?.kind === 'state' && (
        <ChangeState person={person} to={open?.state === 'retained' ? 'normal' : 'retained'} close={close} />
      )}
      {asking?.kind === 'transfer' && <Transfer person={person} close={close} />}
      {asking?.kind === 'reveal' && <Reveal person={person} field={asking.field} close={close} />}
    </Page>
  )
}

function Particulars({ person, ask }: { person: PersonDetail; ask: (asking: Asking) => void }): ReactElement {
  const may = useMay()
  const masked = (field: 'idNo' | 'phone' | 'bank', last4: string | null): ReactElement | null =>
    last4 ? (
      <span className="row">
        <span>····{last4}</span>
        {may('members.reveal') && (
          <button type="button" className="link" onClick={() => ask({ kind: 'reveal', field })}>
            查看全号
          </button>
        )}
      </span>
    ) : null
  return (
    <div style={{ padding: '8px 16px 18px' }}>
      <Facts
        items={[
          { label: '姓名', value: person.name },
          { label: '性别', value: person.gender && GENDERS[person.gender] },
          { label: '出生日期', value: person.bornOn },
          { label: '工号', value: person.staffNo },
          { label: '在职状态', value: person.employment },
          { label: '证件号码', value: masked('idNo', person.idLast4) },
          { label: '手机', value: masked('phone', person.phoneLast4) },
          { label: '银行卡号', value: masked('bank', person.bankLast4) },
        ]}
      />
    </div>
  )
}

const Memberships = ({ person }: { person: PersonDetail }): ReactElement => (
  <DataTable
    caption="会籍"
    rows={person.memberships}
    rowKey={(row) => `${row.unitName}${row.joinedOn}`}
    columns={[
      { id: 'unit', title: '单位', lead: true, render: (row) => row.unitName },
      {
        id: 'from',
        title: '入会（转入）',
        render: (row) => `${row.joinedOn ?? '日期不详'} ${JOIN_KINDS[row.joinKind]}`,
      },
      {
        id: 'to',
        title: '离会（转出）',
        render: (row) => (row.leftOn ? `${row.leftOn} ${row.leaveKind ? LEAVE_KINDS[row.leaveKind] : ''}` : ''),
      },
      {
        id: 'state',
        title: '会籍',
        render: (row) =>
          row.leftOn ? (
            <StatusTag text="已结束" />
          ) : row.state === 'retained' ? (
            <StatusTag text={`保留会籍${row.retainedOn ? `，自 ${row.retainedOn}` : ''}`} tone="warn" />
          ) : (
            <StatusTag text="正常" tone="good" />
          ),
      },
    ]}
    empty={<Empty title="不是会员">这是台账里提到的联系人，没有会籍。</Empty>}
  />
)

function TagTable({
  person,
  ask,
  mayWrite,
}: {
  person: PersonDetail
  ask: (asking: Asking) => void
  mayWrite: boolean
}): ReactElement {
  return (
    <>
      {mayWrite && (
        <div className="toolbar">
          <Button onClick={() => ask({ kind: 'tag' })}>加标签</Button>
          <span className="faint">标签有起止日期和依据：报告里的“每个劳模”“全部困难职工”以它为准。</span>
        </div>
      )}
      <DataTable
        caption="身份标签"
        rows={person.tags}
        rowKey={(row) => row.id}
        columns={[
          { id: 'tag', title: '标签', lead: true, render: (row) => row.tag },
          { id: 'since', title: '自', render: (row) => row.since ?? '不详' },
          { id: 'until', title: '至', render: (row) => row.until ?? '今' },
          { id: 'evidence', title: '依据', render: (row) => row.evidence ?? '' },
        ]}
        renderActions={(row) =>
          mayWrite &&
          !row.until && (
            <button type="button" className="link danger" onClick={() => ask({ kind: 'end-tag', tag: row.tag })}>
              终止
            </button>
          )
        }
        empty={<Empty title="没有身份标签" />}
      />
    </>
  )
}

const Family = ({ person }: { person: PersonDetail }): ReactElement => (
  <DataTable
    caption="家庭成员"
    rows={person.kin}
    rowKey={(row) => `${row.name}${row.relation}`}
    columns={[
      { id: 'name', title: '姓名', lead: true, render: (row) => row.name },
      { id: 'relation', title: '关系', render: (row) => row.relation },
    ]}
    empty={<Empty title="没有登记家庭成员">家庭成员用于按户统计慰问和帮扶，可在花名册里一并导入。</Empty>}
  />
)
