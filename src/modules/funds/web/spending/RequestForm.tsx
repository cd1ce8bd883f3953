import { useQuery } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { Button, Select } from 'antd'
import { useState, type ReactElement } from 'react'
import { field, type Field } from '../../../../kernel/register/declaration.ts'
import { get, post, put, Refusal } from '../../../../web/api.ts'
import { today, useMe, useScope } from '../../../../web/session.ts'
import { FieldInput, LabelledField } from '../../../../web/ui/FieldInput.tsx'
import { Card, Page } from '../../../../web/ui/Page.tsx'
import { Loaded, Notice, Problem } from '../../../../web/ui/states.tsx'
import { moneyText } from '../../../../web/ui/values.tsx'
import { FORMS, METHODS, SPENDING_KIND_IDS, SPENDING_KINDS, type SpendingKindId } from '../../spending-kinds.ts'
import { processPath } from '../process-paths.ts'
import { InvoiceLines, type InvoiceDraft } from './InvoiceLines.tsx'
import type { Frame, RequestDetail } from './shapes.ts'
import '../processes.css'

type Values = Record<string, unknown>

/** A new request, or one that isn't submitted yet. */
export function RequestForm(): ReactElement {
  const { id } = useParams({ strict: false }) as { id?: string }
  const { unitId } = useScope()
  return <FormPage id={id} unitId={unitId} />
}

/** A member's own: at the unit they belong to. */
export function ReimbursementForm(): ReactElement {
  const mine = useQuery({
    queryKey: ['funds-spending', 'mine', 'home'],
    queryFn: () =>
      get<{ home: { unitId: number } | null }>('/api/funds/my-spending', { year: today().slice(0, 4), limit: 1 }),
  })
  return (
    <Loaded query={mine}>
      {({ home }) =>
        home ? (
          <FormPage unitId={home.unitId} mine />
        ) : (
          <Page title="我要报销" narrow>
            <Notice tone="warn">您现在不在任何工会的会员名册里，不能报销。请先联系所在工会入会。</Notice>
          </Page>
        )
      }
    </Loaded>
  )
}

function FormPage({ id, unitId, mine }: { id?: string | undefined; unitId: number; mine?: true }): ReactElement {
  const known = useQuery({
    queryKey: ['funds-request', id],
    queryFn: () => get<RequestDetail>(`/api/funds/spending/${id}`),
    enabled: id !== undefined,
    staleTime: Infinity,
  })
  const at = known.data?.unitId ?? unitId
  const frame = useQuery({
    queryKey: ['funds-frame', at],
    queryFn: () => get<Frame>('/api/funds/spending-frame', { unitId: at }),
    enabled: at > 0 && (id === undefined || known.data !== undefined),
  })
  return (
    <Page
      title={id ? '修改支出申请' : mine ? '我要报销' : '提出支出申请'}
      crumbs={[mine ? { title: '我的报销', to: processPath.mine } : { title: '支出与报销', to: processPath.spending }]}
      help="填好后保存，下一步上传票据照片，再提交审核。"
      narrow
    >
      <Loaded query={frame}>
        {(data) => <Form frame={data} unitId={at} {...(known.data && { known: known.data })} />}
      </Loaded>
    </Page>
  )
}

const startOf = (known: RequestDetail | undefined): Values =>
  known
    ? {
        ...known,
        form: FORMS[known.form],
        method: METHODS[known.method],
        person: known.personId ? { id: known.personId, name: known.person } : null,
        project: known.projectCode,
      }
    : { form: FORMS.service, method: METHODS.transfer }

const idBy = (words: Readonly<Record<string, string>>, word: unknown): string | undefined =>
  Object.keys(words).find((id) => words[id] === word)

