import { Button } from 'antd'
import { useEffect, useRef, useState, type ReactElement } from 'react'

/**
 * A finger's or pen's signature as a picture. Nothing but the strokes is kept; an empty pad gives null.
 * @param onChange the PNG after each stroke, null when cleared
 */
export function SignaturePad({
  label,
  onChange,
}: {
  label: string
  onChange: (picture: Blob | null) => void
}): ReactElement {
  const canvas = useRef<HTMLCanvasElement>(null)
  const drawing = useRef(false)
  const [signed, setSigned] = useState(false)
  useEffect(() => {
    const pen = canvas.current?.getContext('2d')
    if (!pen) return
    pen.lineWidth = 3
    pen.lineCap = 'round'
    pen.lineJoin = 'round'
  }, [])
  const at = (event: React.PointerEvent<HTMLCanvasElement>): [number, number] => {
    const { left, top, width, height } = event.currentTarget.getBoundingClientRect()
    return [
      ((event.clientX - left) * event.currentTarget.width) / width,
      ((event.clientY - top) * event.currentTarget.height) / height,
    ]
  }
  const clear = (): void => {
    const pad = canvas.current
    pad?.getContext('2d')?.clearRect(0, 0, pad.width, pad.height)
    setSigned(false)
    onChange(null)
  }
  return (
    <div className="stack" style={{ gap: 6 }}>
      <canvas
        ref={canvas}
        width={640}
        height={240}
        role="img"
        aria-label={label}
        style={{
          width: '100%',
          aspectRatio: '8 / 3',
          border: '1px solid #c9cfc4',
          borderRadius: 6,
          touchAction: 'none',
        }}
        onPointerDown={(event) => {
          drawing.current = true
          event.currentTarget.setPointerCapture(event.pointerId)
          const pen = event.currentTarget.getContext('2d')
          pen?.beginPath()
          pen?.moveTo(...at(event))
        }}
        onPointerMove={(event) => {
          if (!drawing.current) return
          const pen = event.currentTarget.getContext('2d')
          pen?.lineTo(...at(event))
          pen?.stroke()
        }}
        onPointerUp={(event) => {
          if (!drawing.current) return
          drawing.current = false
          setSigned(true)
          event.currentTarget.toBlob(onChange, 'image/png')
        }}
      />
      <div className="spread">
        <span className="faint">{signed ? '已签名' : '请在框内手写签名'}</span>
        <Button size="small" onClick={clear} disabled={!signed}>
          重签
        </Button>
      </div>
    </div>
  )
}

/** Hangs a signature as a file beside the thing it signs, like any photo. */
export function signatureForm(objectKind: string, objectId: number, signer: string, picture: Blob): FormData {
  const form = new FormData()
  form.set('objectKind', objectKind)
  form.set('objectId', String(objectId))
  form.set('file', new File([picture], `签收-${signer}.png`, { type: 'image/png' }))
  return form
}
