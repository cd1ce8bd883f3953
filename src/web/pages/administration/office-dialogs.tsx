import { useQuery } from '@tanstack/react-query'
import { Input, Select } from 'antd'
import { useState, type ReactElement } from 'react'
import { get, post } from '../../api.ts'
import { today, useScope } from '../../session.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { DateInput, LabelledField } from '../../ui/FieldInput.tsx'
import { UnitPicker } from '../../ui/UnitPicker.tsx'
import { AccountPicker } from './AccountPicker.tsx'
import type { OfficeRow } from './Offices.tsx'

interface Role {
  id: string
  title: string
  purpose: string
  needsSecondFactor: boolean
  administration: boolean
}

export function Appoint({ close }: { close: () => void }): ReactElement {
  const scope = useScope()
  const roles = useQuery({
    queryKey: ['roles'],
    queryFn: () => get<{ roles: Role[] }>('/api/roles').then((answer) => answer.roles),
  })
  const [unit, setUnit] = useState<{ id: number; name: string } | null>({ id: scope.unitId, name: scope.unitName })
  const [accountId, setAccountId] = useState<number | null>(null)
  const [role, setRole] = useState<string | null>(null)
  const [title, setTitle] = useState('')
  const [startsOn, setStartsOn] = useState<string | null>(today())
  const [document, setDocument] = useState('')
  const chosen = roles.data?.find((one) => one.id === role)
  return (
    <Dialog
      title="任命职务"
      okText="任命"
      done="已任命，对方下次打开页面即有权限。"
      ready={Boolean(accountId && role && unit && startsOn)}
      close={close}
      work={() =>
        post('/api/offices', {
          accountId,
          unitId: unit?.id,
          role,
          startsOn,
          ...(title.trim() && { title: title.trim() }),
          ...(document.trim() && { document: document.trim() }),
        })
      }
    >
      {(fields) => (
        <>
          <LabelledField id="account" label="谁" required error={fields['accountId']}>
            <AccountPicker id="account" value={accountId} onChange={setAccountId} />
          </LabelledField>
          <LabelledField id="office-unit" label="在哪个单位" required error={fields['unitId']}>
            <UnitPicker id="office-unit" label="在哪个单位" value={unit} onChange={setUnit} />
          </LabelledField>
          <LabelledField
            id="role"
            label="权限角色"
            required
            error={fields['role']}
            help={chosen && `${chosen.purpose}。${chosen.needsSecondFactor ? '须绑定动态口令或通行密钥。' : ''}`}
          >
            <Select
              id="role"
              aria-label="权限角色"
              showSearch={{ optionFilterProp: 'label' }}
              value={role}
              placeholder="请选择"
              options={(roles.data ?? []).map((one) => ({ value: one.id, label: one.title }))}
              onChange={setRole}
            />
          </LabelledField>
          <LabelledField
            id="office-title"
            label="职务名称"
            help="按任职文件写，例如 第三届委员会主席；不填则用角色名。"
          >
            <Input id="office-title" value={title} maxLength={60} onChange={(event) => setTitle(event.target.value)} />
          </LabelledField>
          <LabelledField id="starts" label="任职日期" required error={fields['startsOn']}>
            <DateInput id="starts" label="任职日期" value={startsOn} onChange={setStartsOn} />
          </LabelledField>
          <LabelledField id="paper" label="任职文号">
            <Input id="paper" value={document} maxLength={100} onChange={(event) => setDocument(event.target.value)} />
          </LabelledField>
        </>
      )}
    </Dialog>
  )
}

const DayAndReason = ({
  day,
  setDay,
  reason,
  setReason,
  fields,
  label,
  words,
}: {
  day: string | null
  setDay: (day: string | null) => void
  reason: string
  setReason: (reason: string) => void
  fields: Readonly<Record<string, string>>
  label: string
  words: string
}): ReactElement => (
  <>
    <LabelledField id="on-day" label={label} required error={fields['onDay'] ?? fields['endsOn']}>
      <DateInput id="on-day" label={label} value={day} onChange={setDay} />
    </LabelledField>
    <LabelledField id="why" label={words} required error={fields['reason']}>
      <Input id="why" value={reason} maxLength={200} onChange={(event) => setReason(event.target.value)} />
    </LabelledField>
  </>
)

export function Leave({ office, close }: { office: OfficeRow; close: () => void }): ReactElement {
  const [day, setDay] = useState<string | null>(today())
  const [reason, setReason] = useState('')
  return (
    <Dialog
      title={`${office.name}离任${office.title}`}
      okText="办理离任"
      danger
      done="已离任，相应权限当天停止。"
      ready={Boolean(day && reason.trim())}
      close={close}
      work={() => post(`/api/offices/${office.id}/leave`, { onDay: day, reason: reason.trim() })}
    >
      {(fields) => (
        <>
          <p>只离任、不指定接任者。有人接任请用“交接”，未办完的待办会一并移交。</p>
          <DayAndReason {...{ day, setDay, reason, setReason, fields }} label="离任日期" words="离任原因" />
        </>
      )}
    </Dialog>
  )
}

export function HandOver({ office, close }: { office: OfficeRow; close: () => void }): ReactElement {
  const [day, setDay] = useState<string | null>(today())
  const [reason, setReason] = useState('')
  const [toAccountId, setTo] = useState<number | null>(null)
  const [document, setDocument] = useState('')
  return (
    <Dialog
      title={`交接：${office.unitName}·${office.title}`}
      okText="交接并打印清单"
      done="已交接。"
      ready={Boolean(day && reason.trim() && toAccountId)}
      close={close}
      work={async () => {
        const { sheet } = await post<{ sheet: string }>(`/api/offices/${office.id}/hand-over`, {
          toAccountId,
          onDay: day,
          reason: reason.trim(),
          ...(document.trim() && { document: document.trim() }),
        })
        window.open(sheet, '_blank', 'noopener')
      }}
    >
      {(fields) => (
        <>
          <p>{office.name}离任，接任者当天接任；未办完的待办移交给接任者，并生成交接清单供双方签字。</p>
          <LabelledField id="to" label="接任者" required error={fields['toAccountId']}>
            <AccountPicker id="to" value={toAccountId} onChange={setTo} />
          </LabelledField>
          <DayAndReason {...{ day, setDay, reason, setReason, fields }} label="交接日期" words="交接原因" />
          <LabelledField id="paper" label="文号">
            <Input id="paper" value={document} maxLength={100} onChange={(event) => setDocument(event.target.value)} />
          </LabelledField>
        </>
      )}
    </Dialog>
  )
}

export function Delegate({ office, close }: { office: OfficeRow; close: () => void }): ReactElement {
  const [accountId, setAccountId] = useState<number | null>(null)
  const [day, setDay] = useState<string | null>(null)
  const [reason, setReason] = useState('')
  return (
    <Dialog
      title={`临时授权：${office.title}`}
      okText="授权"
      done="已授权，到期自动收回。"
      ready={Boolean(accountId && day && reason.trim())}
      close={close}
      work={() =>
        post(`/api/offices/${office.id}/delegations`, {
          accountId,
          startsOn: today(),
          endsOn: day,
          reason: reason.trim(),
        })
      }
    >
      {(fields) => (
        <>
          <LabelledField id="to" label="授权给" required error={fields['accountId']}>
            <AccountPicker id="to" value={accountId} onChange={setAccountId} />
          </LabelledField>
          <DayAndReason {...{ day, setDay, reason, setReason, fields }} label="授权到哪一天" words="授权原因" />
        </>
      )}
    </Dialog>
  )
}