function Form({ frame, unitId, known }: { frame: Frame; unitId: number; known?: RequestDetail }): ReactElement {
  const navigate = useNavigate()
  const me = useMe().data
  const { member } = frame
  const [values, setValues] = useState<Values>(() => startOf(known))
  const [confirmed, setConfirmed] = useState<string[]>(known?.confirmed ?? [])
  const [invoices, setInvoices] = useState<InvoiceDraft[]>(known?.invoices ?? [])
  const [error, setError] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const faults = error instanceof Refusal ? error.fields : {}
  const kindId = values['kind'] as SpendingKindId | undefined
  const kind = kindId && SPENDING_KINDS[kindId]
  const set = (name: string, value: unknown): void => setValues((before) => ({ ...before, [name]: value }))
  const standard = frame.standards.find((one) => one.kind === kindId && one.validTo === null)

  const input = (declared: Field, help?: string): ReactElement => (
    <LabelledField
      key={declared.id}
      id={`r-${declared.id}`}
      label={declared.label}
      required={declared.required}
      error={faults[declared.id === 'person' ? 'personId' : declared.id]}
      help={help ?? declared.help}
      whole={declared.kind === 'longtext'}
    >
      <FieldInput
        id={`r-${declared.id}`}
        field={declared}
        value={values[declared.id]}
        onChange={(value) => set(declared.id, value)}
        invalid={faults[declared.id] !== undefined}
        unitId={unitId}
      />
    </LabelledField>
  )
  const save = async (): Promise<void> => {
    setBusy(true)
    setError(null)
    const person = values['person'] as { id: number } | null | undefined
    const body = {
      unitId,
      kind: kindId,
      purpose: values['purpose'] ?? '',
      amountFen: values['amountFen'],
      payee: member ? (me?.name ?? '') : (values['payee'] ?? ''),
      project: values['project'] || null,
      personId: person?.id ?? null,
      people: values['people'] ?? null,
      participants: values['participants'] ?? null,
      holiday: values['holiday'] || null,
      form: idBy(FORMS, values['form']),
      method: idBy(METHODS, values['method']),
      confirmed,
      minutes: values['minutes'] || null,
      minutesOn: values['minutesOn'] || null,
      invoices: invoices.map(({ number, amountFen, seller }) => ({ number, amountFen, seller: seller || null })),
    }
    try {
      const id = known?.id ?? (await post<{ id: number }>('/api/funds/spending', body)).id
      if (known) await put(`/api/funds/spending/${known.id}`, { ...body, version: known.version })
      await navigate({ to: processPath.request(id) as never })
    } catch (refusal) {
      setError(refusal)
      setBusy(false)
    }
  }
  return (
    <div className="stack">
      <Card title="事项">
        <div className="form-grid">
          <LabelledField id="r-kind" label="支出种类" required error={faults['kind']} help={kind?.help}>
            <Select
              id="r-kind"
              aria-label="支出种类"
              showSearch={{ optionFilterProp: 'label' }}
              placeholder="请选择"
              value={kindId ?? null}
              options={SPENDING_KIND_IDS.filter((value) => !member || !SPENDING_KINDS[value].officersOnly).map(
                (value) => ({
                  value,
                  label: SPENDING_KINDS[value].title,
                }),
              )}
              onChange={(value) => set('kind', value)}
            />
          </LabelledField>
          {input(field.text('purpose', '用途', { required: true, example: '看望住院会员 1 人' }))}
          {input(field.money('amountFen', '金额（元）', { required: true }))}
          {!member &&
            input(field.text('payee', '收款人（单位）', { required: true, help: '报销写垫付人，直接付款写供应商。' }))}
          {kind && kind.per !== 'none' && !kind.prizes && (
            <>
              {!member &&
                input(field.person('person', '慰问（帮扶）对象', { help: '只涉及一人时选择，用于核对全年标准。' }))}
              {input(
                field.integer('people', '人数', { required: true }),
                standard &&
                  `标准：每人${standard.per === 'person-year' ? '每年' : '每次'} ${moneyText(standard.amountFen)} 元，《${standard.source}》第${standard.page}页`,
              )}
            </>
          )}
          {kind?.prizes && (
            <>
              {input(field.integer('participants', '参加人数', { required: true }))}
              {input(field.integer('people', '获奖人数', { required: true, help: '不超过参加人数的三分之二。' }))}
            </>
          )}
          {kindId === 'festival' && input(field.choice('holiday', '节日', frame.holidays, { required: true }))}
          {(!member || (kind && kind.per !== 'none')) &&
            input(field.choice('form', '发放形式', Object.values(FORMS), { required: true }))}
          {input(field.choice('method', '付款方式', Object.values(METHODS), { required: true }))}
          {frame.projects.length > 0 && (
            <LabelledField id="r-project" label="项目" error={faults['project']} help="专项资金请选择项目。">
              <Select
                id="r-project"
                aria-label="项目"
                allowClear
                value={(values['project'] as string | null) ?? null}
                options={frame.projects.map((one) => ({ value: one.code, label: one.name }))}
                onChange={(value) => set('project', value ?? null)}
              />
            </LabelledField>
          )}
        </div>
      </Card>
      <Card title="发票">
        <InvoiceLines invoices={invoices} change={setInvoices} faults={faults} />
      </Card>
      {!member && (
        <Card title="集体研究">
          <p className="faint">大额支出须经工会委员会集体研究，把会议纪要的名称和日期写在这里，纪要照片随附件上传。</p>
          <div className="form-grid">
            {input(field.text('minutes', '会议纪要'))}
            {input(field.date('minutesOn', '会议日期'))}
          </div>
        </Card>
      )}
      <Card title="“八不准”确认">
        <fieldset className="checks">
          <legend>这笔支出不属于以下情形，请逐项确认：</legend>
          {frame.forbidden.map((one) => (
            <label key={one.id} className="row">
              <input
                type="checkbox"
                checked={confirmed.includes(one.id)}
                onChange={(event) =>
                  setConfirmed((before) =>
                    event.target.checked ? [...before, one.id] : before.filter((id) => id !== one.id),
                  )
                }
              />
              不是{one.text}
            </label>
          ))}
          {confirmed.length < frame.forbidden.length && (
            <button type="button" className="link" onClick={() => setConfirmed(frame.forbidden.map((one) => one.id))}>
              以上八项都不是
            </button>
          )}
        </fieldset>
      </Card>
      {error !== null && (
        <Problem error={error instanceof Refusal ? new Refusal(error.status, error.code, error.message) : error} />
      )}
      {member && <Notice>报销款付给您本人（{me?.name}）。提交后由会计审核票据、主席审批，出纳付款。</Notice>}
      {!member && frame.profile === 'small' && <Notice>本工会按小型工会管理：主席审批，出纳付款。</Notice>}
      <div className="form-foot">
        <Button type="primary" loading={busy} onClick={() => void save()}>
          保存，下一步上传票据
        </Button>
      </div>
    </div>
  )
}
