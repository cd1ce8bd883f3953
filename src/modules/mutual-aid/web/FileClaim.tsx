import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Button, Checkbox, Select } from 'antd'
import { useState, type ReactElement } from 'react'
import { field, type Field } from '../../../kernel/register/declaration.ts'
import { get, post, Refusal } from '../../../web/api.ts'
import { useAddress, useMay, useMe, useScope } from '../../../web/session.ts'
import { FieldInput, LabelledField } from '../../../web/ui/FieldInput.tsx'
import { Card, Page } from '../../../web/ui/Page.tsx'
import { PersonPicker, type Named } from '../../../web/ui/PersonPicker.tsx'
import { Loaded, Notice, Problem } from '../../../web/ui/states.tsx'
import { toast } from '../../../web/ui/toast.tsx'
import { HOSPITALS } from '../words.ts'
import type { Plan } from '../contract.ts'
import { PhotoPicker, sendPhotos } from './PhotoPicker.tsx'
import type { ClaimDetail } from './shapes.ts'

const fields: readonly Field[] = [
  field.date('eventOn', '入院（发生）日期', { required: true }),
  field.choice('hospital', '医院等级', HOSPITALS, { required: true }),
  field.integer('days', '住院天数'),
  field.money('totalFen', '医疗总费用（元）', { required: true }),
  field.money('ownFen', '个人自付（元）', { required: true, help: '医保和其他保险报销后自己负担的部分。' }),
  field.text('invoiceNo', '票据号码', { required: true }),
  field.money('claimedFen', '申请金额（元）', { required: true, help: '不知道能补多少的，填个人自付，系统会算。' }),
]

/** Conditions first, then the form. */
export function FileClaim(): ReactElement {
  const scope = useScope()
  const may = useMay()
  const officer = may('mutual-aid.write') && may('mutual-aid.read-confidential')
  const place = officer && scope.unitId > 0 ? scope.unitId : null
  const plans = useQuery({
    queryKey: ['mutual-aid-plans', place ?? 'own'],
    queryFn: () =>
      get<{ plans: Plan[] }>('/api/mutual-aid/plans', place === null ? {} : { unitId: place }).then(
        (answer) => answer.plans,
      ),
  })
  const [address] = useAddress()
  const previous = useQuery({
    queryKey: ['mutual-aid-claim', address['previous']],
    queryFn: () => get<ClaimDetail>(`/api/mutual-aid/claims/${address['previous']}`),
    enabled: Boolean(address['previous']),
  })
  return (
    <Page title="申请补助" crumbs={[{ title: '互助理赔', to: '/mutual-aid/claims' }]} narrow>
      <Loaded query={plans}>
        {(all) =>
          all.length === 0 ? (
            <Notice>您所在的单位还没有互助计划，请联系工会。</Notice>
          ) : address['previous'] ? (
            <Loaded query={previous}>{(claim) => <Form plans={all} previous={claim} />}</Loaded>
          ) : (
            <Form plans={all} />
          )
        }
      </Loaded>
    </Page>
  )
}

