import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { useDeferredValue, useState, type ReactElement } from 'react'
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

/** Picks an account the reader may see, found by the beginning of a name, login or staff number. */
export function AccountPicker({
  id,
  value,
  onChange,
}: {
  id: string
  value: number | null
  onChange: (value: number) => void
}): ReactElement {
  const [text, setText] = useState('')
  const [chosen, setChosen] = useState<{ value: number; label: string } | null>(null)
  const wanted = useDeferredValue(text.trim())
  const accounts = useQuery({
    queryKey: ['accounts', 'pick', wanted],
    queryFn: () => get<{ accounts: AccountRow[] }>('/api/accounts', { text: wanted }).then((answer) => answer.accounts),
  })
  const options = (accounts.data ?? []).map((account) => ({
    value: account.id,
    label: `${account.name}（${account.login}${account.unitName ? `，${account.unitName}` : ''}）`,
  }))
  return (
    <Select
      id={id}
      showSearch={{ filterOption: false, searchValue: text, onSearch: setText }}
      loading={accounts.isFetching}
      placeholder="输入姓名、登录名或工号的开头"
      notFoundContent={accounts.isFetching ? '正在查找…' : '没有这个账号。会员先打印激活条，其他人先“建立账号”。'}
      value={value}
      options={chosen && !options.some((option) => option.value === chosen.value) ? [chosen, ...options] : options}
      onChange={(next: number, option) => {
        setText('')
        setChosen(option as { value: number; label: string })
        onChange(next)
      }}
    />
  )
}
