import { Link } from '@tanstack/react-router'
import { useEffect, type ReactElement, type ReactNode } from 'react'

/** Breadcrumb, title, one line of help, actions on the right. Also names the browser tab. */
export function Page({
  title,
  crumbs = [],
  help,
  actions,
  narrow,
  children,
}: {
  title: string
  crumbs?: readonly { title: string; to: string }[]
  help?: ReactNode
  actions?: ReactNode
  narrow?: boolean
  children: ReactNode
}): ReactElement {
  useEffect(() => {
    document.title = `${title} · 职家`
  }, [title])
  return (
    <div className={narrow ? 'page narrow' : 'page'}>
      <div className="page-head">
        <div>
          {crumbs.length > 0 && (
            <nav className="crumbs" aria-label="当前位置">
              {crumbs.map((crumb) => (
                <span key={crumb.to}>
                  <Link to={crumb.to as never}>{crumb.title}</Link> /
                </span>
              ))}
              <span>{title}</span>
            </nav>
          )}
          <h1>{title}</h1>
          {help && <p>{help}</p>}
        </div>
        {actions && <div className="row">{actions}</div>}
      </div>
      {children}
    </div>
  )
}

/** A titled white card. */
export function Card({
  title,
  aside,
  children,
  flush,
}: {
  title?: ReactNode
  aside?: ReactNode
  children: ReactNode
  flush?: boolean
}): ReactElement {
  return (
    <section className="card">
      {title !== undefined && (
        <header>
          <h2>{title}</h2>
          {aside}
        </header>
      )}
      {flush ? children : <div className="inside">{children}</div>}
    </section>
  )
}

/** Label and value pairs, as on a paper form. */
export function Facts({
  items,
}: {
  items: readonly { label: string; value: ReactNode; whole?: boolean }[]
}): ReactElement {
  return (
    <dl className="facts">
      {items.map((item) => (
        <div key={item.label} className={item.whole ? 'whole' : undefined}>
          <dt>{item.label}</dt>
          <dd>
            {item.value === null || item.value === undefined || item.value === '' ? (
              <span className="faint">未填</span>
            ) : (
              item.value
            )}
          </dd>
        </div>
      ))}
    </dl>
  )
}
