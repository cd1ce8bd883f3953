import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { Button, Input, Modal } from 'antd'
import { useState, type ReactElement } from 'react'
import { get, post } from '../../api.ts'
import { path } from '../../path.ts'
import { useMay, useRegisters } from '../../session.ts'
import type { RecordDetail as Detail, RegisterShape } from '../../shapes.ts'
import { Attachments } from '../../ui/Attachments.tsx'
import { DataTable } from '../../ui/DataTable.tsx'
import { Facts, Page } from '../../ui/Page.tsx'
import { Empty, Loaded, Notice, Problem, Refused } from '../../ui/states.tsx'
import { Tabs } from '../../ui/Tabs.tsx'
import { Timeline } from '../../ui/Timeline.tsx'
import { toast } from '../../ui/toast.tsx'
import { fieldText, fieldValue, isNumeric, numberText, StateTag, StatusTag, timeText } from '../../ui/values.tsx'
import { LinkButton } from '../../ui/LinkButton.tsx'
import { Warnings } from './Warnings.tsx'

export function RecordDetail(): ReactElement {
  const { id } = useParams({ strict: false }) as { id: string }
  const registers = useRegisters()
  const record = useQuery({
    queryKey: ['record', Number(id), 'shown'],
    queryFn: () => get<Detail>(`/api/records/${id}`),
  })
  return (
    <Loaded query={record}>
      {(row) => (
        <Loaded query={registers}>
          {(all) => {
            const register = all.find((one) => one.id === row.register)
            return register ? <Shown register={register} record={row} /> : <Refused />
          }}
        </Loaded>
      )}
    </Loaded>
  )
}

function Shown({ register, record }: { register: RegisterShape; record: Detail }): ReactElement {
  const [voiding, setVoiding] = useState(false)
  const open = record.state !== 'void' && record.keptBy === null
  return (
    <Page
      title={record.title || `${register.title} ${record.happenedOn}`}
      crumbs={[
        { title: '登记簿', to: path.registers },
        { title: register.title, to: path.register(register.id) },
      ]}
      help={
        <span className="row">
          <StateTag state={record.state} /> 编号 {record.id} · {record.unitName} · {record.happenedOn}
        </span>
      }
      actions={
        <>
          {register.may.void && open && (
            <Button danger onClick={() => setVoiding(true)}>
              作废
            </Button>
          )}
          <Button href={path.printRecord(record.id)} target="_blank">
            打印
          </Button>
          {register.may.write && open && (
            <LinkButton to={path.editRecord(record.id)} type="primary">
              {record.state === 'draft' ? '继续填写' : '修改'}
            </LinkButton>
          )}
        </>
      }
    >
      {record.state === 'draft' && (
        <Notice tone="warn">这是草稿，还不计入任何数字。填好后点“继续填写”，再点“提交”。</Notice>
      )}
      {record.state === 'void' && (
        <Notice tone="bad">已作废：{record.voidReason}。作废的记录保留备查，不计入任何数字。</Notice>
      )}
      {record.keptBy !== null && record.state !== 'void' && (
        <Notice tone="info">
          这条记录由业务办理自动生成，要更正请<Link to={`/${record.keptBy}` as never}>打开它的来源</Link>。
        </Notice>
      )}
      <Warnings warnings={record.warnings} />
      <section className="card">
        <Tabs
          tabs={[
            { id: 'content', title: '基本信息', render: () => <Content register={register} record={record} /> },
            {
              id: 'files',
              title: '附件',
              render: () => (
                <Attachments objectKind="record" objectId={record.id} mayChange={register.may.write && open} />
              ),
            },
            {
              id: 'acts',
              title: '办理记录',
              render: () => (
                <div className="inside" style={{ padding: 16 }}>
                  <Timeline acts={record.acts} />
                </div>
              ),
            },
            { id: 'log', title: '操作日志', render: () => <Log record={record} /> },
            { id: 'counts', title: '计入的数字', render: () => <Counts record={record} /> },
          ]}
        />
      </section>
      {voiding && <VoidDialog record={record} close={() => setVoiding(false)} />}
    </Page>
  )
}

