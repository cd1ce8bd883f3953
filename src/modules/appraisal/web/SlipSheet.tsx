import { Button } from 'antd'
import { useEffect, type ReactElement } from 'react'
import './slips.css'
import type { Slips } from './shapes.ts'

/** Slips to cut, eight a page. They stand nowhere else: leaving the page loses them. */
export function SlipSheet({ slips, close }: { slips: Slips; close: () => void }): ReactElement {
  useEffect(() => {
    document.title = `${slips.class ?? ''}${slips.groupName}评议条 · 打印`
  }, [slips])
  return (
    <div>
      <div className="row no-print" style={{ marginBottom: 12 }}>
        <Button type="primary" onClick={() => window.print()}>
          打印评议条
        </Button>
        <Button onClick={close}>已打印，关闭</Button>
        <span className="faint">共 {slips.slips.length} 张。关闭以后不能再看到这些评议码。</span>
      </div>
      <div className="slips">
        {slips.slips.map((slip) => (
          <div className="slip" key={slip.code}>
            <img src={slip.qr} alt="" width="86" height="86" />
            <div>
              <b>{slips.round.title}</b>
              <div>
                {slips.round.unitName} · {slips.class}
                {slips.groupName}
              </div>
              <code>{slip.code}</code>
              <small>
                扫码，或打开 {slips.address} 输入评议码。{slips.round.closesOn} 截止，只能用一次，不记名。
              </small>
            </div>
          </div>
        ))}
      </div>
    </div>
  )
}
