import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Button, Input, Select } from 'antd'
import { useState, type ReactElement } from 'react'
import { get, post, Refusal } from '../../../web/api.ts'
import { today, useScope } from '../../../web/session.ts'
import { DateInput, LabelledField } from '../../../web/ui/FieldInput.tsx'
import { Card, Page } from '../../../web/ui/Page.tsx'
import { Problem } from '../../../web/ui/states.tsx'
import { toast } from '../../../web/ui/toast.tsx'
import { moneyText } from '../../../web/ui/values.tsx'
import { KINDS, SOURCES, type Kind } from '../words.ts'
import { DocumentField, emptyTerms, termsBody, TermsForm, type TermsDraft } from './TermsForm.tsx'

/** Sets up a programme: what it is for, whose money, by which rule. */
export function NewProgramme(): ReactElement {
  const scope = useScope()
  const navigate = useNavigate()
  const [kind, setKind] = useState<Kind>('living')
  const [title, setTitle] = useState('')
  const [source, setSource] = useState<string>('本级工会经费')
  const [projectId, setProjectId] = useState<number | null>(null)
  const [startsOn, setStartsOn] = useState<string | null>(`${today().slice(0, 4)}-01-01`)
  const [endsOn, setEndsOn] = useState<string | null>(null)
  const [document, setDocument] = useState('')
  const [terms, setTerms] = useState<TermsDraft>(emptyTerms)
  const [error, setError] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const projects = useQuery({
    queryKey: ['aid-projects', scope.unitId],
    queryFn: () =>
      get<{ projects: { projectId: number; name: string; balanceFen: number }[] }>('/api/aid/projects', {
        unitId: scope.unitId,
      }),
    enabled: scope.unitId > 0,
  })
  const errors = error instanceof Refusal ? error.fields : {}
  const save = async (): Promise<void> => {
    setBusy(true)
    setError(null)
    try {
      const made = await post<{ id: number }>('/api/aid/programmes', {
        unitId: scope.unitId,
        kind,
        title: title || KINDS[kind].title,
        source,
        projectId,
        startsOn,
        endsOn,
        document,
        terms: termsBody(terms),
      })
      toast('项目已设立。')
      void navigate({ to: `/aid/programmes/${made.id}` as never })
    } catch (refusal) {
      setError(refusal)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Page title="新设帮扶项目" crumbs={[{ title: '帮扶项目', to: '/aid' }]} narrow>
      {error !== null && (
        <Problem error={error instanceof Refusal ? new Refusal(error.status, error.code, error.message) : error} />
      )}
      <Card title="项目">
        <div className="fields">
          <LabelledField id="kind" label="项目种类" required error={errors['kind']}>
            <Select
              id="kind"
              aria-label="项目种类"
              value={kind}
              options={Object.entries(KINDS).map(([value, one]) => ({ value, label: one.title }))}
              onChange={setKind}
            />
          </LabelledField>
          <LabelledField id="title" label="项目名称" error={errors['title']}>
            <Input
              id="title"
              maxLength={60}
              placeholder={KINDS[kind].title}
              value={title}
              onChange={(event) => setTitle(event.target.value)}
            />
          </LabelledField>
          <LabelledField id="source" label="资金来源" required error={errors['source']}>
            <Select
              id="source"
              aria-label="资金来源"
              value={source}
              options={SOURCES.map((value) => ({ value, label: value }))}
              onChange={setSource}
            />
          </LabelledField>
          <LabelledField
            id="projectId"
            label="专项资金"
            error={errors['projectId']}
            help="指定用途的捐款从专项支出；不选的，从科目预算支出。"
          >
            <Select
              id="projectId"
              aria-label="专项资金"
              allowClear
              placeholder="不用专项"
              value={projectId}
              options={(projects.data?.projects ?? []).map((one) => ({
                value: one.projectId,
                label: `${one.name}（余 ${moneyText(one.balanceFen)} 元）`,
              }))}
              onChange={(next: number | undefined) => setProjectId(next ?? null)}
            />
          </LabelledField>
          <LabelledField id="startsOn" label="开始日期" required error={errors['startsOn']}>
            <DateInput id="startsOn" label="开始日期" value={startsOn} onChange={setStartsOn} />
          </LabelledField>
          <LabelledField id="endsOn" label="结束日期" error={errors['endsOn']} help="长期项目不填。">
            <DateInput id="endsOn" label="结束日期" value={endsOn} onChange={setEndsOn} />
          </LabelledField>
          <DocumentField value={document} change={setDocument} error={errors['document']} />
        </div>
      </Card>
      <Card title="发放规则">
        <TermsForm draft={terms} change={(next) => setTerms({ ...terms, ...next })} errors={errors} />
        <div className="row" style={{ marginTop: 16 }}>
          <Button type="primary" loading={busy} onClick={() => void save()}>
            设立项目
          </Button>
          <span className="faint">设立后先看预览，再开批次。</span>
        </div>
      </Card>
    </Page>
  )
}
