import { useEffect, useRef, useState, type ReactElement, type ReactNode } from 'react'

/** A button with a small panel under it. Esc and a click elsewhere close it and focus goes back to the button. */
export function Popover({
  className,
  label,
  button,
  right,
  wide,
  children,
}: {
  className: string
  label: string
  button: ReactNode
  right?: boolean
  wide?: boolean
  children: (close: () => void) => ReactNode
}): ReactElement {
  const [open, setOpen] = useState(false)
  const box = useRef<HTMLDivElement>(null)
  const opener = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (!open) return
    const onPointer = (event: PointerEvent): void => {
      if (!box.current?.contains(event.target as Node)) setOpen(false)
    }
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape') return
      setOpen(false)
      opener.current?.focus()
    }
    document.addEventListener('pointerdown', onPointer)
    document.addEventListener('keydown', onKey)
    return () => {
      document.removeEventListener('pointerdown', onPointer)
      document.removeEventListener('keydown', onKey)
    }
  }, [open])
  return (
    <div ref={box} style={{ position: 'relative' }}>
      <button
        ref={opener}
        type="button"
        className={className}
        aria-label={label}
        title={label}
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        {button}
      </button>
      {open && (
        <div className={`pop${right ? ' right' : ''}${wide ? ' wide' : ''}`}>
          {children(() => {
            setOpen(false)
            opener.current?.focus()
          })}
        </div>
      )}
    </div>
  )
}
