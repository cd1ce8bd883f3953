import { useEffect, useRef, type KeyboardEvent, type ReactElement, type ReactNode } from 'react'
import { useAddress } from '../session.ts'

/** Tabs whose choice is in the address (`?tab=`), moved through with the arrow keys. */
export function Tabs({
  tabs,
  name = 'tab',
}: {
  tabs: readonly { id: string; title: string; render: () => ReactNode }[]
  name?: string
}): ReactElement {
  const [address, setAddress] = useAddress()
  const buttons = useRef<(HTMLButtonElement | null)[]>([])
  const at = Math.max(
    0,
    tabs.findIndex((tab) => tab.id === address[name]),
  )
  // On a phone the chosen one may stand beyond the edge. Only the row is moved: scrolling into view would move the page.
  useEffect(() => {
    const button = buttons.current[at]
    const row = button?.parentElement
    if (button && row) row.scrollLeft = button.offsetLeft - (row.clientWidth - button.offsetWidth) / 2
  }, [at])
  const choose = (index: number): void => {
    const tab = tabs[(index + tabs.length) % tabs.length]
    if (tab) setAddress({ [name]: tab === tabs[0] ? null : tab.id }, { replace: true })
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
    if (!step) return
    choose(at + step)
    buttons.current[(at + step + tabs.length) % tabs.length]?.focus()
  }
  return (
    <>
      <div className="tabs" role="tablist" onKeyDown={onKeyDown}>
        {tabs.map((tab, index) => (
          <button
            key={tab.id}
            ref={(element) => {
              buttons.current[index] = element
            }}
            type="button"
            role="tab"
            id={`tab-${tab.id}`}
            aria-selected={index === at}
            aria-controls="tab-panel"
            tabIndex={index === at ? 0 : -1}
            onClick={() => choose(index)}
          >
            {tab.title}
          </button>
        ))}
      </div>
      <div role="tabpanel" id="tab-panel" aria-labelledby={`tab-${tabs[at]?.id}`}>
        {tabs[at]?.render()}
      </div>
    </>
  )
}
