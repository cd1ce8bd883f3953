import { useSyncExternalStore, type ReactElement } from 'react'

/** Short confirmations («已保存»). Errors never come only as a toast: they stay where the work is. */
interface Toast {
  id: number
  text: string
  tone: 'good' | 'bad'
}
let toasts: readonly Toast[] = []
let last = 0
const listeners = new Set<() => void>()
const change = (next: readonly Toast[]): void => {
  toasts = next
  for (const listener of listeners) listener()
}

export function toast(text: string, tone: Toast['tone'] = 'good'): void {
  const id = ++last
  change([...toasts, { id, text, tone }])
  setTimeout(() => change(toasts.filter((one) => one.id !== id)), tone === 'bad' ? 7000 : 3500)
}

export function Toasts(): ReactElement {
  const shown = useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => toasts,
  )
  return (
    <div className="toasts" role="status" aria-live="polite">
      {shown.map((one) => (
        <div key={one.id} className={`toast ${one.tone}`}>
          {one.text}
        </div>
      ))}
    </div>
  )
}
