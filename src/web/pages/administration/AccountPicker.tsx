import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import type { ReactElement } from 'react'
import { get } from '../../api.ts'

export interface AccountRow {
  id: number
  login: string
  name: string
  state: string
  unitId: number
  unitName: string | null
  staffNo: string | null
  hasTotp: boolean
  isLocked: boolean | null
  lastSeenAt: string | null
}

/** Picks an account the reader may see. */
export function AccountPicker({ id, value, onChange }: { id: string; value: number | null; onChange: (value: number) => void }): ReactElement {
  const accounts = useQuery({
    queryKey: ['accounts', 'all'],
    queryFn: () => get<{ accounts: AccountRow[] }>('/api/accounts').then((answer) => answer.accounts),
  })
  return (
    <Select
      id={id}
      aria-label="账号"
      showSearch={{ optionFilterProp: 'label' }}
      loading={accounts.isPending}
      placeholder="输入姓名或登录名"
      value={value}
      options={(accounts.data ?? []).map((account) => ({
        value: account.id,
        label: `${account.name}（${account.login}${account.unitName ? `，${account.unitName}` : ''}）`,
      }))}
      onChange={onChange}
    />
  )
}
