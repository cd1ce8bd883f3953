import { Button } from 'antd'
import type { ReactElement, ReactNode } from 'react'
import { Refusal, sentenceOf } from '../api.ts'
import { Icon } from './Icon.tsx'

/** The three states every fetched thing passes through: one loading style, one empty style, one error place. */

export function Loading({ what = '正在读取…' }: { what?: string }): ReactElement {
  return (
    <div className="loading" role="status">
      {what}
    </div>
  )
}

/** Nothing here yet: says so, says why, and offers the next step. */
export function Empty({
  title,
  children,
  actions,
  small,
}: {
  title: string
  children?: ReactNode
  actions?: ReactNode
  /** Where an empty place is the ordinary state of things: no drawing. */
  small?: boolean
}): ReactElement {
  return (
    <div className={small ? 'empty small' : 'empty'}>
      <svg
        width="64"
        height="48"
        viewBox="0 0 64 48"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.500"
        aria-hidden="true"
      >
        <path d="M10 6h36l8 8v28H10zM46 6v8h8" />
        <path d="M18 20h20M18 27h28M18 34h14" strokeDasharray="3 3" />
      </svg>
      <h2>{title}</h2>
      {children && <p>{children}</p>}
      {actions && <div className="row">{actions}</div>}
    </div>
  )
}

/** What went wrong and what to do. Forms pass the fields they can't show themselves. */
export function Problem({ error, retry }: { error: unknown; retry?: () => void }): ReactElement {
  // Said once for all the fields of a kind; each field says it where it stands.
  const fields = error instanceof Refusal ? [...new Set(Object.values(error.fields))] : []
  return (
    <div className="notice bad" role="alert">
      <div className="spread">
        <span>{sentenceOf(error)}</span>
        {retry && (
          <Button size="small" onClick={retry}>
            重试
          </Button>
        )}
      </div>
      {fields.length > 0 && (
        <ul className="faint">
          {fields.map((sentence) => (
            <li key={sentence}>· {sentence}</li>
          ))}
        </ul>
      )}
    </div>
  )
}

export function Notice({
  tone = 'info',
  children,
}: {
  tone?: 'info' | 'good' | 'warn' | 'bad'
  children: ReactNode
}): ReactElement {
  return <div className={`notice ${tone}`}>{children}</div>
}

/** Shows a query's state, and its content once there is some. */
export function Loaded<Value>({
  query,
  children,
}: {
  query: {
    data: Value | undefined
    error: unknown
    isPending: boolean
    fetchStatus?: 'fetching' | 'paused' | 'idle'
    refetch: () => unknown
  }
  children: (value: Value) => ReactNode
}): ReactElement {
  if (query.data !== undefined) return <>{children(query.data)}</>
  if (query.error) {
    const gone = query.error instanceof Refusal && (query.error.status === 404 || query.error.status === 403)
    if (gone) return <Refused error={query.error as Refusal} />
    return <Problem error={query.error} retry={() => void query.refetch()} />
  }
  // Never asked, it would wait for ever: somebody without an office has no unit to ask about.
  if (query.fetchStatus === 'idle' && query.isPending)
    return (
      <Empty title="这一页要有单位才能看" small>
        您没有担任职务，没有可以查看的单位。您自己的事在工作台“我能办的事”里办理。
      </Empty>
    )
  return <Loading />
}

/** The 404 and 403 page: the same for both unless the server says which permission is missing. */
export function Refused({ error }: { error?: Refusal }): ReactElement {
  return (
    <div className="card">
      <Empty
        title={error?.status === 403 ? '您的职务不能查看这一页' : '没有找到这一页'}
        actions={
          <>
            <Button onClick={() => window.history.back()}>返回上一页</Button>
            <Button type="primary" href="/">
              回到工作台
            </Button>
          </>
        }
      >
        {error?.message ?? '地址可能写错了，或内容已移走。'}
      </Empty>
    </div>
  )
}

export const StarButton = ({
  pressed,
  label,
  onClick,
}: {
  pressed: boolean
  label: string
  onClick: () => void
}): ReactElement => (
  <button type="button" className="bare star" aria-pressed={pressed} aria-label={label} title={label} onClick={onClick}>
    <Icon name="star" size={16} filled={pressed} />
  </button>
)
