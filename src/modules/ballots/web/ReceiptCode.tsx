import { useEffect, useState, type ReactElement } from 'react'
import { useParams } from '@tanstack/react-router'
import type { Receipt } from '../format/voter.ts'

const MARK = '#receipt='

/** The receipt that a printed code carries in the address; the part behind # never reaches a server. Null for none. */
export function receiptIn(hash: string): Receipt | null {
  const [eid, id, receipt] = hash.startsWith(MARK) ? hash.slice(MARK.length).split('.') : []
  return eid && id && receipt ? { eid, id, receipt } : null
}

/** A receipt to be printed: scanned after the publication, it looks for the ballot by itself. Nobody could copy its letters. */
export function ReceiptCode({ receipt }: { receipt: Receipt }): ReactElement | null {
  const { id } = useParams({ strict: false }) as { id: string }
  const [image, setImage] = useState('')
  useEffect(() => {
    const { eid, id: ballot, receipt: signature } = receipt
    const address = `${window.location.origin}/votes/${id}/publication${MARK}${eid}.${ballot}.${signature}`
    let here = true
    void import('qrcode')
      .then(({ default: code }) => code.toDataURL(address, { errorCorrectionLevel: 'L', margin: 1, width: 360 }))
      .then((made) => here && setImage(made))
      // Without the picture the letters below are still the receipt.
      .catch(() => {})
    return () => {
      here = false
    }
  }, [id, receipt])
  return image ? <img className="receipt-code" src={image} alt="回执的二维码，公布结果后用手机扫" /> : null
}