function Content({ register, record }: { register: RegisterShape; record: Detail }): ReactElement {
  const items = [
    { label: '单位', value: record.unitName },
    { label: register.dateLabel ?? '日期', value: record.happenedOn },
    ...(register.endDateLabel ? [{ label: register.endDateLabel, value: record.endedOn }] : []),
    ...(register.titleLabel ? [{ label: register.titleLabel, value: record.title, whole: true }] : []),
    ...register.fields.map((field) => {
      const text = fieldText(field, fieldValue(field, record))
      return {
        label: field.label,
        value: text && field.kind === 'money' && !field.label.includes('元') ? `${text} 元` : text,
        whole: field.kind === 'longtext',
      }
    }),
  ]
  return (
    <>
      <div style={{ padding: '10px 16px 18px' }}>
        <Facts items={items} />
        {record.source === 'import' && record.sheet && (
          <p className="faint" style={{ marginTop: 12 }}>
            导入自“{record.sheet}”第 {record.rowNo} 行。
          </p>
        )}
      </div>
      {register.lines && (
        <>
          <h2 style={{ padding: '4px 16px 10px' }}>
            {register.lines.title}
            <span className="faint after">{numberText(record.lines.length)} 行</span>
          </h2>
          <DataTable
            caption={register.lines.title}
            rows={record.lines}
            rowKey={(line) => line.lineNo}
            columns={[
              { id: 'no', title: '序号', width: 60, render: (line) => line.lineNo },
              ...register.lines.fields.map((field, index) => ({
                id: field.id,
                title: field.label,
                number: isNumeric(field),
                lead: index === 0,
                render: (line: Detail['lines'][number]) => fieldText(field, fieldValue(field, line)),
              })),
            ]}
            empty={<Empty title="没有明细行" />}
          />
        </>
      )}
    </>
  )
}

function Log({ record }: { record: Detail }): ReactElement {
  const may = useMay()
  const log = useQuery({
    queryKey: ['audit', 'record', record.id],
    queryFn: () =>
      get<{ rows?: Detail['audit']; entries?: Detail['audit'] }>('/api/audit', {
        objectKind: 'record',
        objectId: record.id,
      }).then((answer) => answer.rows ?? answer.entries ?? []),
    enabled: !record.audit && may('accounts.read-audit'),
  })
  const rows = record.audit ?? log.data ?? (may('accounts.read-audit') ? undefined : [])
  if (log.error && !record.audit) return <Problem error={log.error} retry={() => void log.refetch()} />
  return (
    <DataTable
      caption="操作日志"
      rows={rows}
      rowKey={(row) => row.id}
      columns={[
        { id: 'at', title: '时间', width: 160, render: (row) => timeText(row.at) },
        { id: 'who', title: '操作人', lead: true, render: (row) => row.actorName },
        { id: 'office', title: '职务', render: (row) => row.office },
        { id: 'what', title: '内容', render: (row) => row.summary },
      ]}
      empty={
        <Empty title={may('accounts.read-audit') ? '没有日志' : '操作日志由审计管理员查看'}>
          谁在什么时候提交、修改过这条记录，见“办理记录”。
        </Empty>
      }
    />
  )
}

function Counts({ record }: { record: Detail }): ReactElement {
  return (
    <DataTable
      caption="计入的数字"
      rows={record.facts}
      rowKey={(fact) => `${fact.measure}${fact.onDate}${fact.reversed}`}
      rowClass={(fact) => (fact.reversed ? 'void' : undefined)}
      columns={[
        { id: 'label', title: '计入项', lead: true, render: (fact) => fact.label },
        {
          id: 'quantity',
          title: '数量',
          number: true,
          render: (fact) => (fact.label.includes('元') ? (fact.quantity / 100).toFixed(2) : numberText(fact.quantity)),
        },
        { id: 'on', title: '计入日期', render: (fact) => fact.onDate },
        {
          id: 'state',
          title: '状态',
          render: (fact) =>
            fact.reversed ? <StatusTag text="已冲回" tone="bad" /> : <StatusTag text="有效" tone="good" />,
        },
      ]}
      empty={
        <Empty title="这条记录没有计入数字">
          {record.state === 'draft' ? '草稿提交后才计入。' : '作废的记录不计入。'}
        </Empty>
      }
    />
  )
}

function VoidDialog({ record, close }: { record: Detail; close: () => void }): ReactElement {
  const queries = useQueryClient()
  const [reason, setReason] = useState('')
  const [error, setError] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const confirm = async (): Promise<void> => {
    setBusy(true)
    setError(null)
    try {
      await post(`/api/records/${record.id}/void`, { version: record.version, reason: reason.trim() })
      for (const key of ['record', 'records', 'registers', 'figures'])
        void queries.invalidateQueries({ queryKey: [key] })
      toast('已作废，相关数字已冲回。')
      close()
    } catch (refusal) {
      setError(refusal)
      setBusy(false)
    }
  }
  return (
    <Modal
      open
      title="作废这条记录"
      okText="作废"
      okButtonProps={{ danger: true, disabled: !reason.trim(), loading: busy }}
      onOk={() => void confirm()}
      onCancel={close}
    >
      <div className="stack" style={{ gap: 10 }}>
        <p>作废后记录保留备查，它计入的数字全部冲回；已冻结的报告不受影响。作废不能撤销。</p>
        {error !== null && <Problem error={error} />}
        <label className="field">
          <span>作废原因</span>
          <Input.TextArea
            autoFocus
            aria-label="作废原因"
            value={reason}
            maxLength={500}
            autoSize={{ minRows: 2 }}
            placeholder="例如：与 3 月 5 日的记录重复登记"
            onChange={(event) => setReason(event.target.value)}
          />
        </label>
      </div>
    </Modal>
  )
}
