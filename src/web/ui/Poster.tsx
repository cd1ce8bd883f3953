import { Button } from 'antd'
import { useEffect, type ReactElement, type ReactNode } from 'react'

/** A sheet of paper for a wall: what it says, and below it a QR that leads people on, with its address in letters. */
export function Poster({
  title,
  qr,
  address,
  invitation,
  children,
}: {
  /** What the browser's tab and the printer's job are called. */
  title: string
  /** SVG as a data address. */
  qr: string
  address: string
  /** Stands beside the QR: what one does there. */
  invitation: ReactNode
  children: ReactNode
}): ReactElement {
  useEffect(() => {
    document.title = `${title} · 打印`
  }, [title])
  return (
    <main>
      <div className="topbar print-bar no-print">
        <span className="quiet">张贴用纸</span>
        <span className="push" />
        <Button onClick={() => (window.history.length > 1 ? window.history.back() : window.close())}>返回</Button>
        <Button type="primary" onClick={() => window.print()}>
          打印
        </Button>
      </div>
      <article className="sheet-page">
        {children}
        <div style={{ display: 'flex', gap: '8mm', marginTop: '8mm', alignItems: 'center' }}>
          <img src={qr} alt={`二维码：${address}`} width="120" height="120" />
          <div style={{ minWidth: 0, overflowWrap: 'anywhere' }}>
            {invitation}
            <div className="faint">{address}</div>
          </div>
        </div>
      </article>
    </main>
  )
}
