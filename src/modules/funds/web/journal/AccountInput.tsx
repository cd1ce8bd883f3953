import { useId, useMemo, useRef, useState, type KeyboardEvent, type ReactElement, type Ref } from 'react'
import { findAccounts, type AccountChoice } from './account-search.ts'

/** Finds an account by code, name or initials without the mouse: type, arrow, Enter. */
export function AccountInput({
  accounts,
  value,
  label,
  invalid,
  onChange,
  onDone,
  onKeyDown,
  inputRef,
}: {
  accounts: readonly AccountChoice[]
  /** Code of the chosen account. */
  value: string
  label: string
  invalid?: boolean
  onChange: (code: string) => void
  /** Enter was pressed with an account chosen. */
  onDone: (code: string) => void
  onKeyDown?: (event: KeyboardEvent<HTMLInputElement>) => void
  inputRef?: Ref<HTMLInputElement>
}): ReactElement {
  const id = useId()
  const [typed, setTyped] = useState<string | null>(null)
  const [at, setAt] = useState(0)
  const chosen = accounts.find((account) => account.code === value)
  const found = useMemo(() => (typed === null ? [] : findAccounts(accounts, typed)), [accounts, typed])
  const list = useRef<HTMLUListElement>(null)
  const take = (account: AccountChoice | undefined): void => {
    if (account) onChange(account.code)
    setTyped(null)
    setAt(0)
  }
  const keys = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.nativeEvent.isComposing) return
    if (typed !== null && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      event.preventDefault()
      const next = Math.min(Math.max(0, at + (event.key === 'ArrowDown' ? 1 : -1)), Math.max(0, found.length - 1))
      setAt(next)
      list.current?.children[next]?.scrollIntoView({ block: 'nearest' })
      return
    }
    if (event.key === 'Enter' && !event.ctrlKey && !event.shiftKey) {
      event.preventDefault()
      const picked = typed === null || typed.trim() === '' ? chosen : found[at]
      take(picked)
      if (picked) onDone(picked.code)
      return
    }
    if (event.key === 'Escape' && typed !== null) {
      event.preventDefault()
      take(undefined)
      return
    }
    onKeyDown?.(event)
  }
  return (
    <div className="account-input">
      <input
        ref={inputRef}
        className={invalid ? 'control invalid' : 'control'}
        role="combobox"
        aria-label={label}
        aria-expanded={typed !== null}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={typed !== null && found[at] ? `${id}-${found[at].code}` : undefined}
        aria-invalid={invalid ?? false}
        autoComplete="off"
        placeholder="代码、名称或首字母"
        value={typed ?? (chosen ? `${chosen.code} ${chosen.fullName}` : value)}
        title={chosen?.fullName}
        onFocus={(event) => event.target.select()}
        onChange={(event) => {
          setTyped(event.target.value)
          setAt(0)
        }}
        onBlur={() => take(typed?.trim() ? found.find((one) => one.code === typed.trim()) : undefined)}
        onKeyDown={keys}
      />
      {typed !== null && (
        <ul className="account-list" role="listbox" id={`${id}-list`} ref={list} aria-label="科目">
          {found.map((account, index) => (
            <li
              key={account.code}
              id={`${id}-${account.code}`}
              role="option"
              aria-selected={index === at}
              onMouseDown={(event) => {
                event.preventDefault()
                take(account)
                onDone(account.code)
              }}
            >
              <b>{account.code}</b> {account.fullName}
            </li>
          ))}
          {found.length === 0 && <li className="faint">没有这个科目。可输入代码、名称或拼音首字母。</li>}
        </ul>
      )}
    </div>
  )
}