function Form({ plans, previous }: { plans: readonly Plan[]; previous?: ClaimDetail }): ReactElement {
  const me = useMe()
  const may = useMay()
  const scope = useScope()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const officer = may('mutual-aid.write') && may('mutual-aid.read-confidential')
  const own: Named | null = me.data?.personId ? { id: me.data.personId, name: me.data.name } : null
  const [planId, setPlanId] = useState(previous?.planId ?? plans[0]!.id)
  const [person, setPerson] = useState<Named | null>(
    previous ? { id: previous.personId, name: previous.personName } : null,
  )
  const [cause, setCause] = useState<string | null>(previous?.cause ?? null)
  const [category, setCategory] = useState<string | null>(previous?.category ?? null)
  const [values, setValues] = useState<Record<string, unknown>>(
    previous ? Object.fromEntries(fields.map(({ id }) => [id, previous[id as keyof ClaimDetail]])) : {},
  )
  const [papers, setPapers] = useState<string[]>(previous?.papers ?? [])
  const [photos, setPhotos] = useState<File[]>([])
  const [excluded, setExcluded] = useState(previous?.excluded ?? false)
  const [error, setError] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const plan = plans.find((one) => one.id === planId)!
  const { formula } = plan
  const categories = Object.keys(
    formula.kind === 'lump' ? formula.amounts : formula.kind === 'disability' ? formula.rates : {},
  )
  const chosen = officer && previous?.own !== true ? person : own
  const errors = error instanceof Refusal ? error.fields : {}
  const send = async (): Promise<void> => {
    setBusy(true)
    setError(null)
    try {
      const { id } = await post<{ id: number }>('/api/mutual-aid/claims', {
        ...values,
        days: values['days'] ?? 0,
        planId,
        personId: chosen?.id,
        cause,
        ...(category && { category }),
        papers,
        excluded,
        ...(previous && { previousId: previous.id }),
      })
      void queries.invalidateQueries({ queryKey: ['mutual-aid-claims'] })
      // The claim stands before its photos go: what a bad network loses is added on its page.
      const lost = await sendPhotos(id, photos)
      toast(
        lost.length
          ? `申请已提交。${lost.length} 张照片没有传上去（${lost.join('、')}），请在“材料和照片”里再传一次。`
          : '申请已提交，机器核对的结果如下。',
      )
      void navigate({ to: `/mutual-aid/claims/${id}` as never })
    } catch (refusal) {
      setError(refusal)
    } finally {
      setBusy(false)
    }
  }
  return (
    <>
      <Card title="先看条件">
        <div className="stack" style={{ gap: 12 }}>
          <LabelledField id="plan" label="互助计划" required error={errors['planId']}>
            <Select
              id="plan"
              aria-label="互助计划"
              value={planId}
              options={plans.map((one) => ({ value: one.id, label: one.title }))}
              onChange={setPlanId}
            />
          </LabelledField>
          <ul>
            <li>
              · 保障期：{plan.startsOn} 至 {plan.endsOn}，缴费后有效
            </li>
            <li>· 等待期：首次参加 {plan.waitingDays} 天，连续参加和意外伤害没有等待期</li>
            <li>· 保障范围：{plan.causes.join('、')}</li>
            <li>· 医院：{plan.hospitals.length ? plan.hospitals.join('、') : '不限等级'}</li>
            <li>· 期限：发生后 {plan.claimDays} 天内申请</li>
            <li>· 材料：{plan.papers.join('、') || '无'}</li>
          </ul>
        </div>
      </Card>
      <Card title="申请内容">
        <div className="stack" style={{ gap: 12 }}>
          {error !== null && <Problem error={error} />}
          {officer && !previous ? (
            <LabelledField id="person" label="职工" required error={errors['personId']}>
              <PersonPicker
                id="person"
                label="职工"
                value={person}
                onChange={setPerson}
                unitId={scope.unitId}
                membersOnly
              />
            </LabelledField>
          ) : (
            <p>申请人：{chosen?.name}</p>
          )}
          <LabelledField id="cause" label="申请原因" required error={errors['cause']}>
            <Select
              id="cause"
              aria-label="申请原因"
              placeholder="请选择"
              value={cause}
              options={plan.causes.map((value) => ({ value, label: value }))}
              onChange={setCause}
            />
          </LabelledField>
          {categories.length > 0 && (
            <LabelledField id="category" label="类别" required error={errors['category']}>
              <Select
                id="category"
                aria-label="类别"
                placeholder="请选择"
                value={category}
                options={categories.map((value) => ({ value, label: value }))}
                onChange={setCategory}
              />
            </LabelledField>
          )}
          {fields.map((declared) => (
            <LabelledField
              key={declared.id}
              id={declared.id}
              label={declared.label}
              required={declared.required}
              help={declared.help}
              error={errors[declared.id]}
            >
              <FieldInput
                id={declared.id}
                field={declared}
                value={values[declared.id]}
                onChange={(value: unknown) => setValues({ ...values, [declared.id]: value ?? undefined })}
                invalid={Boolean(errors[declared.id])}
              />
            </LabelledField>
          ))}
          <div className="field whole">
            <span className="label">已备好的材料</span>
            <Checkbox.Group value={papers} options={plan.papers} onChange={(next) => setPapers(next as string[])} />
          </div>
          <PhotoPicker photos={photos} change={setPhotos} />
          <Checkbox checked={excluded} onChange={(event) => setExcluded(event.target.checked)}>
            有自伤、犯罪、酒后驾驶等除外情形
          </Checkbox>
          <div>
            <Button type="primary" loading={busy} disabled={!chosen || !cause} onClick={() => void send()}>
              提交申请
            </Button>
          </div>
        </div>
      </Card>
    </>
  )
}
