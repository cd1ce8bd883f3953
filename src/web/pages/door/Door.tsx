import { useEffect, type ReactElement, type ReactNode } from 'react'

/** The page before signing in: seal, name, one card. */
export function Door({ title, children }: { title: string; children: ReactNode }): ReactElement {
  useEffect(() => {
    document.title = `${title} · 职家`
  }, [title])
  return (
    <main className="door">
      <div className="door-card">
        <div className="door-head">
          <img src="/seal.svg" alt="" />
          <div>
            <b>职家</b>
            <div className="faint">工会工作台账与报告</div>
          </div>
        </div>
        <div className="card">{children}</div>
      </div>
      <p className="faint">本系统由所在工会自行部署和管理，资料保存在本单位。</p>
    </main>
  )
}

export function DoorField({
  label,
  name,
  type = 'text',
  autoComplete,
  error,
  value,
  onChange,
  help,
  autoFocus,
}: {
  label: string
  name: string
  type?: string
  autoComplete?: string
  error?: string | undefined
  value: string
  onChange: (value: string) => void
  help?: string
  autoFocus?: boolean
}): ReactElement {
  return (
    <div className="field">
      <label htmlFor={name}>{label}</label>
      <input
        id={name}
        name={name}
        type={type}
        className="control"
        style={{ height: 40 }}
        autoComplete={autoComplete}
        autoFocus={autoFocus}
        value={value}
        aria-invalid={error ? true : undefined}
        aria-describedby={error || help ? `${name}-note` : undefined}
        onChange={(event) => onChange(event.target.value)}
      />
      {(error || help) && (
        <span id={`${name}-note`} className={error ? 'field-error' : 'faint'}>
          {error ?? help}
        </span>
      )}
    </div>
  )
}
