import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState, type ReactElement } from 'react'
import { post, Refusal } from '../../../web/api.ts'
import { useMay, useMe, usePreference, useScope } from '../../../web/session.ts'
import { LabelledField } from '../../../web/ui/FieldInput.tsx'
import { Card, Page } from '../../../web/ui/Page.tsx'
import { PersonPicker, type Named } from '../../../web/ui/PersonPicker.tsx'
import { Notice, Problem } from '../../../web/ui/states.tsx'
import { toast } from '../../../web/ui/toast.tsx'
import { emptyFound, foundBody, HouseholdForm, type Found } from './HouseholdForm.tsx'

/** Applying: for oneself from a phone, or an officer for a member. What was typed stays on this machine until it is sent. */
export function Apply(): ReactElement {
  const me = useMe()
  const may = useMay()
  const scope = useScope()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const officer = may('hardship.write') && may('hardship.read-confidential')
  const own: Named | null = me.data?.personId ? { id: me.data.personId, name: me.data.name } : null
  const [person, setPerson] = useState<Named | null>(null)
  // The illness never lies on a device, and another person's draft isn't shown.
  const [kept, setKept] = usePreference<Found>(`hardship-draft.${me.data?.accountId ?? 0}`, emptyFound())
  const [diagnosis, setDiagnosis] = useState<unknown>(null)
  const found: Found = { ...kept, diagnosis }
  const change = (next: Partial<Found>): void => {
    if ('diagnosis' in next) setDiagnosis(next.diagnosis)
    setKept({ ...kept, ...next, diagnosis: null })
  }
  const [error, setError] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const chosen = officer ? person : own
  const errors = error instanceof Refusal ? error.fields : {}
  const send = async (): Promise<void> => {
    setBusy(true)
    setError(null)
    try {
      const { id } = await post<{ id: number }>('/api/hardship/files', { personId: chosen?.id, ...foundBody(found) })
      setKept(emptyFound())
      void queries.invalidateQueries({ queryKey: ['hardship-files'] })
      toast('申请已提交，工会会安排入户核查。')
      void navigate({ to: `/hardship/files/${id}` as never })
    } catch (refusal) {
      setError(refusal)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Page title="申请建档" crumbs={[{ title: '困难档案', to: '/hardship/files' }]} narrow>
      <Notice>
        先看条件：家庭收入减去看病、上学等必须支出后，人均不超过当地低保标准的规定倍数，或遭遇事故、灾害损失过大。
        公示时只写隐去名字的姓名和困难类别，不写原因和金额。
      </Notice>
      <Card title="家庭情况">
        <div className="stack" style={{ gap: 12 }}>
          {error !== null && <Problem error={error} />}
          {officer ? (
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
            <p>申请人：{own?.name}</p>
          )}
          <HouseholdForm found={found} change={change} errors={errors} />
          <div className="row">
            <Button type="primary" loading={busy} disabled={!chosen} onClick={() => void send()}>
              提交申请
            </Button>
            <span className="faint">没有提交的内容保存在这台设备上。</span>
          </div>
        </div>
      </Card>
    </Page>
  )
}
