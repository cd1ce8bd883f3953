import { Button } from 'antd'
import { useEffect, type ReactElement, type ReactNode } from 'react'

/** An A4 page: a bar to print from, the sheet itself, nothing else on paper. */
export function SheetPage({
  title,
  wide,
  children,
}: {
  title: string
  wide?: boolean
  children: ReactNode
}): ReactElement {
  useEffect(() => {
    document.title = `${title} · 打印`
  }, [title])
  return (
    <main>
      <div className="topbar print-bar no-print">
        <span className="quiet">{title}</span>
        <span className="push" />
        <Button onClick={() => (window.history.length > 1 ? window.history.back() : window.close())}>返回</Button>
        <Button type="primary" onClick={() => window.print()}>
          打印
        </Button>
      </div>
      <article className={wide ? 'sheet-page wide' : 'sheet-page'}>{children}</article>
    </main>
  )
}

export function SignPlaces({ places }: { places: readonly string[] }): ReactElement {
  return (
    <div className="sign-places">
      {places.map((place) => (
        <span key={place}>{place}：</span>
      ))}
      <span>日期：　　　年　　月　　日</span>
    </div>
  )
}
