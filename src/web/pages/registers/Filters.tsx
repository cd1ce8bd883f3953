import { Button, Select } from 'antd'
import { useEffect, useState, type FormEvent, type ReactElement } from 'react'
import type { Field } from '../../../kernel/register/declaration.ts'
import { useAddress } from '../../session.ts'
import type { RegisterShape } from '../../shapes.ts'
import { filterFields, filterNames } from './list-query.ts'

const options = (field: Field): { value: string; label: string }[] =>
  (field.kind === 'yesno' ? ['是', '否'] : (field.choices ?? [])).map((value) => ({ value, label: value }))

/** Three permanent conditions and the rest behind 展开. Nothing changes until 查询, except picked values. */
export function Filters({ register }: { register: RegisterShape }): ReactElement {
  const [address, setAddress] = useAddress()
  const fields = filterFields(register)
  const rare = fields.slice(1)
  const [open, setOpen] = useState(() => ['from', 'to', ...rare.map((field) => field.id)].some((name) => address[name]))
  const inAddress = address['q'] ?? ''
  const [words, setWords] = useState(inAddress)
  useEffect(() => setWords(inAddress), [inAddress])
  const set = (patch: Record<string, string | null>): void => setAddress({ ...patch, after: null, page: null })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    set({ q: words.trim() })
  }
  const pick = (field: Field): ReactElement => (
    <label key={field.id} className="extra">
      {field.label}
      <Select
        aria-label={field.label}
        allowClear
        showSearch
        placeholder="全部"
        value={address[field.id] ?? null}
        options={options(field)}
        onChange={(value: string | null) => set({ [field.id]: value ?? null })}
      />
    </label>
  )
  return (
    <form className={open ? 'card filters open' : 'card filters'} onSubmit={submit} role="search" aria-label="筛选">
      <label style={{ flexBasis: 200 }}>
        关键词
        <input
          className="control"
          type="search"
          placeholder={register.titleLabel ? `${register.titleLabel}、姓名、内容` : '姓名、内容'}
          value={words}
          onChange={(event) => setWords(event.target.value)}
        />
      </label>
      <label className="extra">
        状态
        <Select
          aria-label="状态"
          allowClear
          placeholder="草稿和已登记"
          value={address['state'] ?? null}
          options={[
            { value: 'draft', label: '草稿' },
            { value: 'recorded', label: '已登记' },
            { value: 'void', label: '已作废' },
          ]}
          onChange={(value: string | null) => set({ state: value ?? null })}
        />
      </label>
      {fields[0] && pick(fields[0])}
      {open && (
        <>
          <label>
            {register.dateLabel ?? '日期'}从
            <input
              className="control"
              type="date"
              value={address['from'] ?? ''}
              onChange={(event) => set({ from: event.target.value })}
            />
          </label>
          <label>
            到
            <input
              className="control"
              type="date"
              value={address['to'] ?? ''}
              onChange={(event) => set({ to: event.target.value })}
            />
          </label>
          {rare.map(pick)}
        </>
      )}
      <div className="filter-actions">
        <Button type="primary" htmlType="submit">
          查询
        </Button>
        <Button
          onClick={() => {
            setWords('')
            set(Object.fromEntries(filterNames(register).map((name) => [name, null])))
          }}
        >
          重置
        </Button>
        <button type="button" className="link" aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? '收起' : '展开'}
        </button>
      </div>
    </form>
  )
}
